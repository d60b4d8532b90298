/**
 * The derivative of f by each of its intermediates, with f cut open there: every stage s = v becomes v + δs, and one
 * sweep back through the differential of the whole gives ∂f/∂δs for all of them. Its cost is that of one gradient.
 */
import type { Expr } from "../../core/expr.js";
import { axes, isColumn, isScalar, type Shape } from "../../core/shape.js";
import type { Layout } from "../../core/step.js";
import { build as b, substitute, substituteAll } from "../../ops/build.js";
import { d, nameOf, symbol } from "../../ops/leaves.js";
import { derivative } from "../closed.js";
import { inLayout } from "../layout.js";
import { linearise } from "../linearise.js";
import { withoutLets } from "../lineState.js";
import { pullGradients, pullJacobians } from "../pullback.js";
import type { ChainGraph } from "./chainGraph.js";

/** ∂f/∂s in the layout for the variable and for every stage that has one, all names written out. */
export function cutGradients(graph: ChainGraph, layout: Layout): ReadonlyMap<Expr, Expr> {
  const { constants, stages, x, f } = graph;
  const shifts = new Map([[x, x], ...stages.map((l) => [l.symbol, shiftOf(l.symbol)] as const)]);
  const values = new Map<Expr, Expr>();
  for (const l of constants) values.set(l.symbol, substitute(l.value, values));
  for (const l of stages) values.set(l.symbol, b.add(substitute(l.value, values), shifts.get(l.symbol)!));
  const swept = sweep(substitute(f, values), [...shifts.values()]);
  if (!swept) return oneByOne(graph, layout);
  const unshifted = new Map(stages.map((l) => [shifts.get(l.symbol)!, b.zeros(l.symbol.shape)]));
  const all = [...shifts];
  const turn = layout === "numerator";
  const gradients = substituteAll(
    all.map(([, shift]) => {
      // What the sweep does not reach has slope 0, as behind a step.
      const gradient = swept.get(d(shift)) ?? b.zeros(gradientShape(f, shift));
      return turn ? b.transpose(gradient) : gradient;
    }),
    unshifted,
  );
  return new Map(all.map(([s], i) => [s, gradients[i]!]));
}

const gradientShape = (f: Expr, s: Expr): Shape =>
  isScalar(f.shape) ? s.shape : { rows: s.shape.rows, cols: f.shape.rows };

/** A name that no text can have. */
const shiftOf = (s: Expr): Expr => symbol(`δ${nameOf(s)}`, s.shape);

/** Gradients of a number, or transposed Jacobians of a column by columns. */
function sweep(f: Expr, by: readonly Expr[]): ReadonlyMap<Expr, Expr> | undefined {
  const dF = linearise(f, new Set(by));
  const leaves = by.map((s) => d(s));
  if (isScalar(f.shape)) return pullGradients(dF, leaves);
  return [f, ...by].every((e) => isColumn(e.shape)) ? pullJacobians(dF, leaves) : undefined;
}

/** Where an operator on the way has no transpose: f cut open at one name after the other. */
function oneByOne({ constants, stages, x, f }: ChainGraph, layout: Layout): ReadonlyMap<Expr, Expr> {
  const lets = [...constants, ...stages];
  const gradients = new Map<Expr, Expr>();
  for (const s of [x, ...stages.map((l) => l.symbol)]) {
    // No layout has a place for more than two axes.
    if (axes(f.shape).length + axes(s.shape).length > 2) continue;
    const others = lets.filter((l) => l.symbol !== s);
    const g = inLayout(derivative(withoutLets(others, f), [s], { facts: false }), layout);
    if (g) gradients.set(s, withoutLets(lets, g));
  }
  return gradients;
}
