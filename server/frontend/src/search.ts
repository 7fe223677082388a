/** The search boxes: suggestions as one types, by the combobox pattern of WAI-ARIA 1.2; see `search/combobox.ts`. */
import { attach } from "./search/combobox";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-suggest]")) attach(form);
