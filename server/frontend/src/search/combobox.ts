/** Makes the search field of a form a combobox that suggests as one types. */

interface Hit {
  label: string;
  description: string;
  kind: string;
  href: string;
  matched: string;
}

interface Suggestions {
  query: string;
  hits: Hit[];
}

const DELAY = 120; // milliseconds after a key before the service is asked
const SHORTEST = 2; // characters

/** The words above the hits of a kind; a kind that is not named here stands under its own name. */
const GROUPS: Record<string, string> = {
  person: "People",
  club: "Clubs",
  race: "Races",
  edition: "Championships and meetings",
  series: "Competitions",
  discipline: "Disciplines",
  country: "Countries",
  place: "Places",
  article: "Articles",
  sentence: "Sentences",
};

let boxes = 0;

/** Attaches the combobox to a form with `data-suggest`, the address to ask, and one search field. */
export function attach(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  const address = form.dataset.suggest;
  if (input && address) new Combobox(form, input, address);
}

class Combobox {
  readonly #input: HTMLInputElement;
  readonly #address: string;
  readonly #list = document.createElement("div");
  readonly #status = document.createElement("p");
  readonly #id = `suggestions-${++boxes}`;
  #options: HTMLAnchorElement[] = [];
  #active = -1;
  #timer = 0;
  #asking: AbortController | null = null;

  constructor(form: HTMLFormElement, input: HTMLInputElement, address: string) {
    this.#input = input;
    this.#address = address;
    Object.assign(this.#list, { id: this.#id, className: "suggestions", hidden: true });
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", "Suggestions");
    this.#status.className = "hidden";
    this.#status.setAttribute("role", "status");
    form.append(this.#list, this.#status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.#id,
    })) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.#later());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    // A press on a suggestion must not take the focus away before the click has come.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  #later(): void {
    window.clearTimeout(this.#timer);
    this.#asking?.abort();
    const text = this.#input.value.trim();
    if (text.length < SHORTEST) this.#close();
    else this.#timer = window.setTimeout(() => void this.#ask(text), DELAY);
  }

  async #ask(text: string): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const response = await fetch(`${this.#address}?q=${encodeURIComponent(text)}`, {
        headers: { Accept: "application/json" },
        signal: asking.signal,
      });
      if (!response.ok) throw new Error(response.statusText);
      this.#show((await response.json()) as Suggestions);
    } catch {
      // Superseded by the next key, or the service has no answer: the form still leads to the page of results.
      if (!asking.signal.aborted) this.#close();
    }
  }

  #show(found: Suggestions): void {
    if (document.activeElement !== this.#input) return;
    const groups = new Map<string, Hit[]>();
    for (const hit of found.hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
    this.#options = [];
    this.#list.replaceChildren(...[...groups].map(([kind, hits]) => this.#group(kind, hits)));
    const count = this.#options.length;
    this.#status.textContent = count === 0 ? "No suggestions" : `${count} suggestion${count === 1 ? "" : "s"}`;
    this.#mark(-1);
    this.#open(count > 0);
  }

  #group(kind: string, hits: Hit[]): HTMLElement {
    const group = document.createElement("div");
    const heading = document.createElement("p");
    heading.id = `${this.#id}-${kind}`;
    heading.textContent = GROUPS[kind] ?? kind;
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", heading.id);
    group.append(heading, ...hits.map((hit) => this.#option(hit)));
    return group;
  }

  #option(hit: Hit): HTMLAnchorElement {
    const option = document.createElement("a");
    option.id = `${this.#id}-${this.#options.length}`;
    option.href = hit.href;
    option.tabIndex = -1;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(part("name", hit.label));
    if (hit.matched && hit.matched !== hit.label) option.append(" ", part("matched", hit.matched));
    if (hit.description) option.append(" ", part("quiet", hit.description));
    const number = this.#options.push(option) - 1;
    option.addEventListener("pointermove", () => this.#mark(number));
    return option;
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const opened = !this.#list.hidden;
    const count = this.#options.length;
    if (event.key === "Escape" && opened) this.#close();
    else if (event.key === "ArrowDown" && count) this.#mark(this.#active + 1 >= count ? -1 : this.#active + 1);
    else if (event.key === "ArrowUp" && count) this.#mark(this.#active < 0 ? count - 1 : this.#active - 1);
    else if (event.key === "Enter" && opened && this.#active >= 0) this.#options[this.#active]?.click();
    else return;
    event.preventDefault();
    if (event.key.startsWith("Arrow")) this.#open(true);
  }

  #mark(number: number): void {
    this.#options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = number;
    const option = this.#options[number];
    if (!option) {
      this.#input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", option.id);
  }

  #open(opened: boolean): void {
    this.#list.hidden = !opened;
    this.#input.setAttribute("aria-expanded", String(opened));
  }

  #close(): void {
    window.clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#mark(-1);
    this.#open(false);
  }
}

function part(name: string, text: string): HTMLSpanElement {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}
