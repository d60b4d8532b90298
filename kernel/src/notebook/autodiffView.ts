/** The table of automatic differentiation as a value of a notebook. */
import { type AutodiffTable, tableMarkdown, tablePlain } from "../calculus/index.js";

export interface AutodiffView extends AutodiffTable {
  toString(): string;
}

export const autodiffView = (table: AutodiffTable): AutodiffView =>
  Object.freeze({
    ...table,
    toString: () => tablePlain(table),
    [Symbol.for("Jupyter.display")]: () => ({ "text/markdown": tableMarkdown(table), "text/plain": tablePlain(table) }),
  });
