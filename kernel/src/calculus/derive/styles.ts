/**
 * The same derivative told in another style; undefined where that style has no page for it. A page whose check failed
 * is refused by name.
 */

import type { Derivative } from "../core/derivation.js";
import { NablaError } from "../core/errors.js";
import { containing, type Expr } from "../core/expr.js";
import type { IndexLine } from "../core/indexLine.js";
import { axes, type Dim, isScalar } from "../core/shape.js";
import type { Aside, Layout, Let, Step, Style } from "../core/step.js";
import { type ChainProblem, chainSteps, chainTensorSteps } from "./chainStyle/chain.js";
import { nameThatIsFree } from "./chainStyle/chainNames.js";
import { chainSecondSteps } from "./chainStyle/chainSecond.js";
import { derivative } from "./closed.js";
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
      return wrt.length === 2 ? chainSecond(problem) : chainFirst(problem);
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

function chainFirst(problem: ChainProblem): Told {
  const order = axes(problem.f.shape).length + axes(problem.x.shape).length;
  return order > 2 ? { asides: [], ...chainTensorSteps(problem) } : chainSteps(problem);
}

/** Through the Hessians of the intermediates; where these mix, the gradient is a function like any other: its own chain. */
function chainSecond(problem: ChainProblem): Told {
  try {
    return { asides: [], ...chainSecondSteps(problem) };
  } catch (error) {
    if (!(error instanceof NablaError) || error.code !== "unsupported" || error.check !== undefined) throw error;
    const { f, lets, x, layout } = problem;
    const gradient = derivative(withoutLets(lets, f), [x], { facts: false }).matrix;
    if (!gradient || !isScalar(f.shape) || derivative(gradient, [x]).index.terms.length === 0) throw error;
    const first = chainFirst({ f, lets, x, layout, ...(problem.outputName ? { outputName: problem.outputName } : {}) });
    const taken = [x, gradient, ...first.names.flatMap((l) => [l.symbol, l.value])];
    const second = chainFirst({ f: gradient, lets: first.names, x, layout, outputName: nameThatIsFree(["g"], taken) });
    const known = new Set(first.names.map((l) => l.symbol));
    return {
      steps: [...first.steps, ...second.steps],
      asides: [...first.asides, ...second.asides],
      names: [...first.names, ...second.names.filter((l) => !known.has(l.symbol))],
    };
  }
}
