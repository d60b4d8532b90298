/** Dense matrices as the numbers of a result, and as short text for a sentence. */
import { type Dense, dense } from "../core/dense.js";
import type { Numbers } from "./verdict.js";

/** 4 significant digits are enough to see that two numbers differ. */
const DIGITS = 4;

const tidy = (x: number): number => {
  const rounded = Number(x.toPrecision(12));
  return Math.abs(rounded) < 1e-12 ? 0 : rounded;
};

export function toNumbers(a: Dense): Numbers {
  const at = (i: number, j: number): number => tidy(a.data[i * a.cols + j]!);
  if (a.rows === 1 && a.cols === 1) return at(0, 0);
  if (a.cols === 1) return Array.from({ length: a.rows }, (_, i) => at(i, 0));
  return Array.from({ length: a.rows }, (_, i) => Array.from({ length: a.cols }, (_v, j) => at(i, j)));
}

/** The inverse of `toNumbers`. */
export function fromNumbers(value: Numbers): Dense {
  if (typeof value === "number") return dense(1, 1, [value]);
  if (typeof value[0] === "number") return dense(value.length, 1, value as readonly number[]);
  const rows = value as readonly (readonly number[])[];
  return dense(rows.length, rows[0]?.length ?? 0, rows.flat());
}

export function showNumbers(value: Numbers): string {
  if (typeof value === "number") return String(Number(value.toPrecision(DIGITS)));
  return `[${value.map((v) => showNumbers(v)).join(", ")}]`;
}
