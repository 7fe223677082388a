import type { Yasqe } from "@zazuko/yasqe";

interface Remark {
  message: string;
  hint?: string;
  line?: number;
  column?: number;
}

interface Checked {
  error: Remark | null;
  warnings: Remark[];
}

export interface Checking {
  /** Shows again what is said in the page, for the query as it was run. */
  take(said: HTMLElement): void;
}

const DELAY = 500; // milliseconds after a key before the service is asked

/** Has the service look at the query as it is typed, and marks in the editor what it says. */
export function check(editor: Yasqe, address: string): Checking {
  const said = document.querySelector<HTMLElement>("#said");
  let marks: { clear(): void }[] = [];
  let timer = 0;
  let asking: AbortController | null = null;

  function clear(): void {
    for (const mark of marks) mark.clear();
    marks = [];
    editor.clearGutter("lint");
  }

  function mark(remark: Remark, kind: "error" | "warning"): void {
    if (!remark.line || !remark.column) return;
    const line = Math.min(remark.line - 1, editor.getDoc().lineCount() - 1);
    const from = { line, ch: remark.column - 1 };
    const token = editor.getTokenAt({ line, ch: remark.column });
    const to = { line, ch: Math.max(token.end, from.ch + 1) };
    const title = remark.hint ? `${remark.message}; ${remark.hint}` : remark.message;
    marks.push(editor.getDoc().markText(from, to, { className: `lint-${kind}`, attributes: { title } }));
    const sign = document.createElement("span");
    sign.className = `sign ${kind}`;
    sign.title = title;
    sign.textContent = kind === "error" ? "×" : "!";
    editor.setGutterMarker(line, "lint", sign);
  }

  function show({ error, warnings }: Checked): void {
    clear();
    for (const warning of warnings) mark(warning, "warning");
    if (error) mark(error, "error");
    const complaint = error ? [paragraph(error.message)] : [];
    said?.replaceChildren(...complaint, ...(warnings.length ? [list(warnings)] : []));
  }

  async function ask(): Promise<void> {
    const query = editor.getValue();
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    if (!query.trim()) return show({ error: null, warnings: [] });
    try {
      const response = await fetch(`${address}?${new URLSearchParams({ query })}`, { signal });
      if (response.ok) show((await response.json()) as Checked);
    } catch {
      // Superseded, or the service is not there: running the query will say so.
    }
  }

  function take(page: HTMLElement): void {
    clear();
    for (const one of page.querySelectorAll<HTMLElement>("[data-line]")) {
      const place = { line: Number(one.dataset.line), column: Number(one.dataset.column) };
      mark({ message: one.textContent ?? "", ...place }, one.id === "complaint" ? "error" : "warning");
    }
  }

  editor.on("change", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), DELAY);
  });
  if (said) take(said);
  return { take };
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement("p");
  made.id = "complaint";
  made.className = "notice bad";
  made.setAttribute("role", "status");
  made.textContent = text;
  return made;
}

function list(warnings: Remark[]): HTMLElement {
  const made = document.createElement("ul");
  made.id = "warnings";
  made.className = "notice";
  made.setAttribute("aria-label", "Warnings");
  for (const one of warnings) {
    const item = document.createElement("li");
    item.textContent = `line ${one.line}, column ${one.column}: ${one.message}; ${one.hint}`;
    made.append(item);
  }
  return made;
}
