/**
 * Identification by transposing the linear map dX ↦ dF: cotangents go from the result back to dX, each node of the
 * DAG once. tr(G′dX) is reached without writing the trace; the moves that a reader sees are in `moves.ts`.
 */
import { containing, type Expr, topological } from "../core/expr.js";
import { isColumn } from "../core/shape.js";
import { build } from "../ops/build.js";
import { opOf } from "../ops/index.js";

/**
 * The gradient (shape of the leaf) of a scalar dF, or of an upstream gradient `seed` (shape of dF) times dF; undefined
 * when an operator on the way has no transpose.
 */
export const pullGradient = (dF: Expr, leaf: Expr, seed: Expr = build.number(1)): Expr | undefined =>
  pullGradients(dF, [leaf], seed)?.get(leaf);

/** The gradients by several leaves in one sweep; a leaf that dF does not contain has none. */
export const pullGradients = (
  dF: Expr,
  leaves: readonly Expr[],
  seed: Expr = build.number(1),
): ReadonlyMap<Expr, Expr> | undefined =>
  pull(dF, leaves, seed, (e, i, G) => opOf(e.op).pullback?.gradient(build, e, i, G));

/** ∂F/∂x with one column per output (n×m) for F a column or a row and x a column or a scalar. */
export const pullJacobian = (dF: Expr, leaf: Expr): Expr | undefined => pullJacobians(dF, [leaf])?.get(leaf);

/** The same by several columns in one sweep. */
export function pullJacobians(dF: Expr, leaves: readonly Expr[]): ReadonlyMap<Expr, Expr> | undefined {
  const outputs = isColumn(dF.shape) ? dF.shape.rows : dF.shape.cols;
  return pull(dF, leaves, build.eye(outputs), (e, i, C) => {
    const vector = (s: Expr): boolean => s.shape.rows.key === "1" || s.shape.cols.key === "1";
    if (!vector(e) || !vector(e.args[i]!)) return undefined;
    return opOf(e.op).pullback?.jacobian?.(build, e, i, C);
  });
}

function pull(
  dF: Expr,
  leaves: readonly Expr[],
  seed: Expr,
  back: (e: Expr, i: number, cotangent: Expr) => Expr | undefined,
): ReadonlyMap<Expr, Expr> | undefined {
  const wanted = new Set(leaves);
  const active = containing(dF, (e) => wanted.has(e));
  const found = new Map<Expr, Expr>();
  const cotangents = new Map<Expr, Expr[]>([[dF, [seed]]]);
  const order = topological(dF)
    .filter((e) => active.has(e))
    .reverse();
  for (const e of order) {
    const received = cotangents.get(e);
    if (!received) continue;
    const total = build.add(...received);
    if (wanted.has(e)) {
      found.set(e, total);
      continue;
    }
    for (let i = 0; i < e.args.length; i++) {
      if (!active.has(e.args[i]!)) continue;
      const sent = back(e, i, total);
      if (!sent) return undefined;
      const known = cotangents.get(e.args[i]!);
      if (known) known.push(sent);
      else cotangents.set(e.args[i]!, [sent]);
    }
  }
  return found;
}
