/**
 * A sum of elementwise products, multiplied out and collected: p∘(1/N − (y⊘p)/N) is (p − y)/N. Every factor has the
 * shape of the whole; sums under a power stay whole until the power is cancelled.
 */
import type { Expr } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import { build as b } from "../ops/build.js";
import { isNumber, numberOf } from "../ops/leaves.js";

interface Monomial {
  readonly coefficient: number;
  readonly scalars: readonly Expr[];
  readonly powers: ReadonlyMap<Expr, number>;
}

export function multipliedOut(e: Expr): Expr {
  const collected = new Map<string, Monomial>();
  for (const term of monomials(e)) {
    const key = `${keyOf(term.scalars)};${[...term.powers].map(([x, k]) => `${x.id}^${k}`).sort()}`;
    const known = collected.get(key);
    collected.set(key, known ? { ...known, coefficient: known.coefficient + term.coefficient } : term);
  }
  const terms = [...collected.values()]
    .filter((term) => term.coefficient !== 0)
    .sort((s, t) => Number(s.coefficient < 0) - Number(t.coefficient < 0));
  if (terms.length === 0) return b.zeros(e.shape);
  const common = terms.every((term) => keyOf(term.scalars) === keyOf(terms[0]!.scalars)) ? terms[0]!.scalars : [];
  const sum = b.add(...terms.map((term) => rebuilt(term, e, common.length === 0)));
  return b.times(...common, sum);
}

const keyOf = (scalars: readonly Expr[]): string =>
  scalars
    .map((s) => s.id)
    .sort((i, j) => i - j)
    .join();

function rebuilt({ coefficient, scalars, powers }: Monomial, like: Expr, withScalars: boolean): Expr {
  const factors = [...powers].map(([x, k]) => b.pow(x, k));
  const body = factors.length === 0 ? b.ones(like.shape) : b.hadamard(...factors);
  return b.times(b.number(coefficient), ...(withScalars ? scalars : []), body);
}

const atom = (x: Expr, k: number): Monomial => ({ coefficient: 1, scalars: [], powers: new Map([[x, k]]) });

function monomials(e: Expr): Monomial[] {
  if (isNumber(e)) return [{ coefficient: numberOf(e), scalars: [], powers: new Map() }];
  if (isScalar(e.shape) && e.op !== "times" && e.op !== "add")
    return [{ coefficient: 1, scalars: [e], powers: new Map() }];
  switch (e.op) {
    case "add":
      return e.args.flatMap(monomials);
    case "zeros":
      return [];
    case "ones":
      return [{ coefficient: 1, scalars: [], powers: new Map() }];
    case "times":
    case "hadamard":
      return opened(e.args.map(factor).reduce(products));
    default:
      return factor(e);
  }
}

/** One factor: sums stay whole so that they can cancel. */
function factor(e: Expr): Monomial[] {
  if (isScalar(e.shape)) return monomials(e);
  if (e.op === "pow" && isNumber(e.args[1]!)) return [atom(e.args[0]!, numberOf(e.args[1]!))];
  return e.op === "times" || e.op === "hadamard" || e.op === "ones" ? monomials(e) : [atom(e, 1)];
}

const products = (left: Monomial[], right: Monomial[]): Monomial[] =>
  left.flatMap((s) => right.map((t) => times(s, t)));

function times(s: Monomial, t: Monomial): Monomial {
  const powers = new Map(s.powers);
  for (const [x, k] of t.powers) {
    const sum = (powers.get(x) ?? 0) + k;
    if (sum === 0) powers.delete(x);
    else powers.set(x, sum);
  }
  return { coefficient: s.coefficient * t.coefficient, scalars: [...s.scalars, ...t.scalars], powers };
}

/** Multiplies out a sum that stands alone, then goes on with what that gives. */
function opened(terms: readonly Monomial[]): Monomial[] {
  return terms.flatMap((term) => {
    const sum = [...term.powers].find(([x, k]) => x.op === "add" && k === 1);
    if (!sum) return [term];
    const rest = { ...term, powers: new Map([...term.powers].filter(([x]) => x !== sum[0])) };
    return opened(sum[0].args.map(factorOfSum).flatMap((part) => products([rest], part)));
  });
}

const factorOfSum = (e: Expr): Monomial[] =>
  e.op === "times" || e.op === "hadamard" ? e.args.map(factor).reduce(products) : factor(e);
