/**
 * The same derivative told in another style; undefined where that style has no page for it. A page whose check failed
 * is refused by name.
 */

import type { Derivative } from "../core/derivation.js";
import { NablaError } from "../core/errors.js";
import { containing, type Expr } from "../core/expr.js";
import type { IndexLine } from "../core/indexLine.js";
import { axes, type Dim } from "../core/shape.js";
import type { Aside, Layout, Let, Step, Style } from "../core/step.js";
import { chainSteps, chainTensorSteps } from "./chainStyle/chain.js";
import { chainSecondSteps } from "./chainStyle/chainSecond.js";
import { TOO_LONG } from "./indexStyle/indexExpand.js";
import { indexSecondSteps } from "./indexStyle/indexSecond.js";
import { indexSteps } from "./indexStyle/indexSteps.js";
import { withoutLets } from "./lineState.js";

export interface Told {
  readonly steps: readonly Step[];
  readonly asides: readonly Aside[];
  readonly names: readonly Let[];
  /** The boxed result of the index style. */
  readonly boxed?: IndexLine;
  /** Beside that box where no layout applies: the axes, and the order of the indices as LaTeX. */
  readonly beside?: { readonly axes: readonly Dim[]; readonly note: string };
  readonly reading?: string;
}

export interface Telling {
  readonly written: Expr;
  readonly lets: readonly Let[];
  readonly wrt: readonly Expr[];
  readonly layout: Layout;
  /** The user's name of the output. */
  readonly outputName?: string | undefined;
  /** The derivative, when the caller has it and has proved it. */
  readonly proved?: Derivative | undefined;
}

/** A page that is not shown though the style has one: its check failed, or it is too long. Why is said. */
export interface Refused {
  readonly refused: string;
}

export function tell(style: Exclude<Style, "differential">, telling: Telling): Told | Refused | undefined {
  const { written, lets, wrt, layout, outputName, proved } = telling;
  const x = wrt[0]!;
  const still = containing(withoutLets(lets, written), (e) => e === x).size === 0;
  if (wrt.length === 2 && (still || (style === "chain" && wrt[1] !== x))) return undefined;
  try {
    // Nothing to chain where f does not depend on x: the one line that says so.
    if (style === "chain" && !still) {
      const problem = { f: written, lets, x, layout, proved, ...(outputName ? { outputName } : {}) };
      if (wrt.length === 2) return { asides: [], ...chainSecondSteps(problem) };
      const order = axes(written.shape).length + axes(x.shape).length;
      return order > 2 ? { asides: [], ...chainTensorSteps(problem) } : chainSteps(problem);
    }
    const options = { layout, lets, ...(proved && wrt.length === 1 ? { result: proved } : {}) };
    const y = wrt[1];
    const made = y ? indexSecondSteps(written, [x, y], options) : indexSteps(written, x, options);
    const { steps, asides, names, result, reading } = made;
    const beside = result.layout ? {} : { beside: { axes: result.axes, note: result.note } };
    return { steps, asides, names, boxed: result.line, reading, ...beside };
  } catch (error) {
    if (!(error instanceof NablaError) || error.code !== "unsupported") throw error;
    const said = error.check !== undefined || error === TOO_LONG;
    return said ? { refused: `the ${style} style is not shown: ${error.message}` } : undefined;
  }
}
