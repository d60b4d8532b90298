/**
 * |X| X⁻¹ = adj(X): the form of an answer that also holds where X is singular. Determinants of products of square
 * matrices are taken apart first, |A X B| = |A||X||B|, so that every factor meets its own inverse.
 */
import { type Expr, topological } from "../core/expr.js";
import { isScalar, isSquare } from "../core/shape.js";
import { build as b, rebuild, substitute } from "../ops/build.js";
import { opOf } from "../ops/index.js";
import { isNumber, numberOf } from "../ops/leaves.js";

export function adjugateForm(root: Expr): Expr {
  return withAdjugates(substitute(root, new Map(apart(root))));
}

/** Every determinant of a product or transpose by those of its square factors. */
function apart(root: Expr): [Expr, Expr][] {
  return topological(root)
    .filter((e) => e.op === "det")
    .map((e) => [e, b.times(...squareFactors(e.args[0]!).map((X) => b.op("det", [X])))]);
}

function squareFactors(X: Expr): readonly Expr[] {
  if (X.op === "transpose") return squareFactors(X.args[0]!);
  return X.op === "mul" && X.args.every((a) => isSquare(a.shape)) ? X.args.flatMap(squareFactors) : [X];
}

function withAdjugates(root: Expr): Expr {
  const done = new Map<Expr, Expr>();
  for (const e of topological(root)) {
    const args = e.args.map((a) => done.get(a)!);
    const same = args.every((a, i) => a === e.args[i]);
    const made = same ? e : rebuild(e, args);
    done.set(e, made.op === "times" ? regular(made) : made);
  }
  return done.get(root)!;
}

/** A product with each of its determinants taken into an inverse of the same matrix, as often as both are there. */
function regular(e: Expr): Expr {
  const inverses = topological(e).filter((x) => x.op === "inv");
  for (const { args } of inverses) {
    const X = args[0]!;
    const det = b.op("det", [X]);
    for (const [i, factor] of e.args.entries()) {
      const taken = multipliedBy(factor, det, X);
      const rest = taken && dividedBy([...e.args.slice(0, i), ...e.args.slice(i + 1)], det);
      if (!rest) continue;
      const made = b.times(...rest, taken);
      return made.op === "times" ? regular(made) : made;
    }
  }
  return e;
}

/** det(X)·e with one X⁻¹ in every term of e turned into adj(X); a term without one keeps the determinant. Undefined where none has it. */
function multipliedBy(e: Expr, det: Expr, X: Expr): Expr | undefined {
  if (e.op === "inv" && e.args[0] === X) return b.op("adj", [X]);
  if (e.op === "add") {
    const terms = e.args.map((term) => multipliedBy(term, det, X));
    return terms.some(Boolean) ? b.add(...e.args.map((term, i) => terms[i] ?? b.times(det, term))) : undefined;
  }
  if (!opOf(e.op).linear) return undefined;
  for (const [i, arg] of e.args.entries()) {
    const made = multipliedBy(arg, det, X);
    if (made) return rebuild(e, [...e.args.slice(0, i), made, ...e.args.slice(i + 1)]);
  }
  return undefined;
}

/** The scalar factors without one det(X); undefined where none of them has it. */
function dividedBy(factors: readonly Expr[], det: Expr): readonly Expr[] | undefined {
  for (const [i, factor] of factors.entries()) {
    const quotient = quotientBy(factor, det);
    if (quotient) return [...factors.slice(0, i), quotient, ...factors.slice(i + 1)];
  }
  return undefined;
}

function quotientBy(e: Expr, det: Expr): Expr | undefined {
  if (e === det) return b.number(1);
  if (!isScalar(e.shape)) return undefined;
  if (e.op === "pow" && isNumber(e.args[1]!) && numberOf(e.args[1]!) >= 1) {
    const inner = quotientBy(e.args[0]!, det);
    return inner && b.times(inner, b.pow(e.args[0]!, numberOf(e.args[1]!) - 1));
  }
  if (e.op === "times") {
    const rest = dividedBy(e.args, det);
    return rest && b.times(...rest);
  }
  if (e.op !== "add") return undefined;
  const parts = e.args.map((term) => quotientBy(term, det));
  return parts.every((part) => part !== undefined) ? b.add(...parts) : undefined;
}
