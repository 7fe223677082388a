const COLLATOR = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Has the links in the head of a table that is there as a whole sort its rows here. */
export function sortable(table: HTMLTableElement): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  heads.forEach((head, column) => {
    head.querySelector("a")?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(table, column, head.classList.contains("number"), down);
    });
  });
}

/** Unbound cells stay at the end either way. */
function sort(table: HTMLTableElement, column: number, numbers: boolean, down: boolean): void {
  const body = table.tBodies[0];
  if (!body) return;
  const text = (row: HTMLTableRowElement) => row.cells[column]?.textContent?.trim() ?? "";
  const rows = [...body.rows].sort((one, other) => {
    const [left, right] = [text(one), text(other)];
    if (!left || !right) return Number(!left) - Number(!right);
    const order = numbers ? Number(left) - Number(right) : COLLATOR.compare(left, right);
    return down ? -order : order;
  });
  body.append(...rows);
}
