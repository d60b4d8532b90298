/**
 * Expressions as LaTeX. Vectors and matrices are bold. The derivative of an abstract function is printed in the
 * layout in force: a row dL/dy in numerator layout, a column ∂L/∂y in denominator layout.
 */
import type { Expr } from "../core/expr.js";
import { isColumn } from "../core/shape.js";
import { type Fragment, fenced, LEVEL, type Level } from "../ops/fragment.js";
import { opOf } from "../ops/index.js";
import { checkPrintable } from "./printable.js";

export interface LatexOptions {
  readonly layout?: "numerator" | "denominator";
}

/**
 * @param options.layout in which dL/dy of an abstract L is printed
 * @example latex(parse("W x + b", declare("W: m×n, x: n, b: m")).expr); // "\\mathbf W \\mathbf x + \\mathbf b"
 */
export function latex(root: Expr, options: LatexOptions = {}): string {
  checkPrintable(root);
  const done = new Map<Expr, Fragment>();
  const fragment = (e: Expr): Fragment => {
    const known = done.get(e);
    if (known) return known;
    const made = (options.layout === "numerator" && numeratorGradient(e, print)) || opOf(e.op).latex(e, print);
    done.set(e, made);
    return made;
  };
  const print = (e: Expr, min: Level): string => {
    const { out, level } = fragment(e);
    return level < min ? fenced(out) : out;
  };
  return print(root, LEVEL.sum);
}

/** dL/dy of an abstract L at a named column y. */
export const isGradient = (e: Expr): boolean =>
  e.op === "scalarfn" && e.attrs.order === 1 && isColumn(e.shape) && e.args[0]!.op === "symbol";

/** dL/dy is the row in numerator layout: the transpose of the gradient has no ⊤, the gradient has one. */
function numeratorGradient(e: Expr, print: (e: Expr, min: Level) => string): Fragment | undefined {
  const row = e.op === "transpose" && isGradient(e.args[0]!);
  if (!row && !isGradient(e)) return undefined;
  const gradient = row ? e.args[0]! : e;
  const fn = gradient.attrs.fn as string;
  const name = fn === "L" ? "\\mathcal L" : fn === "l" ? "\\ell" : fn;
  const out = `\\frac{d${name}}{d${print(gradient.args[0]!, LEVEL.atom)}}`;
  return row ? { out, level: LEVEL.atom } : { out: `\\left(${out}\\right)^\\top`, level: LEVEL.power };
}
