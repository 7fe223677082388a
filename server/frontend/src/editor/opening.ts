import type { Config } from "@zazuko/yasqe";
import { Yasqe } from "@zazuko/yasqe";

/** Puts the editor before a text field, which it hides and keeps in step. `run` is called by Ctrl+Enter. */
export function openEditor(field: HTMLTextAreaElement, run: () => void): Yasqe {
  const label = document.querySelector<HTMLLabelElement>(`label[for="${field.id}"]`);
  const place = document.createElement("div");
  field.before(place);
  const settings: Record<string, unknown> = {
    value: field.value,
    // What yasqe would fetch from elsewhere, keep in the browser, or read from the address.
    prefixCcApi: null,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    // The service's own parser says more, and what it says is what happens.
    syntaxErrorCheck: false,
    editorHeight: "auto",
    viewportMargin: Number.POSITIVE_INFINITY,
    screenReaderLabel: "Query. Control and Enter runs it, Control and Space completes, Escape leaves the editor.",
    gutters: ["lint", "CodeMirror-linenumbers"],
    foldGutter: false,
    extraKeys: {
      "Ctrl-Enter": run,
      "Cmd-Enter": run,
      "Ctrl-S": false,
      Esc: () => {
        // While a list is made anew for what was typed on, it is shown but takes no keys.
        const completion = editor.state.completionActive;
        const isListed = Boolean(completion?.widget);
        completion?.close();
        if (!isListed) editor.getInputField().blur();
      },
      // Tab goes on to the next field, as everywhere on the page.
      Tab: false,
      "Shift-Tab": false,
    },
  };
  // Lists of settings are laid over each other item by item: a longer one, which asks elsewhere, would show through.
  Yasqe.defaults.autocompleters = ["variables", "podium"];
  const editor = new Yasqe(place, settings as unknown as Partial<Config>);
  editor.on("change", () => {
    field.value = editor.getValue();
  });
  field.hidden = true;
  label?.addEventListener("click", () => editor.focus());
  return editor;
}
