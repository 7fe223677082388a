let shown = location.search; // the parameters of what the page shows

/**
 * Sections with `data-live` and an id change in place: links within them that lead to this very page with other parameters
 * (sorting, pages, tabs) and their GET forms are fetched, and the section of that id is taken from the answer.
 */
export function replaceInPlace(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    const section = link?.closest<HTMLElement>("[data-live]");
    if (!link || !section || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const address = new URL(link.href);
    if (address.origin !== location.origin || address.pathname !== location.pathname) return;
    event.preventDefault();
    void show(section, address, link.textContent ?? "");
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const section = form.closest<HTMLElement>("[data-live]");
    if (!section || form.method !== "get") return;
    event.preventDefault();
    void show(section, asked(form), "");
  });
  document.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLSelectElement) || !event.target.form?.closest("[data-live]")) return;
    event.target.form.requestSubmit();
  });
  // It is also fired where only the fragment changes, as by the link that skips to the content.
  window.addEventListener("popstate", () => {
    if (location.search !== shown) location.reload();
  });
}

function asked(form: HTMLFormElement): URL {
  const address = new URL(form.action);
  const kept = [...new FormData(form)].filter((pair): pair is [string, string] => pair[1] !== "");
  address.search = new URLSearchParams(kept).toString();
  return address;
}

async function show(section: HTMLElement, address: URL, clicked: string): Promise<void> {
  section.setAttribute("aria-busy", "true");
  const focused = document.activeElement?.id ?? "";
  try {
    const response = await fetch(`${address.pathname}${address.search}`, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById(section.id);
    if (!fresh) throw new Error("the section is gone");
    section.replaceChildren(...fresh.childNodes);
    history.pushState(null, "", address);
    shown = address.search;
    focusAgain(section, focused, clicked);
  } catch {
    location.assign(address);
  } finally {
    section.removeAttribute("aria-busy");
  }
}

/** Where the reader was: the same field or the same link; else the heading, so that the place on the page is not lost. */
function focusAgain(section: HTMLElement, id: string, text: string): void {
  const field = id ? section.querySelector<HTMLElement>(`#${CSS.escape(id)}`) : null;
  const link = [...section.querySelectorAll("a")].find((one) => text !== "" && one.textContent === text);
  const heading = section.querySelector<HTMLElement>("h2");
  const target = field ?? link ?? heading;
  if (target === heading) heading?.setAttribute("tabindex", "-1");
  target?.focus({ preventScroll: true });
}
