/** What `a[data-evidence]` leads to, shown below its row: the element with `data-sentences` of the page it points at. */
export function openEvidence(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-evidence]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void toggle(link);
  });
}

async function toggle(link: HTMLAnchorElement): Promise<void> {
  const row = link.closest("tr");
  if (!row) return;
  const below = row.nextElementSibling;
  if (below instanceof HTMLElement && below.classList.contains("opened")) {
    const same = below.dataset.of === link.href;
    below.remove();
    for (const one of row.querySelectorAll("a[data-evidence]")) one.removeAttribute("aria-expanded");
    if (same) return;
  }
  link.setAttribute("aria-busy", "true");
  try {
    row.after(opened(link.href, row.cells.length, await sentences(link.href)));
    link.setAttribute("aria-expanded", "true");
  } catch {
    location.assign(link.href);
  } finally {
    link.removeAttribute("aria-busy");
  }
}

async function sentences(address: string): Promise<Element> {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const found = page.querySelector("[data-sentences]");
  if (!found) throw new Error("no sentences");
  return document.adoptNode(found);
}

function opened(address: string, width: number, content: Element): HTMLTableRowElement {
  const row = document.createElement("tr");
  row.className = "under opened";
  row.dataset.of = address;
  const cell = row.insertCell();
  cell.colSpan = width;
  const held = document.createElement("div");
  held.className = "held";
  const more = document.createElement("p");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = "This result by itself";
  more.className = "small";
  more.append(link);
  held.append(content, more);
  cell.append(held);
  return row;
}
