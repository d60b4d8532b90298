/** Common factors of sums, and sums that get shorter when they are multiplied out. */
import { type Expr, treeSize } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import type { Build } from "../ops/define.js";
import { coefficientOf, orderFree } from "./arithmetic.js";
import type { RewriteContext, Rule } from "./define.js";

/** The matrix factors of a term, without its scalars; undefined for terms that have none to share. */
function chain(e: Expr): { scalars: readonly Expr[]; factors: readonly Expr[] } {
  const scalars = e.op === "times" ? e.args.slice(0, -1) : [];
  const body = e.op === "times" ? e.args[e.args.length - 1]! : e;
  return { scalars, factors: body.op === "mul" ? body.args : [body] };
}

/** A R + B R = (A + B) R and L A + L B = L (A + B), for the first pair of terms where it is shorter. */
const common: Rule = {
  id: "factor/common",
  ops: ["add"],
  says: "Bx + B'x = (B + B')x",
  apply: (e, { b }) => {
    if (isScalar(e.shape)) return undefined;
    for (let i = 0; i < e.args.length; i++)
      for (let j = i + 1; j < e.args.length; j++) {
        const joined = join(b, e.args[i]!, e.args[j]!);
        if (joined && treeSize(joined) < treeSize(b.add(e.args[i]!, e.args[j]!)))
          return b.add(...e.args.slice(0, i), joined, ...e.args.slice(i + 1, j), ...e.args.slice(j + 1));
      }
    return undefined;
  },
};

function join(b: Build, p: Expr, q: Expr): Expr | undefined {
  const [s, t] = [chain(p), chain(q)];
  if (s.factors.length < 2 || t.factors.length < 2) return undefined;
  const shared = s.scalars.filter((x) => t.scalars.includes(x));
  const rest = (c: readonly Expr[], factors: readonly Expr[]): Expr =>
    b.times(...c.filter((x) => !shared.includes(x)), b.mul(...factors));
  const lastEqual = s.factors[s.factors.length - 1] === t.factors[t.factors.length - 1];
  if (lastEqual)
    return b.times(
      ...shared,
      b.mul(
        b.add(rest(s.scalars, s.factors.slice(0, -1)), rest(t.scalars, t.factors.slice(0, -1))),
        s.factors[s.factors.length - 1]!,
      ),
    );
  if (s.factors[0] === t.factors[0])
    return b.times(
      ...shared,
      b.mul(s.factors[0]!, b.add(rest(s.scalars, s.factors.slice(1)), rest(t.scalars, t.factors.slice(1)))),
    );
  return undefined;
}

/** Terms of a product of sums, multiplied out; undefined when there are too many. Shared parts are taken once. */
function expanded(
  b: Build,
  e: Expr,
  limit: number,
  known: Map<Expr, Expr[] | undefined> = new Map(),
): Expr[] | undefined {
  if (!known.has(e)) known.set(e, expandedOnce(b, e, limit, known));
  return known.get(e);
}

function expandedOnce(b: Build, e: Expr, limit: number, known: Map<Expr, Expr[] | undefined>): Expr[] | undefined {
  if (e.op !== "add" && e.op !== "hadamard" && e.op !== "times") return [e];
  const parts = e.args.map((a) => expanded(b, a, limit, known));
  if (e.op === "add") return gather(parts, limit);
  let terms: Expr[][] = [[]];
  for (const p of parts) {
    if (!p || terms.length * p.length > limit) return undefined;
    terms = terms.flatMap((t) => p.map((x) => [...t, x]));
  }
  return terms.map((t) => (e.op === "times" ? b.times(...t) : b.hadamard(...t)));
}

const gather = (lists: readonly (Expr[] | undefined)[], limit: number): Expr[] | undefined => {
  if (lists.some((l) => !l)) return undefined;
  const all = lists.flatMap((l) => l!);
  return all.length > limit ? undefined : all;
};

const multiplyOut: Rule = {
  id: "factor/multiply-out",
  ops: ["add"],
  says: "Products of sums are multiplied out where terms then cancel.",
  apply: (e, context: RewriteContext) => {
    const { b } = context;
    const nested = e.args.some(
      (a) => (a.op === "hadamard" || a.op === "times") && a.args.some((x) => x.op === "add" || x.op === "hadamard"),
    );
    const terms = nested ? expanded(b, e, 32) : undefined;
    if (!terms) return undefined;
    const counted = new Map<string, number>();
    for (const t of terms) {
      const { coefficient, core } = coefficientOf(b, t);
      const key = core ? orderFree(core) : "";
      counted.set(key, (counted.get(key) ?? 0) + coefficient);
    }
    // Only worth it when terms cancel and what remains is shorter.
    const kept = terms.filter((t) => {
      const { core } = coefficientOf(b, t);
      return counted.get(core ? orderFree(core) : "") !== 0;
    });
    if (kept.length === terms.length) return undefined;
    const shorter = kept.length === 0 ? b.zeros(e.shape) : b.add(...kept);
    return treeSize(shorter) < treeSize(e) ? shorter : undefined;
  },
};

export const factorRules: readonly Rule[] = [multiplyOut, common];
