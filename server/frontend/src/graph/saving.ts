/** A picture as an SVG document that stands by itself, and files for the reader to keep. */
import { colour, type Look, SHAPES } from "./looks";

interface Spot {
  id?: string;
  label?: string;
  kind?: string;
  x: number;
  y: number;
}

interface Line {
  source?: string;
  target?: string;
  label?: string;
  former?: boolean;
  disputed?: boolean;
}

const MARGIN = 90;
const POINTS: Record<string, string> = {
  diamond: "M0-12 12 0 0 12-12 0z",
  hexagon: "M-11 0-6-10H6L11 0 6 10H-6z",
  triangle: "M0-12 11 9H-11z",
  "round-rectangle": "M-10-9H10V9H-10z",
  rectangle: "M-8-8H8V8H-8z",
  ellipse: "M-10 0a10 10 0 1 0 20 0 10 10 0 1 0-20 0z",
};

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign);

export function asSvg(spots: Spot[], lines: Line[], look: Look): string {
  const places = new Map(spots.map((spot) => [spot.id ?? "", spot]));
  const xs = spots.map((spot) => spot.x);
  const ys = spots.map((spot) => spot.y);
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  const [width, height] = [Math.max(...xs) + MARGIN - left, Math.max(...ys) + MARGIN - top].map(Math.ceil);
  const drawn = lines.map((line) => {
    const [one, other] = [places.get(line.source ?? ""), places.get(line.target ?? "")];
    if (!one || !other) return "";
    const dash = line.disputed ? ' stroke-dasharray="2 3"' : line.former ? ' stroke-dasharray="6 4"' : "";
    const stroke = line.disputed ? look.warn : look.quiet;
    const ends = `x1="${one.x.toFixed(1)}" y1="${one.y.toFixed(1)}" x2="${other.x.toFixed(1)}" y2="${other.y.toFixed(1)}"`;
    return `<line ${ends} stroke="${stroke}" stroke-width="1.5"${dash}><title>${escaped(line.label ?? "")}</title></line>`;
  });
  const named = spots.map((spot) => {
    const shape = POINTS[SHAPES[spot.kind ?? ""] ?? "rectangle"];
    const label = `<text y="25" text-anchor="middle" stroke="${look.paper}" stroke-width="3" paint-order="stroke" fill="${look.ink}">${escaped(spot.label ?? "")}</text>`;
    const fill = colour(look, spot.kind ?? "");
    return `<g transform="translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})"><path d="${shape}" fill="${fill}"/>${label}</g>`;
  });
  const box = `viewBox="${Math.floor(left)} ${Math.floor(top)} ${width} ${height}" width="${width}" height="${height}"`;
  const ground = `<rect x="${Math.floor(left)}" y="${Math.floor(top)}" width="${width}" height="${height}" fill="${look.paper}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} font-family="sans-serif" font-size="12">${ground}${drawn.join("")}${named.join("")}</svg>`;
}

/** Hands a file to the reader. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
