/** An expression as a cell wrote it: the node, its named intermediates, the text. */
import { type Expr, type Let, text } from "../calculus/index.js";

export interface Written {
  readonly f: Expr;
  /** Named intermediates in order; `f` may speak of them. */
  readonly lets: readonly Let[];
  readonly text: string;
  /** The user's name of the result, "…; L = −t' log(p)". */
  readonly outputName?: string | undefined;
}

export const writtenNode = (f: Expr): Written => ({ f, lets: [], text: text(f) });
