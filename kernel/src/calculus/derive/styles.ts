/** The same derivative told in another style, or why that style has no page for it. */

import type { Derivative } from "../core/derivation.js";
import { NablaError } from "../core/errors.js";
import { containing, type Expr } from "../core/expr.js";
import type { IndexLine } from "../core/indexLine.js";
import type { Dim } from "../core/shape.js";
import type { Aside, Layout, Let, Step, Style } from "../core/step.js";
import { type ChainProblem, chainFirst } from "./chainStyle/chain.js";
import { chainGradientSteps } from "./chainStyle/chainGradient.js";
import { chainSecondSteps } from "./chainStyle/chainSecond.js";
import { derivative } from "./closed.js";
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

/** A page that is not shown: there is none, its check failed, or it is too long. Why is said. */
export interface Refused {
  readonly refused: string;
}

export function tell(style: Exclude<Style, "differential">, telling: Telling): Told | Refused {
  const { written, lets, wrt, layout, outputName, proved } = telling;
  const [x, y] = wrt as [Expr, Expr | undefined];
  const still = containing(withoutLets(lets, written), (e) => e === x).size === 0;
  try {
    // Nothing to chain where f does not depend on x: the lines that say so.
    if (style === "chain" && !still) {
      const problem = { f: written, lets, x, layout, proved, ...(outputName ? { outputName } : {}) };
      return y ? chainSecond(problem, y) : chainFirst(problem);
    }
    const options = { layout, lets, ...(proved && !y ? { result: proved } : {}) };
    const made = y ? indexSecondSteps(written, [x, y], options) : indexSteps(written, x, options);
    const { steps, asides, names, result, reading } = made;
    const beside = result.layout ? {} : { beside: { axes: result.axes, note: result.note } };
    return { steps, asides, names, boxed: result.line, reading, ...beside };
  } catch (error) {
    if (!(error instanceof NablaError) || error.code !== "unsupported") throw error;
    return { refused: `the ${style} style is not shown: ${error.message}` };
  }
}

/**
 * Through the Hessians of the intermediates; where these mix, the gradient is a function like any other: its own chain.
 * So is one that does not move.
 */
function chainSecond(problem: ChainProblem, y: Expr): Told {
  const { f, lets, x, proved = derivative(withoutLets(lets, f), [x, y]) } = problem;
  try {
    if (x === y && proved.index.terms.length > 0) return { asides: [], ...chainSecondSteps(problem) };
  } catch (error) {
    if (!(error instanceof NablaError) || error.code !== "unsupported" || error.check !== undefined) throw error;
  }
  return chainGradientSteps({ ...problem, y, proved });
}
