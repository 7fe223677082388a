/** The graph picture; see `graph/view.ts`. Where there is no canvas the server's drawing stays. */
import { View } from "./graph/view";

const root = document.querySelector<HTMLElement>("[data-graph]");
if (root) new View(root);
