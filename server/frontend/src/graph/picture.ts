/** Things and ties drawn by cytoscape. Knows nothing of where they come from: the graph page and the editor use it. */
import cytoscape, { type Core, type EdgeSingular, type ElementDefinition, type NodeSingular } from "cytoscape";
import { type Look, look, styles } from "./looks";
import { asSvg } from "./saving";

// cytoscape adds a style element unless it finds one of this name, and our policy forbids style elements.
const STYLE_ELEMENT = "__________cytoscape_stylesheet";

export interface Thing {
  id: string;
  label: string;
  kind: string;
  opened?: boolean;
  hidden?: number;
}

export interface Tie {
  source: string;
  target: string;
  label: string;
  kind?: string;
  former?: boolean;
  disputed?: boolean;
}

export interface Heard {
  /** A thing or tie was chosen with the pointer; null where the ground was. */
  chosen?: (id: string | null) => void;
  /** The pointer is over a thing or tie, or left it (null). */
  pointed?: (id: string | null) => void;
}

/** What a tie is called in a picture. */
export function tieId(tie: { source: string; target: string }): string {
  return `${tie.source}|${tie.target}`;
}

export class Picture {
  private readonly graph: Core;
  private look: Look;

  /** `layout` must be one that cytoscape has, or was given (`cytoscape.use`). */
  constructor(
    container: HTMLElement,
    heard: Heard = {},
    private readonly layout: "fcose" | "cose" = "cose",
  ) {
    if (!document.getElementById(STYLE_ELEMENT)) {
      document.head.append(Object.assign(document.createElement("meta"), { id: STYLE_ELEMENT }));
    }
    container.classList.add("__________cytoscape_container");
    this.look = look(container);
    // Plain wheel turns scroll the page; with Ctrl, as everywhere, they zoom.
    const scrolls = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) event.stopImmediatePropagation();
    };
    container.addEventListener("wheel", scrolls, { capture: true, passive: true });
    this.graph = cytoscape({
      container,
      style: styles(this.look),
      minZoom: 0.2,
      maxZoom: 3,
      boxSelectionEnabled: false,
      selectionType: "single",
    });
    this.graph.on("tap", (event) => {
      heard.chosen?.(event.target === this.graph ? null : (event.target as NodeSingular).id());
    });
    this.graph.on("mouseover", "node, edge", (event) => heard.pointed?.((event.target as NodeSingular).id()));
    this.graph.on("mouseout", "node, edge", () => heard.pointed?.(null));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.look = look(container);
      this.graph.style(styles(this.look));
    });
  }

  /** Shows exactly these; what stood there before keeps its place. */
  show(things: Iterable<Thing>, ties: Iterable<Tie>): void {
    const nodes = [...things];
    const edges = [...ties].filter((tie) => tie.source !== tie.target);
    const wanted = new Set([...nodes.map((thing) => thing.id), ...edges.map(tieId)]);
    this.graph.batch(() => {
      this.graph
        .elements()
        .filter((element) => !wanted.has(element.id()))
        .remove();
      const rest = nodes.filter((thing) => this.graph.getElementById(thing.id).empty());
      for (const thing of nodes) this.graph.getElementById(thing.id).data(data(thing));
      this.graph.add(rest.map((thing, place) => this.placed(thing, place, rest.length, edges)));
      const fresh = edges.filter((tie) => this.graph.getElementById(tieId(tie)).empty());
      this.graph.add(
        fresh.map((tie): ElementDefinition => ({ data: { ...tie, id: tieId(tie) }, classes: manner(tie) })),
      );
    });
    this.arrange();
  }

  /** Marks a thing or tie, and nothing else; brings it into view. */
  select(id: string | null): void {
    this.graph.elements().removeClass("chosen near");
    if (id === null) return;
    const element = this.graph.getElementById(id);
    element.addClass("chosen");
    element.connectedNodes().union(element.connectedEdges()).addClass("near");
    const box = this.graph.extent();
    const { x1, x2, y1, y2 } = element.boundingBox({});
    if (x1 < box.x1 || x2 > box.x2 || y1 < box.y1 || y2 > box.y2) this.graph.center(element);
  }

  fit(): void {
    this.graph.fit(undefined, 30);
  }

  zoom(factor: number): void {
    const centre = { x: this.graph.width() / 2, y: this.graph.height() / 2 };
    this.graph.zoom({ level: this.graph.zoom() * factor, renderedPosition: centre });
  }

  /** Where a thing stands, in pixels from the corner of the container; null where it is not shown. */
  place(id: string): { x: number; y: number } | null {
    const element = this.graph.getElementById(id);
    return element.empty() ? null : element.renderedPosition();
  }

  png(): Promise<Blob> {
    return this.graph.png({ output: "blob-promise", full: true, scale: 2, maxWidth: 6000, bg: this.look.paper });
  }

  svg(): string {
    return asSvg(
      this.graph.nodes().map((node: NodeSingular) => ({ ...node.data(), ...node.position() })),
      this.graph.edges().map((edge: EdgeSingular) => edge.data()),
      this.look,
    );
  }

  private placed(thing: Thing, place: number, count: number, ties: Tie[]): ElementDefinition {
    // Beside what it is tied to and stands already; else in a circle. The same things always start at the same places.
    const other = ties
      .filter((tie) => tie.source === thing.id || tie.target === thing.id)
      .map((tie) => this.graph.getElementById(tie.source === thing.id ? tie.target : tie.source))
      .find((node) => node.nonempty());
    const centre = other ? other.position() : { x: 0, y: 0 };
    const angle = (2 * Math.PI * place) / Math.max(1, count);
    const radius = thing.opened && !other ? 40 : 140 + 40 * (place % 3);
    const position = { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
    return { data: data(thing), position };
  }

  private arrange(): void {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.layout === "cose") {
      const spread = { nodeRepulsion: () => 20_000, idealEdgeLength: () => 70, nodeOverlap: 20, componentSpacing: 30 };
      const labels = { nodeDimensionsIncludeLabels: true };
      this.graph.layout({ name: "cose", animate: false, randomize: false, padding: 30, ...spread, ...labels }).run();
      return;
    }
    const layout = {
      name: "fcose",
      quality: "proof",
      randomize: false,
      animate: !still,
      animationDuration: 350,
      nodeDimensionsIncludeLabels: true,
      idealEdgeLength: 110,
      nodeRepulsion: 9000,
      padding: 30,
    };
    this.graph.layout(layout as cytoscape.LayoutOptions).run();
  }
}

function data(thing: Thing): Record<string, unknown> {
  const more = thing.hidden && !thing.opened ? `\n+${thing.hidden}` : "";
  return { ...thing, name: `${thing.label}${more}`, opened: thing.opened ? "yes" : "no" };
}

function manner(tie: Tie): string {
  return [tie.former ? "former" : "", tie.disputed ? "disputed" : ""].join(" ").trim();
}
