/** What an entry of a derivative is: "∂y₂/∂W₂₁ = x₁", by its place in the matrix or tensor; and what a Hessian says. */
import { type Derivation, entryTerms, symmetricEigenvalues, text } from "../calculus/index.js";
import { entryName, formatNumber } from "../display/index.js";

/** Longer formulas do not help who rests on an entry. */
const LONGEST = 48;

/** The formula of the entry at these free indices, output first; undefined where it is a sum or too long. */
export function entryFormula({ result }: Derivation, at: readonly number[]): string | undefined {
  const terms = entryTerms(result.index, at);
  if (!terms) return undefined;
  if (terms.length === 0) return "0";
  const written = terms.map(({ coefficient, factors }, n) => {
    const size = Math.abs(coefficient);
    const parts = [...(size === 1 && factors.length > 0 ? [] : [formatNumber(size)]), ...factors.map(factor)];
    const sign = coefficient < 0 ? (n === 0 ? "−" : " − ") : n === 0 ? "" : " + ";
    return sign + parts.join("·");
  });
  const whole = written.join("");
  return whole.length <= LONGEST ? whole : undefined;
}

function factor({ expr, indices }: { expr: string; indices: readonly number[] }): string {
  const name = /^[\p{L}\p{M}]\w*$/u.test(expr);
  if (indices.length === 0) return name ? expr : `(${expr})`;
  // [A*u]₂: the index of a part belongs to its bracket.
  return name ? entryName(expr, indices) : `[${expr.replaceAll("-", "−")}]${entryName("x", indices).slice(1)}`;
}

/** The free indices of the derivative at a place of its matrix; undefined where the two do not correspond. */
function indicesAt(derivation: Derivation): ((row: number, col: number) => readonly number[]) | undefined {
  const { result, problem } = derivation;
  const free = result.index.free.length;
  if (result.structure) return undefined;
  if (free === 1) return (row, col) => [Math.max(row, col)];
  if (free !== 2) return undefined;
  switch (result.arrangement) {
    case "gradient":
      return problem.layout === "denominator" ? (row, col) => [row, col] : (row, col) => [col, row];
    case "jacobian":
      return problem.layout === "numerator" ? (row, col) => [row, col] : (row, col) => [col, row];
    case "by-scalar":
    case "hessian":
      return (row, col) => [row, col];
    case "scalar":
    case undefined:
      return undefined;
  }
}

/** Hover of a matrix of derivatives: its name, its formula, its number. */
export function entryHover(
  derivation: Derivation,
  { output, value }: { output: string; value: (row: number, col: number) => number },
): ((row: number, col: number) => string) | undefined {
  const place = indicesAt(derivation);
  if (!place) return undefined;
  const { wrt, of } = derivation.result;
  const outputs = derivation.result.index.free.length - wrt.reduce((n, x) => n + axes(x), 0);
  if (outputs !== axes(of)) return undefined;
  return (row, col) => {
    const at = place(row, col);
    let next = outputs;
    const variables = wrt.map((x) => {
      const own = at.slice(next, next + axes(x));
      next += axes(x);
      return `∂${entryName(text(x), own)}`;
    });
    const name = `∂${wrt.length > 1 ? "²" : ""}${entryName(output, at.slice(0, outputs))}/${variables.join("")}`;
    const formula = entryFormula(derivation, at);
    const number = formatNumber(value(row, col), 6);
    return [name, ...(formula && formula !== number ? [formula] : []), number].join(" = ");
  };
}

const axes = ({ shape }: Derivation["problem"]["f"]): number =>
  [shape.rows, shape.cols].filter((dim) => dim.key !== "1").length;

const MOST_ROWS = 60;
const MOST_NAMED = 6;
/** Below this share of the largest an eigenvalue is 0. */
const LOST = 1e-12;

/** "eigenvalues 1.382, 3.618: positive definite"; undefined for what is no symmetric matrix. */
export function eigenNote(
  { result }: Derivation,
  shape: readonly number[],
  data: ArrayLike<number>,
): string | undefined {
  const [n, cols] = shape;
  if (result.arrangement !== "hessian" || result.wrt[0] !== result.wrt[1]) return undefined;
  if (n === undefined || n !== cols || n < 2 || n > MOST_ROWS || !Array.from(data).every(Number.isFinite))
    return undefined;
  const values = symmetricEigenvalues({ rows: n, cols: n, data: Float64Array.from(data) });
  const most = Math.max(...values.map(Math.abs));
  const sign = (x: number): number => (Math.abs(x) <= LOST * most ? 0 : Math.sign(x));
  const signs = new Set(values.map(sign));
  const kind =
    signs.has(1) && signs.has(-1)
      ? "indefinite"
      : signs.has(1)
        ? `positive ${signs.has(0) ? "semi" : ""}definite`
        : signs.has(-1)
          ? `negative ${signs.has(0) ? "semi" : ""}definite`
          : "zero";
  const number = (x: number): string => formatNumber(sign(x) === 0 ? 0 : x);
  const shown =
    values.length <= MOST_NAMED
      ? values.map(number).join(", ")
      : `from ${number(values[0]!)} to ${number(values.at(-1)!)}`;
  return `eigenvalues ${shown}: ${kind}`;
}
