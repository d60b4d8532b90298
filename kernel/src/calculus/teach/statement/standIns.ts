/** Abstract functions as concrete ones, so that a counterexample can be followed by hand. */
import { type Expr, topological } from "../../core/expr.js";
import { build as b, rebuild } from "../../ops/build.js";

export interface StandIn {
  /** σ and its derivatives, entry by entry, and L(y) = Σ σ(y). */
  readonly power: 2 | 3;
}

/** Squares first; what squares cannot refute, cubes may. */
export const STAND_INS: readonly StandIn[] = [{ power: 2 }, { power: 3 }];

export function withStandIns(
  roots: readonly Expr[],
  { power }: StandIn,
): { exprs: Expr[]; functions: Record<string, string> } {
  const functions: Record<string, string> = {};
  const done = new Map<Expr, Expr>();
  const derived = (z: Expr, order: number): Expr => {
    const factor = order === 0 ? 1 : order === 1 ? power : order === 2 ? power * (power - 1) : order === 3 ? 6 : 0;
    const left = power - order;
    if (left < 0 || factor === 0) return b.zeros(z.shape);
    return b.times(b.number(factor), left === 0 ? b.ones(z.shape) : b.pow(z, left));
  };
  for (const e of topological(...roots)) {
    const args = e.args.map((a) => done.get(a)!);
    const order = e.attrs.order as number;
    if (e.op === "apply") {
      functions[e.attrs.fn as string] = `z.^${power}`;
      done.set(e, derived(args[0]!, order));
    } else if (e.op === "scalarfn") {
      functions[e.attrs.fn as string] = `sum(z.^${power})`;
      const value = derived(args[0]!, order);
      done.set(e, order === 0 ? b.op("sum", [value]) : order === 1 ? value : b.op("diag", [b.op("vec", [value])]));
    } else done.set(e, args.every((a, i) => a === e.args[i]) ? e : rebuild(e, args));
  }
  return { exprs: roots.map((r) => done.get(r)!), functions };
}
