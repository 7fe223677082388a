import type { Yasqe } from "@zazuko/yasqe";
import type { Checking } from "./checking";
import { sortable } from "./sorting";

const LONGEST = 6000; // characters of an address; longer queries are posted

/** Runs the query, and follows links to other views of its answer, without leaving the page. */
export function runInPlace(form: HTMLFormElement, outcome: HTMLElement, editor: Yasqe, checking: Checking): void {
  let asking: AbortController | null = null;
  let shown = location.search; // the parameters of what the page shows

  async function show(address: string, posted: URLSearchParams | null, remember: boolean): Promise<void> {
    asking?.abort();
    asking = new AbortController();
    outcome.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, {
        method: posted ? "POST" : "GET",
        body: posted,
        headers: { Accept: "text/html" },
        signal: asking.signal,
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (remember) history.pushState(null, "", posted ? form.action : address);
      shown = location.search;
      take(page);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) tell("The service does not answer.");
    }
    outcome.removeAttribute("aria-busy");
  }

  function take(page: Document): void {
    const query = page.querySelector<HTMLTextAreaElement>("#query");
    const said = page.querySelector<HTMLElement>("#said");
    const answered = page.querySelector<HTMLElement>("#outcome");
    if (!query || !said || !answered) {
      tell(page.querySelector("main")?.textContent?.trim() ?? "The service does not answer.");
      return;
    }
    if (query.value !== editor.getValue()) editor.setValue(query.value);
    const traced = form.querySelector<HTMLInputElement>("[name=provenance]");
    if (traced) traced.checked = page.querySelector("[name=provenance]")?.hasAttribute("checked") ?? false;
    checking.take(said);
    document.querySelector("#said")?.replaceWith(said);
    outcome.replaceChildren(...answered.childNodes);
    enhance(outcome);
  }

  function tell(text: string): void {
    const told = document.createElement("p");
    told.className = "notice bad";
    told.setAttribute("role", "alert");
    told.textContent = text;
    outcome.replaceChildren(told);
  }

  form.addEventListener("submit", (event) => {
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form, event.submitter)) asked.append(name, String(value));
    if (asked.get("format") !== "html") return; // a file: the browser takes it
    event.preventDefault();
    const address = `${form.action}?${asked}`;
    void (address.length > LONGEST ? show(form.action, asked, true) : show(address, null, true));
  });
  document.addEventListener("click", (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("#outcome a, .examples a") : null;
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0)
      return;
    const address = new URL(link.href);
    const here = address.pathname === new URL(form.action).pathname && address.origin === location.origin;
    if (!here || address.searchParams.get("format") !== "html" || link.href.length > LONGEST) return;
    event.preventDefault();
    void show(link.href, null, true);
  });
  // It is also fired where only the fragment changes, as by the link that skips to the content.
  window.addEventListener("popstate", () => {
    if (location.search === shown) return;
    shown = location.search;
    void show(location.href, null, false);
  });
  enhance(outcome);
}

function enhance(outcome: HTMLElement): void {
  const table = outcome.querySelector<HTMLTableElement>("table.rows[data-whole]");
  if (table) sortable(table);
  const picture = outcome.querySelector<HTMLElement>("[data-picture]");
  const triples = outcome.querySelector<HTMLTableElement>("table.rows");
  if (picture && triples) void import("./drawing").then(({ draw }) => draw(picture, triples));
}
