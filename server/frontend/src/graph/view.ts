/** The graph page: the picture and the list in step with each other, more around a thing in one request. */
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { Picture, type Thing, type Tie, tieId } from "./picture";
import { save } from "./saving";

interface Node extends Thing {
  description: string;
  href: string | null;
  plain: string[];
}

interface Edge extends Tie {
  kind: string;
  articles: number;
}

interface Answer {
  nodes: Node[];
  edges: Edge[];
  hidden: number;
}

cytoscape.use(fcose);

const part = <E extends Element>(root: ParentNode, selector: string): E => {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
};

export class View {
  private readonly things = new Map<string, Thing>();
  private readonly ties = new Map<string, Tie>();
  private readonly picture: Picture;
  private readonly listed: { things: HTMLElement; ties: HTMLElement; about: HTMLElement };
  private readonly form: HTMLFormElement | null = document.querySelector("#graph-ties");
  private chosen: string | null = null;

  constructor(private readonly root: HTMLElement) {
    this.listed = {
      things: part(root, "[data-things]"),
      ties: part(root, "ul[data-ties]"),
      about: part(root, "[data-about]"),
    };
    part<HTMLElement>(root, "[data-still]").hidden = true;
    const canvas = part<HTMLElement>(root, "[data-canvas]");
    canvas.hidden = false;
    part<HTMLElement>(root, "[data-tools]").hidden = false;
    const heard = {
      chosen: (id: string | null) => this.taken(id),
      pointed: (id: string | null) => this.tell(id ?? this.chosen),
    };
    this.picture = new Picture(canvas, heard, "fcose");
    this.read();
    this.picture.show(this.things.values(), this.ties.values());
    this.listen();
  }

  /** The things and ties that the server listed. */
  private read(): void {
    for (const item of this.listed.things.querySelectorAll<HTMLElement>("li[data-id]")) {
      const { id = "", kind = "", label = "" } = item.dataset;
      const hidden = Number(item.querySelector(".expand [aria-hidden]")?.textContent ?? 0);
      this.things.set(id, { id, kind, label, hidden, opened: "opened" in item.dataset });
    }
    for (const item of this.listed.ties.querySelectorAll<HTMLElement>("li[data-source]")) {
      const { source = "", target = "", kind = "" } = item.dataset;
      const label = item.querySelector("a")?.textContent ?? "";
      const tie = {
        source,
        target,
        kind,
        label,
        former: "former" in item.dataset,
        disputed: "disputed" in item.dataset,
      };
      this.ties.set(tieId(tie), tie);
    }
  }

  private listen(): void {
    this.root.addEventListener("focusin", (event) => {
      const item = (event.target as Element).closest<HTMLElement>("li");
      if (item) this.mark(idOf(item), false);
    });
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.form?.addEventListener("change", () => void this.filter());
    part<HTMLElement>(this.form ?? document, "button").hidden = this.form !== null;
    const doings: Record<string, () => void> = {
      fit: () => this.picture.fit(),
      in: () => this.picture.zoom(1.3),
      out: () => this.picture.zoom(1 / 1.3),
      svg: () => save(new Blob([this.picture.svg()], { type: "image/svg+xml" }), "graph.svg"),
      png: () => void this.picture.png().then((blob) => save(blob, "graph.png")),
    };
    for (const button of this.root.querySelectorAll<HTMLElement>("[data-do]")) {
      button.addEventListener("click", () => doings[button.dataset.do ?? ""]?.());
    }
  }

  private clicked(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>("a");
    const item = link?.closest<HTMLElement>("li");
    if (!link || !item) return;
    if (link.classList.contains("expand")) {
      event.preventDefault();
      void this.open(idOf(item), true);
    } else if (link.parentElement === item && item.dataset.source !== undefined) {
      event.preventDefault();
      void this.sentences(item);
    }
  }

  /** Something in the picture was chosen: a thing opens, a tie shows its sentences. */
  private taken(id: string | null): void {
    this.mark(id, true);
    if (id === null) return;
    const thing = this.things.get(id);
    if (thing && !thing.opened && thing.hidden) void this.open(id, false);
    const tie = this.ties.has(id) && this.item(id);
    if (tie) void this.sentences(tie, true);
  }

  private item(id: string): HTMLElement | null {
    const all = this.root.querySelectorAll<HTMLElement>(".lists li");
    return [...all].find((item) => idOf(item) === id) ?? null;
  }

  private mark(id: string | null, scroll: boolean): void {
    if (id === this.chosen) return;
    this.chosen = id;
    for (const item of this.root.querySelectorAll(".lists li[aria-current]")) item.removeAttribute("aria-current");
    const item = id === null ? null : this.item(id);
    item?.setAttribute("aria-current", "true");
    if (scroll) item?.scrollIntoView({ block: "nearest" });
    this.picture.select(id);
    this.tell(id);
  }

  private tell(id: string | null): void {
    const item = id === null ? null : this.item(id);
    const text = (item?.querySelector("p") ?? item)?.textContent?.replace(/\s+/g, " ").trim();
    this.say(text ?? "");
  }

  private say(text: string): void {
    this.listed.about.textContent = text;
    this.listed.about.hidden = text === "";
  }

  /** Adds what is around a thing. */
  private async open(id: string, keyboard: boolean): Promise<void> {
    const thing = this.things.get(id);
    if (!thing) return;
    const answer = await this.ask([id], [...this.things.keys()]);
    if (!answer) return;
    thing.opened = true;
    const before = new Set(this.things.keys());
    const fresh = answer.nodes.filter((node) => !before.has(node.id));
    thing.hidden = answer.nodes.find((node) => node.id === id)?.hidden ?? 0;
    for (const node of fresh) this.addThing(node);
    for (const edge of answer.edges) {
      this.addTie(edge);
      for (const [end, other] of [
        [edge.source, edge.target],
        [edge.target, edge.source],
      ] as const) {
        if (end !== id && before.has(end) && !before.has(other)) this.fewer(end);
      }
    }
    this.changed();
    const item = this.item(id);
    item?.querySelector(".expand")?.remove();
    item?.setAttribute("data-opened", "");
    if (keyboard) item?.querySelector("a")?.focus();
    const left = thing.hidden ? `; ${thing.hidden} found no room` : "";
    this.say(`${fresh.length} added around ${thing.label}${left}.`);
  }

  /** Asks anew for all that is opened, by the ties now ticked. */
  private async filter(): Promise<void> {
    const answer = await this.ask(this.opened(), []);
    if (!answer) return;
    this.things.clear();
    this.ties.clear();
    this.listed.things.replaceChildren();
    this.listed.ties.replaceChildren();
    for (const node of answer.nodes) this.addThing(node);
    for (const edge of answer.edges) this.addTie(edge);
    this.changed();
    this.say(`${answer.nodes.length} things, ${answer.edges.length} ties.`);
  }

  private async ask(of: string[], shown: string[]): Promise<Answer | null> {
    const query = new URLSearchParams([
      ...of.map((id) => ["of", id]),
      ...shown.map((id) => ["shown", id]),
      ...this.kinds().map((kind) => ["show", kind]),
    ]);
    const response = await fetch(`${this.root.dataset.graph}?${query}`, { headers: { Accept: "application/json" } });
    if (response.ok) return (await response.json()) as Answer;
    this.say("The service could not answer; try again.");
    return null;
  }

  private opened(): string[] {
    return [...this.things.values()].filter((thing) => thing.opened).map((thing) => thing.id);
  }

  private kinds(): string[] {
    const boxes = this.form?.querySelectorAll<HTMLInputElement>("input[name=show]:checked") ?? [];
    return [...boxes].map((box) => box.value);
  }

  private addThing(node: Node): void {
    this.things.set(node.id, node);
    const item = this.copy("template[data-thing]");
    Object.assign(item.dataset, { id: node.id, kind: node.kind, label: node.label });
    if (node.opened) item.dataset.opened = "";
    item.className = `kind-${node.kind}`;
    const shape = this.root.querySelector(`[data-shape="${node.kind === "edition" ? "series" : node.kind}"]`);
    const other = shape ?? this.root.querySelector('[data-shape="other"]');
    part(item, ".mark").append(...[...(other?.children ?? [])].map((child) => child.cloneNode(true)));
    const name = part<HTMLAnchorElement>(item, "p a");
    name.textContent = node.label;
    if (node.href) name.href = node.href;
    part(item, "p span").textContent = [node.description, ...node.plain].join(" · ");
    const expand = part<HTMLAnchorElement>(item, ".expand");
    if (node.opened || !node.hidden) {
      expand.remove();
    } else {
      expand.href = this.address([...this.opened(), node.id]);
      part(expand, "[aria-hidden]").textContent = `+${node.hidden}`;
      part(expand, ".hidden").textContent = `Show ${node.hidden} more around ${node.label}`;
    }
    this.listed.things.append(item);
  }

  private addTie(edge: Edge): void {
    if (this.ties.has(tieId(edge)) || this.ties.has(tieId({ source: edge.target, target: edge.source }))) return;
    this.ties.set(tieId(edge), edge);
    const item = this.copy("template[data-tie]");
    Object.assign(item.dataset, { source: edge.source, target: edge.target, kind: edge.kind });
    const link = part<HTMLAnchorElement>(item, "a");
    link.textContent = edge.label;
    link.href = `/graph/evidence?${new URLSearchParams({ from: edge.source, to: edge.target })}`;
    part(item, "span").textContent = `${edge.articles} article${edge.articles === 1 ? "" : "s"}`;
    this.listed.ties.append(item);
  }

  /** One neighbour of a thing that stood there already came into the picture. */
  private fewer(id: string): void {
    const thing = this.things.get(id);
    if (!thing?.hidden) return;
    thing.hidden -= 1;
    const expand = this.item(id)?.querySelector(".expand");
    if (!expand) return;
    part(expand, "[aria-hidden]").textContent = `+${thing.hidden}`;
    part(expand, ".hidden").textContent = `Show ${thing.hidden} more around ${thing.label}`;
    if (!thing.hidden) expand.remove();
  }

  private copy(selector: string): HTMLElement {
    const content = part<HTMLTemplateElement>(this.root, selector).content;
    return part<HTMLElement>(content, "li").cloneNode(true) as HTMLElement;
  }

  private address(opened: string[]): string {
    const pairs = [...opened.map((id) => ["focus", id]), ...this.kinds().map((kind) => ["show", kind])];
    return `/graph?${new URLSearchParams(pairs)}`.replaceAll("%2F", "/");
  }

  /** Draws what there is now; the address restores it. */
  private changed(): void {
    this.picture.show(this.things.values(), this.ties.values());
    const address = this.address(this.opened());
    history.replaceState(null, "", address);
    part<HTMLAnchorElement>(this.root, "[data-link]").href = address;
    part<HTMLAnchorElement>(this.root, "[data-turtle]").href = address.replace("/graph?", "/graph.ttl?");
    for (const [name, size] of [["things", this.things.size] as const, ["ties", this.ties.size] as const]) {
      part(this.root, `[data-count=${name}]`).textContent = String(size);
    }
    const hidden = [...this.things.values()].reduce((sum, thing) => sum + (thing.opened ? (thing.hidden ?? 0) : 0), 0);
    const room = this.root.dataset.room;
    part(this.root, "[data-left-out]").textContent = hidden
      ? `${hidden} neighbours found no room: at most ${room} things are shown at a time.`
      : "";
  }

  /** Shows the sentences of a tie under it, or puts them away. */
  private async sentences(item: HTMLElement, only = false): Promise<void> {
    const link = part<HTMLAnchorElement>(item, "a");
    const shown = item.querySelector("[data-tie]");
    if (shown) {
      if (!only) {
        shown.remove();
        link.setAttribute("aria-expanded", "false");
      }
      return;
    }
    const response = await fetch(link.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.querySelector("[data-tie]");
    if (found && !item.querySelector("[data-tie]")) item.append(document.adoptNode(found));
    link.setAttribute("aria-expanded", "true");
    item.scrollIntoView({ block: "nearest" });
  }
}

function idOf(item: HTMLElement): string {
  const { id, source = "", target = "" } = item.dataset;
  return id ?? tieId({ source, target });
}
