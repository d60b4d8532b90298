/**
 * A derivation as a page: what a renderer shows and nothing it has to work out. One displayed line is one step.
 * The document holds the pages of every layout and style, so that a viewer can switch without a kernel.
 */
import type { Layout, Style } from "../core/step.js";

export type { Layout, Style };

/** The MIME type of a derivation document. */
export const DERIVATION_MIME = "application/vnd.nabla.derivation+json";

/** Two or three words; `sentence` is what the chip says on hover. */
export interface Chip {
  readonly name: string;
  readonly sentence: string;
}

/** The grey tag behind the chips. */
export interface Tag {
  readonly label: string;
  readonly erratum?: string;
}

/** One displayed line. */
export interface PageLine {
  /** Left-hand side; empty when it is that of the line above. LaTeX. */
  readonly left: string;
  /** Right-hand sides in order, without "="; two when one line shows an intermediate form. LaTeX. */
  readonly right: readonly string[];
  /** The reason in words, as LaTeX text at the end of the line. */
  readonly note: string;
  readonly chips: readonly Chip[];
  readonly tags: readonly Tag[];
  /** Shapes of the factors in "shapes" mode, such as "1×m · m×n · n×1"; empty when there is nothing to say. */
  readonly shape: string;
  /** The line with the shape under every factor; absent when equal to `right`. LaTeX. */
  readonly shaped?: readonly string[];
  readonly maxRelError: number;
}

/** A remark beside the result: amber for an erratum. */
export interface Box {
  readonly kind: "erratum" | "note" | "warning";
  readonly title: string;
  /** Markdown with $…$. */
  readonly text: string;
}

/** One page: one layout, one style. */
export interface Page {
  readonly layout: Layout;
  readonly style: Style;
  /** Problem, shapes, what is differentiated by and what is constant; Markdown with $…$. */
  readonly header: readonly string[];
  readonly conditions: readonly string[];
  readonly lines: readonly PageLine[];
  /** Boxed results, LaTeX without the box, with the name of the layout each is in. */
  readonly results: readonly { readonly latex: string; readonly layout: string; readonly here: boolean }[];
  readonly boxes: readonly Box[];
  /** Folded sections below the result. */
  readonly folded: readonly { readonly title: string; readonly lines: readonly PageLine[]; readonly text?: string }[];
  /** "✓ 6 lines, 2 random points, worst 1e-15" and the reading of the result. */
  readonly check: string;
  readonly reading: string;
}

/** The document of the derivation MIME type: all pages, and which one to show first. */
export interface DerivationDocument {
  readonly kind: "nabla.derivation";
  readonly version: 1;
  readonly text: string;
  readonly shown: { readonly layout: Layout; readonly style: Style };
  readonly pages: readonly Page[];
}
