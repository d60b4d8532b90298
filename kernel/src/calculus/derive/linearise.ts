/**
 * The differential of an expression as a DAG: dF is built once per node of F, so its size is linear in that of F
 * whatever the number of paths. What comes out is linear in the nodes d(symbol).
 */
import { type Expr, topological } from "../core/expr.js";
import { build, rebuild } from "../ops/build.js";
import { opOf } from "../ops/index.js";
import { d } from "../ops/leaves.js";

export function linearise(root: Expr, wrt: ReadonlySet<Expr>): Expr {
  const differential = new Map<Expr, Expr>();
  for (const e of topological(root)) {
    if (wrt.has(e)) {
      differential.set(e, d(e));
      continue;
    }
    const terms: Expr[] = [];
    e.args.forEach((arg, i) => {
      const dArg = differential.get(arg);
      if (dArg) terms.push(opOf(e.op).differential(build, e, i, dArg));
    });
    const total = terms.length === 0 ? undefined : build.add(...terms);
    if (total && total.op !== "zeros" && !(total.op === "number" && total.attrs.value === 0))
      differential.set(e, total);
  }
  return differential.get(root) ?? build.zeros(root.shape);
}

/** Expands every d(e) inside an expression down to differentials of symbols. */
export function expandDifferentials(root: Expr, wrt: ReadonlySet<Expr>): Expr {
  const done = new Map<Expr, Expr>();
  for (const e of topological(root)) {
    if (e.op === "d") done.set(e, linearise(e.args[0]!, wrt));
    else {
      const args = e.args.map((a) => done.get(a)!);
      done.set(e, args.every((a, i) => a === e.args[i]) ? e : rebuild(e, args));
    }
  }
  return done.get(root)!;
}
