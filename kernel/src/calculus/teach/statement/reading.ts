/**
 * A link of a statement as two expressions that can be evaluated: sides of an identity, of a differential identity, or
 * a derivative and what is claimed of it. A link can be read again with other meanings of its names, which is how
 * special cases are tried.
 */
import { NablaError } from "../../core/errors.js";
import { type Expr, topological } from "../../core/expr.js";
import { isScalar, sameShape, showShape } from "../../core/shape.js";
import type { Layout } from "../../core/step.js";
import { derivative } from "../../derive/closed.js";
import { inLayout } from "../../derive/layout.js";
import { build } from "../../ops/build.js";
import { factsOf, isNumber, isSymbol, nameOf } from "../../ops/leaves.js";
import { type Equation, parseEquation } from "../../text/equation.js";
import { type Declarations, declarations, mergeScopes } from "../../text/scope.js";
import { symbolsIn } from "../symbols.js";

export interface Reading {
  readonly left: Expr;
  readonly right: Expr;
  /** Symbols with a differential in the statement. */
  readonly wrt: readonly Expr[];
  /** Names that stand inside d(…) and do not vary. */
  readonly constants: readonly string[];
  /** Names that vary although their differential is nowhere: d(X Y) = dX Y. */
  readonly unsaid: readonly string[];
  readonly symbols: readonly Expr[];
  readonly notes: readonly string[];
  /** Why the two sides cannot be equal at all. */
  readonly mismatch?: NablaError;
  /** What is differentiated, and the left side in the other layout. */
  readonly derivative?: { readonly of: Expr; readonly by: Expr; readonly otherLayout: Expr | undefined };
}

export interface ReadOptions {
  readonly layout: Layout;
  /** Names of the symbols that vary; otherwise they are found. */
  readonly wrt?: readonly string[] | undefined;
}

export function readLink(
  link: string,
  scope: Declarations,
  options: ReadOptions,
  meanings: ReadonlyMap<string, Expr> = new Map(),
): Reading {
  const equation = parseEquation(
    link,
    meanings.size > 0 ? mergeScopes(declarations({ symbols: meanings }), scope) : scope,
  );
  return equation.kind === "identity" ? identity(equation, options) : claim(equation, options);
}

function identity(equation: Extract<Equation, { kind: "identity" }>, options: ReadOptions): Reading {
  const { lhs, rhs } = equation;
  const varying = variables([lhs, rhs], options.wrt);
  const mismatch = sameShape(lhs.shape, rhs.shape) ? {} : { mismatch: differentShapes(lhs, rhs) };
  return { left: lhs, right: rhs, ...varying, ...mismatch, symbols: symbolsIn(lhs, rhs), notes: equation.notes };
}

function claim(equation: Extract<Equation, { kind: "derivative" }>, { layout }: ReadOptions): Reading {
  const turned = equation.wrt.op === "transpose";
  const by = turned ? equation.wrt.args[0]! : equation.wrt;
  const result = derivative(equation.of, [by]);
  const other = layout === "denominator" ? "numerator" : "denominator";
  const forms = result.kronecker
    ? [build.transpose(result.kronecker), result.kronecker]
    : [inLayout(result, "denominator"), inLayout(result, "numerator")];
  const [denominator, numerator] = turned ? [forms[1], forms[0]] : forms;
  const inForce = { denominator, numerator };
  const left = inForce[layout];
  if (!left)
    throw new NablaError("unsupported", "this derivative has more than two axes: no layout applies", {
      want: "a scalar or vector by a vector, or the Jacobian of vec's",
    });
  const right = zeroLike(equation.claimed, left);
  const fits = [left, inForce[other]].some((e) => e && sameShape(e.shape, right.shape));
  return {
    ...(fits ? {} : { mismatch: differentShapes(left, right, `the derivative (${layout} layout)`) }),
    left,
    right,
    wrt: [],
    constants: [],
    unsaid: [],
    symbols: symbolsIn(equation.of, by, right),
    notes: equation.notes,
    derivative: { of: equation.of, by, otherLayout: inForce[other] },
  };
}

export const zeroLike = (e: Expr, like: Expr): Expr =>
  isNumber(e, 0) && !isScalar(like.shape) ? build.zeros(like.shape) : e;

function differentShapes(left: Expr, right: Expr, what = "the left side"): NablaError {
  const got = [showShape(left.shape), showShape(right.shape)];
  return new NablaError("shape_mismatch", `${what} is ${got[0]}, the right side ${got[1]}`, {
    got,
    want: "two sides of one shape",
  });
}

/** Letters that name variables; the others may be constants beside them: d(A x) = A dx, d(a X) = a dX. */
const VARIABLE = /^[S-Zs-z]\d*$/;

function variables(
  sides: readonly Expr[],
  named: readonly string[] | undefined,
): Pick<Reading, "wrt" | "constants" | "unsaid"> {
  const open = topological(...sides).filter((e) => e.op === "d");
  const bare = open.map((e) => e.args[0]!).filter(isSymbol);
  const inside = symbolsIn(...open.map((e) => e.args[0]!)).filter((s) => !factsOf(s).includes("constant"));
  if (named) {
    const wrt = inside.filter((s) => named.includes(nameOf(s)));
    return { wrt, constants: inside.filter((s) => !wrt.includes(s)).map(nameOf), unsaid: [] };
  }
  if (bare.length === 0) return { wrt: inside, constants: [], unsaid: [] };
  const beside = bare.some((s) => VARIABLE.test(nameOf(s)));
  const silent = inside.filter((s) => !bare.includes(s));
  const constant = silent.filter((s) => beside && !VARIABLE.test(nameOf(s)));
  const unsaid = silent.filter((s) => !constant.includes(s));
  return { wrt: [...bare, ...unsaid], constants: constant.map(nameOf), unsaid: unsaid.map(nameOf) };
}
