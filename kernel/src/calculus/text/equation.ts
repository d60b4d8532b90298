/**
 * Equations as they are written in notes: "tr(A B) = tr(B A)", "d ln|X|/dX = X^-T", "∂f/∂x = 2 A x",
 * "d(X Y) = dX Y + X dY". A quotient of differentials on one side makes it a claim about a derivative.
 */
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import { build } from "../ops/build.js";
import { isNumber } from "../ops/leaves.js";
import { inferShapes } from "./infer.js";
import { type Parsed, parseTokens, tokensOf } from "./parse.js";
import { spanOfTokens } from "./program.js";
import { type DerivativeTokens, readDerivative } from "./quotient.js";
import type { Declarations } from "./scope.js";
import type { Token } from "./tokens.js";

interface Common {
  readonly text: string;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  /** The names of the equation with their shapes, declared or inferred. */
  readonly scope: Declarations;
}

export type Equation =
  | (Common & { readonly kind: "identity"; readonly lhs: Expr; readonly rhs: Expr })
  | (Common & {
      readonly kind: "derivative";
      readonly of: Expr;
      /** The variable, a symbol, or its transpose where the equation differentiates by X'. */
      readonly wrt: Expr;
      readonly claimed: Expr;
    });

/** Reads an equation; shapes of undeclared names are inferred as generally as the equation allows. */
export function parseEquation(text: string, scope: Declarations): Equation {
  const [left, right] = sidesOf(tokensOf(text), text);
  const forward = readDerivative(left);
  const quotient = forward ?? readDerivative(right);
  return quotient ? derivativeClaim(text, quotient, forward ? right : left, scope) : identity(text, left, right, scope);
}

function identity(text: string, left: Token[], right: Token[], outer: Declarations): Equation {
  const { scope, notes } = inferShapes(text, [left, right], outer, { equal: true });
  const sides = [parseTokens(text, left, scope), parseTokens(text, right, scope)] as const;
  const [lhs, rhs] = [zeroLike(sides[0].expr, sides[1].expr), zeroLike(sides[1].expr, sides[0].expr)];
  return Object.freeze({ kind: "identity", lhs, rhs, ...common(text, scope, notes, sides) });
}

function derivativeClaim(text: string, quotient: DerivativeTokens, other: Token[], outer: Declarations): Equation {
  const { scope, notes } = inferShapes(text, [quotient.of, quotient.wrt, other], outer, { equal: false });
  const of = parseTokens(text, quotient.of, scope);
  const wrt = parseTokens(text, quotient.wrt, scope);
  const claimed = parseTokens(text, other, scope);
  const variable = wrt.expr.op === "transpose" ? wrt.expr.args[0]! : wrt.expr;
  if (variable.op !== "symbol")
    throw new NablaError("bad_argument", "a derivative is taken by a declared symbol", {
      span: spanOfTokens(quotient.wrt),
      text,
      want: "dX with a symbol X",
    });
  return Object.freeze({
    kind: "derivative",
    of: of.expr,
    wrt: wrt.expr,
    claimed: claimed.expr,
    ...common(text, scope, notes, [of, claimed]),
  });
}

const common = (text: string, scope: Declarations, notes: readonly string[], sides: readonly Parsed[]): Common => ({
  text,
  scope,
  notes: Object.freeze([...new Set([...notes, ...sides.flatMap((s) => s.notes)])]),
  warnings: scope.warnings,
});

/** "… = 0" means the zero of the other side's shape. */
const zeroLike = (e: Expr, other: Expr): Expr =>
  isNumber(e, 0) && !isScalar(other.shape) ? build.zeros(other.shape) : e;

/** The two sides of the one equals sign outside brackets. */
function sidesOf(list: readonly Token[], text: string): [Token[], Token[]] {
  const signs = list.flatMap((t, i) => (t.kind === "operator" && (t.text === "=" || t.text === "==") ? [i] : []));
  const wrong = (message: string, at: Token | undefined, hint?: string): NablaError =>
    new NablaError("syntax", message, { span: at?.span ?? [0, text.length], text, want: "lhs = rhs", hint });
  if (signs.length === 0) throw wrong("expected an equation lhs = rhs, found no equals sign", undefined);
  if (signs.length > 1)
    throw wrong("expected one equals sign, found several", list[signs[1]!], "check one equation at a time");
  const at = signs[0]!;
  if (at === 0) throw wrong("expected an expression before =", list[at]);
  if (at === list.length - 1) throw wrong("expected an expression after =", list[at]);
  return [list.slice(0, at), list.slice(at + 1)];
}
