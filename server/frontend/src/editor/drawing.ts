import { Picture, type Thing, type Tie, tieId } from "../graph/picture";

const HINT = "Point at a line to read it; press a thing to go to its page. The table below says the same.";

/** Draws the triples of a table (subject, predicate, object) that tie things to each other; a link leads to a page. */
export function draw(container: HTMLElement, table: HTMLTableElement): void {
  const things = new Map<string, Thing>();
  const ties = new Map<string, Tie>();
  const addresses = new Map<string, string>();
  for (const row of table.tBodies[0]?.rows ?? []) {
    const [subject, predicate, object] = row.cells;
    const [source, target] = [subject, object].map((cell) => thingIn(cell, things, addresses));
    if (!source || !target) continue;
    const key = `${source} ${target}`;
    const label = predicate?.textContent?.trim() ?? "";
    const known = ties.get(key);
    if (!known) ties.set(key, { source, target, label });
    else if (!known.label.split(", ").includes(label)) known.label += `, ${label}`;
  }
  if (!ties.size) return;
  const caption = document.createElement("p");
  caption.className = "more";
  caption.textContent = HINT;
  container.after(caption);
  container.hidden = false;
  const told = new Map([...ties.values()].map((tie) => [tieId(tie), tie]));
  const picture = new Picture(container, {
    chosen: (id) => {
      const address = id && addresses.get(id);
      if (address) location.assign(address);
    },
    pointed: (id) => {
      const tie = id ? told.get(id) : undefined;
      const names = tie && [things.get(tie.source)?.label, tie.label, things.get(tie.target)?.label];
      caption.textContent = names?.join(" – ") ?? HINT;
    },
  });
  const tied = new Set([...ties.values()].flatMap((tie) => [tie.source, tie.target]));
  picture.show(
    [...things.values()].filter((thing) => tied.has(thing.id)),
    ties.values(),
  );
}

/** What a cell names by its IRI, which it remembers; undefined for a literal, which is no thing. */
function thingIn(
  cell: HTMLTableCellElement | undefined,
  things: Map<string, Thing>,
  addresses: Map<string, string>,
): string | undefined {
  const named = cell?.querySelector<HTMLElement>("[title]");
  if (!named) return undefined;
  const id = named.title;
  const address = named instanceof HTMLAnchorElement ? named.pathname : "";
  things.set(id, { id, label: named.textContent ?? id, kind: address.split("/")[1] ?? "" });
  if (named instanceof HTMLAnchorElement) addresses.set(id, named.href);
  return id;
}
