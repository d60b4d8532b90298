/**
 * LaTeX in the page through JupyterLab's own typesetter. What has been typeset once is kept and cloned: going back and
 * forth between steps costs no typesetting. Without a typesetter the source is shown, which is still readable.
 */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { latexToText } from "nabla/display";
import { el } from "./dom.js";

export interface MathOptions {
  readonly display?: boolean;
  readonly class?: string;
  /** What a screen reader says; the formula in plain signs when absent. */
  readonly label?: string;
}

export type Typeset = (latex: string, options?: MathOptions) => HTMLElement;

/** More formulas than this and the oldest are typeset again when they come back. */
const KEPT = 600;

export function createTypeset(typesetter: IRenderMime.ILatexTypesetter | null): Typeset {
  const kept = new Map<string, readonly Node[]>();

  return (latex, { display = false, class: name = "", label } = {}) => {
    const node = el("span", {
      class: `jp-nabla-Math ${name}`.trim(),
      attrs: { role: "math", "aria-label": label ?? latexToText(latex) },
    });
    const source = display ? `$$${latex}$$` : `$${latex}$`;
    const ready = kept.get(source);
    if (ready) {
      node.append(...ready.map((child) => child.cloneNode(true)));
      requestAnimationFrame(() => reachable(node));
      return node;
    }
    node.textContent = source;
    if (typesetter) void whenAttached(node, () => fill(node, source));
    return node;
  };

  async function fill(node: HTMLElement, source: string): Promise<void> {
    await typesetter!.typeset(node);
    reachable(node);
    if (!node.firstElementChild) return;
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
    kept.set(
      source,
      Array.from(node.childNodes, (child) => child.cloneNode(true)),
    );
  }
}

/** MathJax measures the font where the formula stands, so it waits until the formula stands somewhere. */
async function whenAttached(node: HTMLElement, then: () => Promise<void>): Promise<void> {
  await Promise.resolve();
  if (!node.isConnected) await new Promise((done) => requestAnimationFrame(done));
  await then();
}

/** A formula that is wider than its cell can be scrolled with the keyboard too. */
function reachable(node: HTMLElement): void {
  const scroll = node.closest<HTMLElement>(".jp-nabla-Scroll");
  if (scroll && scroll.scrollWidth > scroll.clientWidth) scroll.tabIndex = 0;
}
