/** The SPARQL editor: takes the place of the text field, checks and completes as one types, and runs in place. */
import "@zazuko/yasqe/build/yasqe.min.css";
import { check } from "./editor/checking";
import { complete } from "./editor/completing";
import { openEditor } from "./editor/opening";
import { runInPlace } from "./editor/running";

const form = document.querySelector<HTMLFormElement>("form.query");
const field = form?.querySelector("textarea");
const outcome = document.querySelector<HTMLElement>("#outcome");

if (form && field && outcome) {
  complete(form.dataset.terms ?? "");
  const editor = openEditor(field, () => form.requestSubmit());
  const checking = check(editor, form.dataset.check ?? "");
  runInPlace(form, outcome, editor, checking);
}
