/** The numbers of a derivative at a caller's point: one way for the batch answer and for `.at()` in a notebook. */
import type { Derivation } from "./core/derivation.js";
import { NablaError } from "./core/errors.js";
import { containing, type Expr, topological } from "./core/expr.js";
import { adjugateForm } from "./derive/adjugateForm.js";
import { build as b, substitute } from "./ops/build.js";
import { isNumber } from "./ops/leaves.js";
import { conditionText } from "./print/conditions.js";
import { text } from "./print/text.js";
import { singularArgument, undefinedPart } from "./undefinedPart.js";
import { continued, singularButForRounding, singularInverses } from "./verify/continuation.js";
import { evaluateIndexForm } from "./verify/einsum.js";
import { evaluate, evaluateAll, type Point } from "./verify/evaluate.js";

/**
 * Entries of `matrix`, a matrix form of the derivative, row-major; without one, of its index form.
 * @throws NablaError `bad_argument` where the expression or its derivative has no value, `not_differentiable` at a corner
 */
export function numbersAt(derivation: Derivation, point: Point, matrix?: Expr): Float64Array {
  const { result } = derivation;
  checkDefined(result.of, result.wrt, point);
  const parts = matrix ? [matrix] : result.index.terms.flatMap((t) => t.factors.map((f) => f.expr));
  const data = regularNumbers(derivation, point, matrix, parts);
  if (data?.every(Number.isFinite)) return data;
  const part = parts.map((e) => undefinedPart(e, point)).find(Boolean);
  throw new NablaError("bad_argument", `the derivative is not defined at this point${part ? `: ${part.why}` : ""}`, {
    want: part?.want ?? "a point inside the domain",
    hint: derivation.conditions.map((c) => conditionText(c, text)).join("; ") || undefined,
  });
}

/** An inverse of a singular matrix may be part of a derivative that exists: that of |X| is adj(X)'. */
function regularNumbers(
  { result }: Derivation,
  point: Point,
  matrix: Expr | undefined,
  parts: readonly Expr[],
): Float64Array | undefined {
  const value = (at: Point, form = matrix): Float64Array =>
    form ? evaluate(form, at).data : evaluateIndexForm(result.index, at).data;
  const singular = singularInverses(parts, point);
  if (singular.length === 0 || singularInverses([result.of], point).length > 0) return value(point);
  const adjugates = matrix && adjugateForm(matrix);
  if (adjugates && singularInverses([adjugates], point).length === 0) return value(point, adjugates);
  const beside = continued(value, singular, point);
  if (beside) return beside;
  return parts.some((e) => undefinedPart(e, point)) ? undefined : value(point);
}

/** The expression itself must have a value at the point, and |z| none of its corners. */
function checkDefined(f: Expr, wrt: readonly Expr[], point: Point): void {
  const read = stable(f);
  const part = undefinedPart(read, point);
  if (part)
    throw new NablaError("bad_argument", `the expression has no value at this point: ${part.why}`, { want: part.want });
  const known = evaluateAll([read], point);
  const rounded = topological(read).find((e) => inverts(e) && singularButForRounding(known.get(e.args[0]!)!));
  if (rounded) {
    const { why, want } = singularArgument(rounded);
    throw new NablaError("bad_argument", `the expression has no value at this point: ${why}`, { want });
  }
  const moving = new Set(wrt);
  const corner = [...containing(read, (e) => moving.has(e))].find(
    (e) => e.op === "abs" && known.get(e)!.data.some((x) => x === 0),
  );
  if (corner)
    throw new NablaError("not_differentiable", `${text(corner)} is not differentiable where its argument is 0`, {
      want: "entries not 0",
    });
}

const inverts = (e: Expr): boolean => e.op === "inv" || (e.op === "matpow" && (e.attrs.k as number) < 0);

/** ln|X| is the logarithm of the absolute value, as its page says; ln(1 + exp(z)) does not overflow with exp(z). */
function stable(f: Expr): Expr {
  const forms = topological(f)
    .filter((e) => e.op === "log")
    .flatMap((e): [Expr, Expr][] => {
      const inner = e.args[0]!;
      if (inner.op === "det") return [[e, b.op("logdet", [inner.args[0]!])]];
      const z = onePlusExp(inner);
      return z ? [[e, b.op("softplus", [z])]] : [];
    });
  return substitute(f, new Map(forms));
}

/** z of 1 + exp(z). */
function onePlusExp(e: Expr): Expr | undefined {
  if (e.op !== "add" || e.args.length !== 2) return undefined;
  const exp = e.args.find((a) => a.op === "exp");
  const one = e.args.find((a) => a.op === "ones" || isNumber(a, 1));
  return exp && one ? exp.args[0] : undefined;
}
