/** LaTeX with names of gradients, matrices of numbers in place of symbols, or a shape under every factor. */
import type { Expr } from "../core/expr.js";
import { isScalar, showDim } from "../core/shape.js";
import { isNumber, numberOf } from "../ops/leaves.js";

import { type Override, printed } from "./printed.js";

export const latexWith = (root: Expr, override: Override): string => printed(root, "latex", override);

const STRUCTURE = new Set(["add", "times", "mul", "hadamard", "sum", "tr"]);

/** The parts that a reader sees multiplied and added: those below the outermost sums and products. */
export function visibleFactors(root: Expr): Set<Expr> {
  const found = new Set<Expr>();
  const visit = (e: Expr, inProduct: boolean): void => {
    const below = e.op === "pow" && isNumber(e.args[1]!) && numberOf(e.args[1]!) < 0;
    if (below) visit(e.args[0]!, true);
    else if (STRUCTURE.has(e.op) && !(e.op === "add" && inProduct && !isScalar(e.shape))) {
      for (const a of e.args) visit(a, inProduct || e.op !== "add");
    } else if (!isScalar(e.shape)) found.add(e);
  };
  visit(root, false);
  return found;
}

export const under = (body: string, shape: string): string => `\\underbrace{${body}}_{${shape}}`;

export const latexShape = (e: Expr): string =>
  isScalar(e.shape) ? "1" : `${showDim(e.shape.rows)}\\times ${showDim(e.shape.cols)}`;

/** Every visible factor with its shape under it. */
export function latexWithShapes(root: Expr, names: Override): string {
  const factors = visibleFactors(root);
  return latexWith(root, (e) => {
    if (!factors.has(e)) return names(e);
    const body = latexWith(e, names);
    return under(e.op === "add" && e !== root ? `(${body})` : body, latexShape(e));
  });
}
