/** The colours of the pages, and a shape for each kind, for pictures. */
import type { StylesheetJson } from "cytoscape";

export interface Look {
  paper: string;
  ink: string;
  quiet: string;
  warn: string;
  link: string;
  accent: string;
  font: string;
  size: number;
  kinds: Record<string, string>;
}

/** The shape of each kind, as cytoscape names it; so that colour alone tells nothing. */
export const SHAPES: Record<string, "ellipse" | "round-rectangle" | "diamond" | "hexagon" | "triangle" | "rectangle"> =
  {
    person: "ellipse",
    club: "round-rectangle",
    race: "diamond",
    series: "hexagon",
    edition: "hexagon",
    country: "triangle",
    place: "triangle",
  };

const COLOURS: Record<string, string> = {
  person: "--series-1",
  race: "--series-2",
  club: "--series-3",
  series: "--series-4",
  edition: "--series-4",
  country: "--series-5",
  place: "--series-5",
};

/** The tokens of the style sheet as they are now, light or dark. */
export function look(element: Element): Look {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    paper: token("--paper"),
    ink: token("--ink"),
    quiet: token("--quiet"),
    warn: token("--warn"),
    link: token("--link"),
    accent: token("--accent"),
    font: style.fontFamily,
    // A picture on a phone is made smaller to fit: its letters are larger to begin with.
    size: element.clientWidth < 500 ? 16 : 12,
    kinds: Object.fromEntries(Object.entries(COLOURS).map(([kind, name]) => [kind, token(name)])),
  };
}

/** The colour of a kind. */
export function colour(look: Look, kind: string): string {
  return look.kinds[kind] ?? look.quiet;
}

export function styles(look: Look): StylesheetJson {
  const kinds = Object.keys(COLOURS).map((kind) => ({
    selector: `node[kind = "${kind}"]`,
    style: { "background-color": colour(look, kind), shape: SHAPES[kind] ?? ("rectangle" as const) },
  }));
  return [
    {
      selector: "node",
      style: {
        width: 20,
        height: 20,
        shape: "rectangle",
        "background-color": look.quiet,
        label: "data(name)",
        "font-family": look.font,
        "font-size": look.size,
        "line-height": 1.25,
        color: look.ink,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-wrap": "wrap",
        "text-max-width": "120px",
        "text-outline-color": look.paper,
        "text-outline-width": 3,
        "min-zoomed-font-size": 7,
      },
    },
    ...kinds,
    { selector: 'node[opened = "yes"]', style: { width: 26, height: 26, "font-weight": "bold" } },
    {
      selector: "edge",
      style: { width: 1.5, "line-color": look.quiet, opacity: 0.75, "curve-style": "bezier" },
    },
    { selector: "edge.former", style: { "line-style": "dashed" } },
    { selector: "edge.disputed", style: { "line-style": "dotted", "line-color": look.warn, width: 2.5 } },
    { selector: "edge.near", style: { "line-color": look.link, opacity: 1, width: 2.5 } },
    { selector: "node.near", style: { "border-width": 2, "border-color": look.link } },
    { selector: "node.chosen", style: { "border-width": 4, "border-color": look.accent, "z-index": 9 } },
    { selector: "edge.chosen", style: { "line-color": look.accent, opacity: 1, width: 4, "z-index": 9 } },
  ];
}
