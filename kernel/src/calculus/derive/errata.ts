/** Where the notes print another answer for the very problem on the page, with the reason. */
import { type Citation, cite } from "../core/cite.js";
import type { Erratum } from "../core/derivation.js";
import type { Expr } from "../core/expr.js";
import type { Layout } from "../core/step.js";
import { isSymbol } from "../ops/leaves.js";

interface Known {
  readonly matches: (f: Expr, x: Expr) => boolean;
  readonly erratum: Erratum;
}

const logDeterminant = (f: Expr, x: Expr): boolean =>
  (f.op === "logdet" && f.args[0] === x) || (f.op === "log" && f.args[0]!.op === "det" && f.args[0]!.args[0] === x);

const KNOWN: readonly Known[] = [
  {
    matches: (f, x) => isSymbol(x) && logDeterminant(f, x),
    erratum: {
      source: cite("notes", "§2", { layout: "numerator" }),
      printed: "inv(X)'",
      layout: "numerator",
      text: [
        "The notes print $\\mathbf X^{-\\top}$ here. By their own eq. (3), $d\\ln|\\mathbf X|=\\operatorname{tr}(M\\,d\\mathbf X)$ gives $M=\\mathbf X^{-1}$. $\\mathbf X^{-\\top}$ is the denominator-layout answer.",
        "Test with $\\mathbf X=\\begin{bmatrix}2&1\\\\0&1\\end{bmatrix}$: $\\ln|\\mathbf X|=\\ln(x_{11}x_{22}-x_{12}x_{21})$, so $\\partial/\\partial x_{12}=-x_{21}/|\\mathbf X|=0$ and $\\partial/\\partial x_{21}=-x_{12}/|\\mathbf X|=-\\tfrac12$.",
        "Numerator $\\begin{bmatrix}\\tfrac12&-\\tfrac12\\\\0&1\\end{bmatrix}=\\mathbf X^{-1}$, denominator $\\begin{bmatrix}\\tfrac12&0\\\\-\\tfrac12&1\\end{bmatrix}=\\mathbf X^{-\\top}$.",
      ].join("\n"),
    },
  },
];

/** Where another source prints the very answer of the page: in its own layout, beside the read-off. */
export function placesOf(f: Expr, wrt: readonly Expr[], layout: Layout): readonly Citation[] {
  return wrt.length === 1 && layout === "denominator" && logDeterminant(f, wrt[0]!) ? [cite("cookbook", "(57)")] : [];
}

/** Errata for differentiating f by x in a layout. */
export function errataOf(f: Expr, wrt: readonly Expr[], layout: Layout): readonly Erratum[] {
  if (wrt.length !== 1) return [];
  return KNOWN.filter((k) => k.erratum.layout === layout && k.matches(f, wrt[0]!)).map((k) => k.erratum);
}

/** The chip behind eq. (11) where the notes cite (10). */
export const CITES_TEN = "the notes cite (10) here; the form used is (11)";
