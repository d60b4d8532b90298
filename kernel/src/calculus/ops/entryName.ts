/** The LaTeX of an entry of a symbol: W_{kl}, r_i, and [\mathbf W_1]_{kl} where the name has a subscript of its own. */
import type { Expr } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import { latexName } from "./fragment.js";
import { nameOf } from "./leaves.js";

export const subscript = (indices: readonly string[]): string =>
  indices.length === 1 && indices[0]!.length === 1 ? `_${indices[0]}` : `_{${indices.map(letter).join("")}}`;

/** s1 is s with a subscript of its own. */
const letter = (name: string): string => name.replace(/^([a-z])(\d+)$/, "$1_{$2}");

export const deltaName = (i: string, j: string): string => `\\delta_{${letter(i)}${letter(j)}}`;

export function entryName(e: Expr, indices: readonly string[]): string {
  const plain = latexName(nameOf(e), false);
  if (indices.length === 0) return isScalar(e.shape) ? plain : latexName(nameOf(e), true);
  if (plain.includes("_")) return `[${latexName(nameOf(e), true)}]${subscript(indices)}`;
  return `${plain}${subscript(indices)}`;
}
