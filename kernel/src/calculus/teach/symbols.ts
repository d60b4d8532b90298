/** The symbols of expressions, in order of first use. */
import { type Expr, topological } from "../core/expr.js";
import { isSymbol } from "../ops/leaves.js";

export const symbolsIn = (...roots: readonly Expr[]): Expr[] => topological(...roots).filter(isSymbol);
