import type { Hint } from "@zazuko/yasqe";
import { Yasqe } from "@zazuko/yasqe";

interface Term {
  iri: string;
  label: string;
  comment: string;
  count: number;
}

interface Terms {
  prefixes: Record<string, string>;
  classes: Term[];
  properties: Term[];
  things: Term[];
}

interface Suggestion extends Term {
  name: string;
}

const MOST = 60;
const KIND_PREFIXES: Record<string, string> = { person: "person", club: "club", race: "race", edition: "edition" };
const PREFIXED = /^[A-Za-z][\w-]*:/;

/** Registers the completion of classes, properties, disciplines and countries; of people and races by their names. */
export function complete(address: string): void {
  let known: Promise<Terms> | null = null;
  const suggestions = new Map<string, Suggestion>();

  async function terms(): Promise<Terms> {
    known ??= fetch(address).then((response) => response.json() as Promise<Terms>);
    return known;
  }

  async function get(yasqe: Yasqe): Promise<string[]> {
    const typed = yasqe.getCompleteToken().string.trim();
    const found = await terms();
    const named = nameIn(found.prefixes);
    const place = placeOf(yasqe);
    const all =
      place === "class" ? found.classes : place === "property" ? found.properties : [...found.things, ...found.classes];
    const fitting = matching(
      all.map((term) => ({ ...term, name: named(term.iri) })),
      typed,
    );
    const entities = place === "object" ? await entitiesNamed(typed, found.prefixes) : [];
    suggestions.clear();
    for (const one of [...entities, ...fitting].slice(0, MOST)) suggestions.set(one.name, one);
    // What is written out already needs no list, in which Enter would only choose it again.
    return suggestions.size === 1 && suggestions.has(typed) ? [] : [...suggestions.keys()];
  }

  function postprocessHints(_: Yasqe, hints: Hint[]): Hint[] {
    return hints.map((hint) => ({
      ...hint,
      render: (element) => render(element, suggestions.get(hint.text), hint.text),
    }));
  }

  Yasqe.registerAutocompleter(
    {
      name: "podium",
      bulk: false,
      autoShow: true,
      isValidCompletionPosition: (yasqe) => {
        const token = yasqe.getCompleteToken();
        const typed = token.string.trim();
        return (
          !typed.startsWith("?") &&
          !typed.startsWith("$") &&
          (PREFIXED.test(typed) || /^[a-z]{2,}$/.test(typed)) &&
          inBraces(yasqe)
        );
      },
      get: (yasqe) => get(yasqe),
      postprocessHints,
    },
    false,
  );
}

/** What may stand at the cursor, by how many terms of a pattern stand before it. */
function placeOf(yasqe: Yasqe): "class" | "property" | "object" {
  const token = yasqe.getCompleteToken();
  const { line } = yasqe.getDoc().getCursor();
  const before = yasqe.getDoc().getRange({ line: 0, ch: 0 }, { line, ch: token.start });
  const sentence = before.split(/[{}]|[.](?=\s|$)/).pop() ?? "";
  const branch = sentence.split(";").pop() ?? "";
  const words = branch
    .replace(/"[^"]*"/g, '""')
    .split(/\s+|,/)
    .filter(Boolean);
  const expected = sentence.includes(";") ? words.length + 1 : words.length;
  if (expected === 1 || /[/|^(]$/.test(before.trimEnd())) return "property";
  const last = words.at(-1);
  return last === "a" || last === "rdf:type" ? "class" : "object";
}

/** Whether the cursor stands within a group of patterns, the only place where terms are. */
function inBraces(yasqe: Yasqe): boolean {
  const cursor = yasqe.getDoc().getCursor();
  const before = yasqe.getDoc().getRange({ line: 0, ch: 0 }, cursor);
  return before.split("{").length > before.split("}").length;
}

function nameIn(prefixes: Record<string, string>): (iri: string) => string {
  const namespaces = Object.entries(prefixes).sort((one, other) => other[1].length - one[1].length);
  return (iri) => {
    for (const [prefix, namespace] of namespaces) {
      const local = iri.slice(namespace.length);
      if (iri.startsWith(namespace) && /^[\w-]+$/.test(local)) return `${prefix}:${local}`;
    }
    return `<${iri}>`;
  };
}

/** Those whose name or label holds what was typed; first those that begin with it, each in the order they came. */
function matching(all: Suggestion[], typed: string): Suggestion[] {
  const text = typed.toLowerCase();
  const [prefix, local] = text.includes(":") ? text.split(":", 2) : ["", text];
  const begins = all.filter((one) => one.name.toLowerCase().startsWith(text));
  const holds = all.filter((one) => {
    const [itsPrefix, itsLocal] = one.name.toLowerCase().split(":", 2);
    if (prefix && itsPrefix !== prefix) return false;
    return itsLocal?.includes(local ?? "") || one.label.toLowerCase().includes(local ?? "");
  });
  return [...new Set([...begins, ...holds])];
}

/** People, clubs, races and editions whose names are like what was typed behind their prefix. */
async function entitiesNamed(typed: string, prefixes: Record<string, string>): Promise<Suggestion[]> {
  const [prefix, local] = typed.split(":", 2);
  if (!prefix || !local || local.length < 2 || !(prefix in KIND_PREFIXES)) return [];
  const kind = KIND_PREFIXES[prefix];
  try {
    const words = local.replace(/[-_]/g, " ");
    const response = await fetch(`/suggest?${new URLSearchParams({ q: words })}`);
    if (!response.ok) return [];
    const { hits } = (await response.json()) as {
      hits: { label: string; description: string; kind: string; href: string }[];
    };
    return hits
      .filter((hit) => hit.href.startsWith(`/${kind}/`))
      .map((hit) => {
        const slug = decodeURIComponent(hit.href.slice(`/${kind}/`.length));
        const name = /^[\w-]+$/.test(slug) ? `${prefix}:${slug}` : `<${prefixes[prefix]}${slug}>`;
        return { iri: name, name, label: hit.label, comment: hit.description, count: 0 };
      });
  } catch {
    return [];
  }
}

function render(element: HTMLElement, term: Suggestion | undefined, text: string): void {
  const name = document.createElement("b");
  name.textContent = text;
  element.append(name);
  if (!term) return;
  const said = [
    term.label !== text.split(":")[1] ? term.label : "",
    term.count ? `${term.count.toLocaleString("en")} times` : "",
  ];
  const note = document.createElement("span");
  note.className = "quiet";
  note.textContent = said.filter(Boolean).join(", ");
  element.append(" ", note);
  if (term.comment) element.title = term.comment;
}
