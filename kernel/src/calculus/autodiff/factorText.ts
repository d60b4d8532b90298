/** A factor that is a function of one entry, as a reader writes it: "ln 0.72077", "1/0.72077", "1 − 0.19782". */
import type { Dense } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { SCALAR } from "../core/shape.js";
import { symbol } from "../ops/leaves.js";
import { ofEntry } from "./entrywise.js";
import { shownText } from "./numbersLatex.js";
import { printed } from "./printed.js";

/** Five decimals, so that a product can be checked by hand. */
export const EXPLAINED = 5;
const number = (x: number): string => shownText(x, EXPLAINED);

/** Softmax depends on all scores of its sample, every other function on its own entry. */
export function shownFactor(e: Expr, inside: Expr, value: Dense, [row, col]: readonly [number, number]): string {
  if (e.op === "softmax" || e.op === "softmaxAlong") return softmaxText(e, value, [row, col]);
  const entry = symbol("entry", SCALAR);
  const here = number(value.data[row * value.cols + col]!);
  return printed(ofEntry(e, inside, entry), "text")
    .replace(/\blog\(entry\)/, `ln ${here}`)
    .replace(/\bstep\(entry\)/, `1[${here} > 0]`)
    .replace(/\blog\(/, "ln(")
    .replace(/\brelu\(/, "ReLU(")
    .replace(/\bsigmoid\(/, "σ(")
    .replaceAll("entry", here)
    .replaceAll(" - ", " − ")
    .replaceAll("*", "·");
}

function softmaxText(e: Expr, Z: Dense, [row, col]: readonly [number, number]): string {
  const byRow = e.attrs.axis === "rows";
  const length = byRow ? Z.cols : Z.rows;
  const score = (i: number): number => Z.data[byRow ? row * Z.cols + i : i * Z.cols + col]!;
  const power = (i: number): string => `e^${number(score(i))}`;
  const all = Array.from({ length }, (_, i) => power(i));
  const sum = length > 6 ? `${all.slice(0, 2).join(" + ")} + … + ${all[length - 1]}` : all.join(" + ");
  return `${power(byRow ? col : row)}/(${sum})`;
}
