/** Common factors of sums, and sums that get shorter when they are multiplied out. */
import { type Expr, treeSize } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import type { Build } from "../ops/define.js";
import { coefficientOf, orderFree } from "./arithmetic.js";
import type { RewriteContext, Rule } from "./define.js";
import { sharedBy, without } from "./multiset.js";

/** The matrix factors of a term, without its scalars; undefined for terms that have none to share. */
function chain(e: Expr): { scalars: readonly Expr[]; factors: readonly Expr[] } {
  const scalars = e.op === "times" ? e.args.slice(0, -1) : [];
  const body = e.op === "times" ? e.args[e.args.length - 1]! : e;
  return { scalars, factors: body.op === "mul" ? body.args : [body] };
}

/** L A R + L B R = L (A + B) R, with L and R as long as they can be, for the first terms where it is shorter. */
const common: Rule = {
  id: "factor/common",
  ops: ["add"],
  says: "Bx + B'x = (B + B')x",
  apply: (e, { b }) => {
    if (isScalar(e.shape)) return undefined;
    const sharing = sharers(e.args);
    for (let i = 0; i < e.args.length; i++) {
      let joined = e.args[i]!;
      const gone = new Set<number>();
      for (const j of sharing(i)) {
        const next = join(b, joined, e.args[j]!);
        if (!next || treeSize(next) >= treeSize(b.add(joined, e.args[j]!))) continue;
        joined = next;
        gone.add(j);
      }
      if (gone.size > 0) return b.add(...e.args.map((a, n) => (n === i ? joined : a)).filter((_, n) => !gone.has(n)));
    }
    return undefined;
  },
};

/** The terms behind term i that have its first or its last factor, in order. */
function sharers(terms: readonly Expr[]): (i: number) => readonly number[] {
  const chains = terms.map((t) => chain(t).factors);
  const ends = chains.map((c) => (c.length < 2 ? [] : [`${c[0]!.id}·`, `·${c[c.length - 1]!.id}`]));
  const users = new Map<string, number[]>();
  ends.forEach((keys, i) => {
    for (const key of keys) {
      const known = users.get(key);
      if (known) known.push(i);
      else users.set(key, [i]);
    }
  });
  return (i) => [...new Set(ends[i]!.flatMap((key) => users.get(key)!))].filter((j) => j > i).sort((p, q) => p - q);
}

function join(b: Build, p: Expr, q: Expr): Expr | undefined {
  const [s, t] = [chain(p), chain(q)];
  const shared = sharedBy(s.scalars, t.scalars);
  const around = (left: number, right: number): Expr => {
    const inner = (c: typeof s): Expr =>
      b.times(...without(c.scalars, shared), b.mul(...c.factors.slice(left, c.factors.length - right)));
    const ends = [s.factors.slice(0, left), s.factors.slice(s.factors.length - right)] as const;
    return b.times(...shared, b.mul(...ends[0], b.add(inner(s), inner(t)), ...(right > 0 ? ends[1] : [])));
  };
  // One factor of the shorter term stays inside; where the two ends compete for it, the right one goes first.
  const room = Math.min(s.factors.length, t.factors.length) - 1;
  const right = equalEnds([...s.factors].reverse(), [...t.factors].reverse(), room);
  const left = equalEnds(s.factors, t.factors, room - right);
  return left + right > 0 ? around(left, right) : undefined;
}

/** How many first factors are the same, at most `room`. */
function equalEnds(s: readonly Expr[], t: readonly Expr[], room: number): number {
  let n = 0;
  while (n < room && s[n] === t[n]) n++;
  return n;
}

/** s A + s B = s (A + B), for a scalar that is more than a name or a number: det(X), exp(...). */
const commonScalar: Rule = {
  id: "factor/scalar",
  ops: ["add"],
  says: "|X| A + |X| B = |X| (A + B)",
  apply: (e, { b }) => {
    const factors = (t: Expr): readonly Expr[] => (t.op === "times" ? t.args : [t]);
    const usable = factors(e.args[0]!).filter((f) => isScalar(f.shape) && f.args.length > 0);
    const shared = e.args.reduce((left, t) => sharedBy(left, factors(t)), usable);
    if (shared.length === 0) return undefined;
    const inner = e.args.map((t) => b.times(...without(factors(t), shared)));
    const joined = b.times(...shared, b.add(...inner));
    return treeSize(joined) < treeSize(e) ? joined : undefined;
  },
};

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

export const factorRules: readonly Rule[] = [multiplyOut, common, commonScalar];
