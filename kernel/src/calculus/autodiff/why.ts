/**
 * Why a factor stands transposed, on its side: read off the index form. A sum down the columns of a matrix is a product
 * with its transpose; a column that carries the second index stands as a row. One line of Markdown per layout.
 */
import { type Expr, topological } from "../core/expr.js";
import type { Factor, Term } from "../core/indexForm.js";
import { isColumn, isMatrix, isScalar, showDim } from "../core/shape.js";
import { axesOf } from "../derive/indexed.js";
import type { BackwardStep } from "./backward.js";
import { entryTerms } from "./entries.js";
import { entryLatex, IndexNames, termsLatex } from "./indexLatex.js";
import { latexShape, latexWith } from "./latexWith.js";
import type { Layout } from "./trace.js";
import type { Tracing } from "./tracing.js";

export function whyOf(step: BackwardStep, tracing: Tracing, layout: Layout): string {
  const { structure, printing, inNumerator } = tracing;
  const { names } = printing;
  const u = structure.symbols[step.wrt];
  const variable = axesOf(u);
  const letters = new IndexNames();
  letters.name(variable.row, isMatrix(u.shape) ? "k" : "j");
  letters.name(variable.col, isMatrix(u.shape) ? "l" : "j");
  const terms = entryTerms(step.formula, variable);
  const by = entryLatex(u, variable, letters, names);
  const entry = `$\\frac{\\partial L}{\\partial ${by}}=${termsLatex(terms, letters, names)}$`;
  if (step.stage.expr.op.startsWith("softmax") && step.through === step.stage.expr)
    return `Entry by entry: ${entry}. The Jacobian of softmax is symmetric: transposed it is itself, so no transpose is seen${layout === "numerator" ? "; the upstream row stands on its left" : ""}.`;
  const shown = layout === "denominator" ? step.formula : inNumerator(step.formula);
  const product = topological(shown).find((e) => e.op === "mul");
  const wanted = `$${latexWith(u, names)}$`;
  if (!product)
    return layout === "denominator"
      ? `Entry by entry: ${entry}. Every entry stays in its place, so nothing is transposed.`
      : `Entry by entry: ${entry}. The numbers are those of denominator layout; they lie in the transpose of the shape of ${wanted}.`;
  const math = (e: Expr): string => `$${latexWith(e, names)}$`;
  const reasons =
    layout === "denominator"
      ? transposedFactors(shown).map((s) => reason(s, terms, { second: variable.col, letters, math }))
      : [];
  const shapes = product.args.map(latexShape).join("\\cdot ");
  const fits =
    layout === "denominator"
      ? `$${shapes}=${latexShape(shown)}$, the shape of ${wanted}.`
      : `$${shapes}=${latexShape(shown)}$, the transpose of the shape of ${wanted}: the upstream gradient is a ${isColumn(structure.symbols[step.upstream].shape) ? "row" : "transposed matrix"} here, and each new factor stands on its other side.`;
  const none = layout === "denominator" ? "The factors fit as they stand." : "";
  return [`Entry by entry: ${entry}.`, ...(reasons.length > 0 ? reasons : [none]), fits].filter(Boolean).join(" ");
}

const transposedFactors = (e: Expr): Expr[] =>
  topological(e)
    .filter((x) => x.op === "transpose" && !isScalar(x.shape))
    .map((x) => x.args[0]!);

interface Reading {
  /** The second index of the gradient's entry. */
  readonly second: Factor["col"];
  readonly letters: IndexNames;
  readonly math: (e: Expr) => string;
}

function reason(s: Expr, terms: readonly Term[], { second, letters, math }: Reading): string {
  const found = terms
    .flatMap((term) => term.factors.map((factor) => ({ term, factor })))
    .find(({ factor }) => factor.expr === s);
  if (!found) return "";
  const { factor, term } = found;
  const summed = (index: Factor["row"]): boolean =>
    index !== undefined && term.summed.some(({ id }) => id === index.id);
  const letter = (index: NonNullable<Factor["row"]>): string => `$${letters.of(index)}$`;
  const turned = math(s).replace(/\$$/, "^\\top$");
  if (isColumn(s.shape) && factor.row && factor.row.id === second?.id)
    return `${math(s)} carries the second index ${letter(factor.row)}, that of the columns: it stands as the row ${turned}.`;
  if (summed(factor.row))
    return `The sum over ${letter(factor.row!)} runs down the $${showDim(s.shape.rows)}$ rows of ${math(s)}; a product with ${math(s)} from the left would run along them: so ${turned}.`;
  if (summed(factor.col))
    return `The sum over ${letter(factor.col!)} runs along the rows of ${math(s)}, which stands on the right: so ${turned}.`;
  return "";
}
