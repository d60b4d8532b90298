/** The way the tables of the notes write an expression: "2 v0 v̇0", "v̄2 · cos v1", "v̇2 / v2", "ln v2". */
import type { Expr } from "../core/expr.js";
import { latexWith } from "./latexWith.js";
import { printed } from "./printed.js";

const MARKS = { tangent: "\u0307", adjoint: "\u0304" } as const;
const ACCENTS = { tangent: "\\dot", adjoint: "\\bar" } as const;
export type Mark = keyof typeof MARKS;

/** "v̇0": the mark over the first letter. */
export const marked = (name: string, mark: Mark): string => `${name[0]}${MARKS[mark]}${name.slice(1)}`.normalize("NFC");

/** The text of the engine in the writing of the tables; `product` stands between factors. */
export function tableText(e: Expr, product: " " | " · "): string {
  return printed(e, "text")
    .replace(/(\w+)\((v\p{M}?-?\d+)\)/gu, (_all, name: string, v: string) => `${name === "log" ? "ln" : name} ${v}`)
    .replace(/\blog\(/g, "ln(")
    .replaceAll(".*", " ⊙ ")
    .replaceAll("./", " ⊘ ")
    .replaceAll(".^", "^")
    .replace(/(?<![\w).\p{M}]|v\p{M}?-)(\d+(?:\.\d+)?)\*/gu, "$1 ")
    .replaceAll("*", product)
    .replaceAll("/", " / ")
    .replaceAll("'", "ᵀ");
}

const SYMBOL = /^v(\p{M}?)(-?\d+)$/u;

/** v_{-1}, \dot v_0, \bar v_3. */
export function tableLatex(e: Expr): string {
  return latexWith(e, (x) => (x.op === "symbol" ? nameLatex(x.attrs.name as string) : undefined));
}

export function nameLatex(name: string): string | undefined {
  const [, mark, index] = SYMBOL.exec(name) ?? [];
  if (index === undefined) return undefined;
  const accent = mark === MARKS.tangent ? `${ACCENTS.tangent} ` : mark === MARKS.adjoint ? `${ACCENTS.adjoint} ` : "";
  return `${accent}v_{${index}}`;
}
