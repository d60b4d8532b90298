/** LaTeX of names and short expressions inside the notes of a chain, and the dimensions under them. */
import type { Expr } from "../../core/expr.js";
import { type Dim, isScalar, showDim } from "../../core/shape.js";
import { type Fragment, LEVEL, type Level } from "../../ops/fragment.js";
import { opOf } from "../../ops/index.js";

export function inlineLatex(root: Expr): string {
  const done = new Map<Expr, Fragment>();
  const print = (e: Expr, min: Level): string => {
    const made = done.get(e) ?? outputLatex(e) ?? opOf(e.op).latex(e, print);
    done.set(e, made);
    return made.level < min ? `(${made.out})` : made.out;
  };
  return print(root, LEVEL.sum);
}

/** The name of an abstract loss is calligraphic, as where it is applied. */
function outputLatex(e: Expr): Fragment | undefined {
  if (e.op !== "symbol" || !isScalar(e.shape)) return undefined;
  const out = e.attrs.name === "L" ? "\\mathcal L" : e.attrs.name === "l" ? "\\ell" : undefined;
  return out ? { out, level: LEVEL.atom } : undefined;
}

export const inlineShape = (shape: readonly Dim[]): string => shape.map(showDim).join("×");
