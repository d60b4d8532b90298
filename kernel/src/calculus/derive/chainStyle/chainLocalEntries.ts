/**
 * The local derivative of one stage entry by entry, ∂u_j/∂y_k: the stage is written in coordinates and differentiated, or
 * where that grows too long its index form is taken. Sums that are products of matrices are read back.
 */
import type { Expr } from "../../core/expr.js";
import type { IndexName, IndexNode } from "../../core/indexLine.js";
import { derivative } from "../closed.js";
import { closedProducts } from "../indexStyle/indexClosed.js";
import { contract, deltas } from "../indexStyle/indexContract.js";
import { differentiate, formTree } from "../indexStyle/indexDiff.js";
import { expand, TOO_LONG } from "../indexStyle/indexExpand.js";
import { byAxes } from "../indexStyle/indexProblem.js";
import { boundNames, entryOf } from "../indexStyle/indexTree.js";

export interface LocalStage {
  readonly value: Expr;
  /** Letters of its entries. */
  readonly at: readonly IndexName[];
  /** What it is differentiated by, and the letters of that. */
  readonly y: Expr;
  readonly by: readonly IndexName[];
}

/** `letters`: names that no summed index may have; `taken`: those of symbols and dimensions. */
export function localEntries(stage: LocalStage, letters: ReadonlySet<string>, taken: ReadonlySet<string>): IndexNode {
  const open = byEntries(stage, letters, taken) ?? byForm(stage, letters, taken);
  const closed = closedProducts(open);
  return boundNames(closed).length < boundNames(open).length ? closed : open;
}

function byEntries(
  { value, at, y, by }: LocalStage,
  letters: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): IndexNode | undefined {
  const context = { moving: new Set([y]), taken, by: entryOf(y, by), used: new Set<string>() };
  try {
    const expansion = expand(value, ...byAxes(value, at), letters, context);
    return contract(deltas(differentiate(expansion, letters, context), y));
  } catch (error) {
    if (error !== TOO_LONG) throw error;
    return undefined;
  }
}

function byForm({ value, at, y, by }: LocalStage, letters: ReadonlySet<string>, taken: ReadonlySet<string>): IndexNode {
  const { index } = derivative(value, [y], { facts: false });
  const free = [...at, ...by];
  return formTree(index, new Map(index.free.map((i, n) => [i.id, free[n]!])), letters, taken);
}
