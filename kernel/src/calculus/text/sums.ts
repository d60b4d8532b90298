/**
 * Sums: equal shapes, or scalars built only from numbers, dimensions and declared scalars beside something larger,
 * which then stand for s·1. Nothing else broadcasts.
 */
import type { Span } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import {
  isMatrix,
  isScalar,
  isSquare,
  type Shape,
  sameShape,
  shape,
  showDim,
  showShape,
  transposed,
} from "../core/shape.js";
import { build } from "../ops/build.js";
import { opOf } from "../ops/index.js";
import { failure, onesWritten, placed, placeOf, type Reading } from "./reading.js";
import type { Tree } from "./syntax.js";

interface Term {
  readonly tree: Tree;
  readonly minus: boolean;
}

/** The terms of a + b − c + …, in order. */
function termsOf(tree: Tree): Term[] {
  const terms: Term[] = [];
  let t = tree;
  while (t.kind === "binary" && (t.op === "+" || t.op === "-")) {
    terms.push({ tree: t.right, minus: t.op === "-" });
    t = t.left;
  }
  terms.push({ tree: t, minus: false });
  return terms.reverse();
}

export function readSum(r: Reading, tree: Tree): Expr {
  const terms = termsOf(tree);
  const values = terms.map((t) => (onesWritten(r, t.tree) ? undefined : r.read(t.tree)));
  const wide = values.findIndex((v) => v !== undefined && !isScalar(v.shape));
  const target = wide >= 0 ? values[wide]!.shape : undefined;
  const clear = target !== undefined && values.some((v) => v !== undefined && isElementwise(v));
  const parts = terms.map((t, i) => {
    const value = values[i] ?? onesLike(r, t.tree, target);
    const widened = target ? widen(r, { value, target, clear, at: terms[wide]!.tree, term: t.tree }) : value;
    return t.minus ? build.neg(widened) : widened;
  });
  return placed(r, tree, () => build.add(...parts));
}

function onesLike(r: Reading, tree: Tree, target: Shape | undefined): Expr {
  const vector = target && (target.cols.key === "1" || target.rows.key === "1");
  if (vector) return build.ones(target);
  throw failure(r, tree, "ambiguous", "the length of this vector of ones is not clear", {
    want: "ones(n)",
    hint: "write ones(n)",
  });
}

/** Whether the value is itself made entry by entry, so that a number beside it is meant entry by entry too. */
function isElementwise(e: Expr): boolean {
  if (e.op === "add") return e.args.some(isElementwise);
  const core = e.op === "times" ? e.args[e.args.length - 1]! : e;
  return core.op === "hadamard" || core.op === "ones" || opOf(core.op).elementwise === true;
}

/** Built only from numbers, dimensions and declared scalars. */
export const isPlainScalar = (e: Expr): boolean =>
  isScalar(e.shape) && topological(e).every((part) => isScalar(part.shape) && PLAIN(part));

const PLAIN = (e: Expr): boolean =>
  ["symbol", "number", "dimension", "add", "times", "d"].includes(e.op) || opOf(e.op).elementwise === true;

interface Widening {
  readonly value: Expr;
  readonly target: Shape;
  readonly clear: boolean;
  /** The term that fixed the shape, and this one. */
  readonly at: Tree;
  readonly term: Tree;
}

function widen(r: Reading, { value, target, clear, at, term }: Widening): Expr {
  const span: Span = term.from < at.from ? placeOf(r, term, at) : placeOf(r, at, term);
  if (!isScalar(value.shape)) {
    if (sameShape(value.shape, target)) return value;
    const turned = sameShape(transposed(value.shape), target);
    throw mismatch(r, span, [target, value.shape], turned ? "transpose one of them with '" : undefined);
  }
  if (!isPlainScalar(value))
    throw mismatch(
      r,
      span,
      [target, value.shape],
      "a 1×1 product does not spread over a larger shape: multiply it by ones(n)",
    );
  if (isMatrix(target) && isSquare(target) && !clear) {
    const n = showDim(target.rows);
    throw failure(r, span, "ambiguous", `a scalar plus a square matrix ${showShape(target)} can be read in two ways`, {
      got: [showShape(target), "scalar"],
      want: `eye(${n}) or ones(${n})*ones(${n})'`,
      hint: `A + eye(${n}) or A + ones(${n})*ones(${n})'?`,
    });
  }
  return spread(value, target);
}

/** s·1 in the shape of the other side. */
export const spread = (s: Expr, target: Shape): Expr => build.times(s, build.ones(shape(target.rows, target.cols)));

function mismatch(r: Reading, span: Span, [a, b]: readonly [Shape, Shape], hint: string | undefined): Error {
  return failure(r, span, "shape_mismatch", `sum: expected equal shapes, got ${showShape(a)} and ${showShape(b)}`, {
    got: [showShape(a), showShape(b)],
    want: "equal shapes",
    hint,
  });
}
