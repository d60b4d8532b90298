/** On which side of the upstream gradient a factor stands, read off the product, and where that is printed. */
import type { ChainFactor, ChainProduct } from "../../core/chainLine.js";
import { type Citation, cite } from "../../core/cite.js";
import { containing, type Expr } from "../../core/expr.js";
import { isColumn, isMatrix, isOne } from "../../core/shape.js";
import type { Layout } from "../../core/step.js";
import { build as b } from "../../ops/build.js";
import { inlineLatex } from "./chainWords.js";

const TENSOR = "Derivative with respect to a tensor";

/** "W₂ᵀ is on the left"; empty where the upstream gradient stands alone or commutes. */
export function sidesOf(p: ChainProduct): readonly string[] {
  if (p.hadamard || p.factors.length < 2) return [];
  const at = p.factors.findIndex((f) => f.kind !== "expr");
  // A number as upstream gradient has no side.
  if (at < 0 || p.factors[at]!.shape.every(isOne)) return [];
  const matrices = (fs: readonly ChainFactor[]): Expr[] => fs.flatMap((f) => (f.kind === "expr" ? [f.expr] : []));
  const said = (fs: readonly Expr[], side: string): string[] =>
    fs.length === 0 ? [] : [`${fencedSum(b.mul(...fs))}\\text{ is on the ${side}}`];
  return [...said(matrices(p.factors.slice(0, at)), "left"), ...said(matrices(p.factors.slice(at + 1)), "right")];
}

const fencedSum = (e: Expr): string => (e.op === "add" ? `(${inlineLatex(e)})` : inlineLatex(e));

export interface Printed {
  readonly cite: Citation;
  /** "HW3, Wx by W", LaTeX. */
  readonly words: string;
}

/** The line of HW3 that a stage is an instance of; undefined where it is none. */
export function printedForm(value: Expr, y: Expr, layout: Layout): Printed | undefined {
  const has = (e: Expr): boolean => containing(e, (n) => n === y).size > 0;
  const terms = (value.op === "add" ? value.args : [value]).filter(has);
  const term = terms[0];
  if (terms.length !== 1 || !term || term.op !== "mul") return undefined;
  const at = term.args.indexOf(y);
  if (at < 0 || term.args.filter(has).length !== 1) return undefined;
  const first = at === 0;
  if (!first && at !== term.args.length - 1) return undefined;
  const column = isColumn(value.shape);
  const place = column ? `${TENSOR}, Wx = c` : `${TENSOR}, XY = Z`;
  const form = column ? "\\mathbf W\\mathbf x" : "\\mathbf X\\mathbf Y";
  const by = column ? (isMatrix(y.shape) ? "\\mathbf W" : "\\mathbf x") : first ? "\\mathbf X" : "\\mathbf Y";
  const turned = layout === "numerator" ? " transposed" : "";
  return {
    cite: cite("homework", place, { layout: "denominator" }),
    words: `\\text{HW3${turned}, }${form}\\text{ by }${by}`,
  };
}

/** "x' is on the right (HW3, Wx by W)". */
export function sideNote(sides: readonly string[], printed: Printed | undefined): string {
  if (sides.length === 0) return "";
  return `${sides.join(",\\ ")}${printed ? `\\ (${printed.words})` : ""}`;
}
