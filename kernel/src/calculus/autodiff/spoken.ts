/** What an entry is made of in words: "product of ∂L/∂h row 2 and x 2" is this data with the place put in. */
import type { Expr } from "../core/expr.js";
import { topological } from "../core/expr.js";
import { axesOf } from "../derive/indexed.js";
import { entryTerms } from "./entries.js";
import type { Tracing } from "./tracing.js";

/** An axis of a factor follows the row or the column of the entry; one that is summed over is absent. */
export type AxisOf = "row" | "col";

/** A product of factors, to be said aloud entry by entry. */
export interface SpokenTerm {
  readonly summed: boolean;
  readonly factors: readonly { readonly tensor: string; readonly row?: AxisOf; readonly col?: AxisOf }[];
}

export function spokenTerms(e: Expr, { isTensor, tensorOf }: Tracing): SpokenTerm[] {
  const at = axesOf(e);
  const axis = (id: number | undefined): AxisOf | undefined =>
    id === undefined ? undefined : id === at.row?.id ? "row" : id === at.col?.id ? "col" : undefined;
  return entryTerms(e, at).map((term) => ({
    summed: term.summed.length > 0,
    factors: term.factors.flatMap(({ expr, row, col }) =>
      topological(expr)
        .filter(isTensor)
        .map((s) => {
          const [r, c] = [axis(row?.id), axis(col?.id)];
          return { tensor: tensorOf(s), ...(r ? { row: r } : {}), ...(c ? { col: c } : {}) };
        }),
    ),
  }));
}
