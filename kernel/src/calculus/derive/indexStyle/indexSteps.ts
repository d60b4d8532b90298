/**
 * The index style: coordinate expansion, ∂ inside the sums, ∂X_ij/∂X_kl = δ_ik δ_jl, contraction, and back to matrix
 * form. Named parts are differentiated entry by entry with the chain rule. Lines that would be too long to be written
 * by hand are replaced by the differential in index form and its coefficients.
 */
import type { Expr } from "../../core/expr.js";
import type { Let, Step } from "../../core/step.js";
import { derivative } from "../closed.js";
import { withoutLets } from "../lineState.js";
import { sameAs } from "./indexAsides.js";
import { coefficientLines } from "./indexCoefficients.js";
import { TOO_LONG } from "./indexExpand.js";
import { IndexLines } from "./indexLines.js";
import { bareProblem, type IndexOptions, type IndexProblem, indexProblem } from "./indexProblem.js";
import { type IndexDerivation, matrixStep, resultOf } from "./indexResult.js";
import { partial, ZERO } from "./indexTree.js";

export type { IndexOptions } from "./indexProblem.js";
export type { IndexDerivation, IndexResult } from "./indexResult.js";

/**
 * The derivation of ∂f/∂x in coordinates; every line was evaluated for all values of its indices at two points.
 * @param f any expression; may speak of `options.lets`
 * @param x the symbol to differentiate by
 */
export function indexSteps(f: Expr, x: Expr, options: IndexOptions = {}): IndexDerivation {
  const result = options.result ?? derivative(withoutLets(options.lets ?? [], f), [x]);
  const known = { ...options, result };
  try {
    if (result.index.terms.length === 0) return zeroLine(f, x, known);
    const problem = indexProblem(f, x, known);
    const lines = new IndexLines(problem);
    lines.run();
    return finish(problem, lines);
  } catch (error) {
    if (error !== TOO_LONG) throw error;
    return coefficientLines(f, x, known);
  }
}

/** A derivative that is 0 for every index is one line. */
function zeroLine(f: Expr, x: Expr, options: IndexOptions): IndexDerivation {
  const problem = bareProblem(withoutLets(options.lets ?? [], f), x, options);
  const left = partial(problem.left, problem.context.by);
  const step: Step = {
    rule: "constant",
    chips: ["constant"],
    cites: [],
    note: "\\text{does not depend on the variable}",
    body: { kind: "index", left, right: [ZERO], where: [] },
    conditions: [],
    shape: "",
    check: problem.check.derivativeLine("constant", [ZERO], problem.all),
  };
  const whole: readonly Let[] = problem.name === problem.f ? [] : [{ symbol: problem.name, value: problem.f }];
  return { steps: [step], asides: [], names: whole, free: problem.all, ...resultOf(problem, ZERO) };
}

function finish(problem: IndexProblem, lines: IndexLines): IndexDerivation {
  const last = lines.last();
  const { result, reading } = resultOf(problem, last);
  const matrix = lines.isLossChain ? undefined : matrixStep(problem);
  const whole: readonly Let[] = problem.name === problem.f ? [] : [{ symbol: problem.name, value: problem.f }];
  return {
    steps: matrix ? [...lines.steps, matrix] : lines.steps,
    asides: problem.result.order > 2 ? sameAs(problem, last) : [],
    names: [...problem.lets, ...whole],
    free: problem.all,
    result,
    reading,
  };
}
