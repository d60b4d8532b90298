/** Small matrices and single numbers as LaTeX and as plain text, with the digits in force. */
import type { Dense } from "../core/dense.js";

/** Decimals, or all of them. */
export type Digits = number | "all";

/** More entries than this are not written as a matrix. */
export const MOST_ENTRIES = 64;

/**
 * As many decimals as asked for, fewer only when the number ends there: 0.5 but 0.010. Below half a unit of the last
 * digit a number is written with its exponent, not as 0.
 */
export function shown(value: number, digits: Digits): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  if (digits === "all") return tidy(String(Number(value.toPrecision(15))), value);
  if (Math.abs(value) < 0.5 * 10 ** -digits) return value.toExponential(Math.min(2, digits - 1));
  const fixed = value.toFixed(digits);
  const ends = Math.abs(Number(fixed) - value) <= 1e-14 * Math.abs(value);
  return tidy(ends ? String(Number(fixed)) : fixed, value);
}

const tidy = (text: string, value: number): string => (/e/.test(text) ? value.toExponential(2) : text);

/** "−0.05948": a true minus sign, and an exponent as ×10ⁿ. */
export function shownText(value: number, digits: Digits): string {
  const superscript = (n: string): string => [...n].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]).join("");
  return shown(value, digits)
    .replace(/e\+?(-?\d+)$/, (_all, n: string) => `·10${superscript(n)}`)
    .replace("-", "−");
}

export const numberLatex = (value: number, digits: Digits): string =>
  shown(value, digits)
    .replace(/e\+?(-?\d+)$/, "\\cdot 10^{$1}")
    .replace(/^(-?Infinity|NaN)$/, "\\text{$1}");

/** The matrix, or undefined when it is too large to be read. */
export function matrixLatex(value: Dense, digits: Digits): string | undefined {
  if (value.data.length > MOST_ENTRIES) return undefined;
  if (value.data.length === 1) return numberLatex(value.data[0]!, digits);
  const rows: string[] = [];
  for (let i = 0; i < value.rows; i++)
    rows.push(
      Array.from(value.data.subarray(i * value.cols, (i + 1) * value.cols), (x) => numberLatex(x, digits)).join("&"),
    );
  return `\\begin{bmatrix}${rows.join("\\\\")}\\end{bmatrix}`;
}
