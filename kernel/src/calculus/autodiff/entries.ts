/** An expression entry by entry, as far as its operators have an index form; functions of entries stay whole. */
import { type Expr, topological } from "../core/expr.js";
import type { Term } from "../core/indexForm.js";
import { type Axes, expandEntry, listAxes, normalise } from "../derive/indexed.js";
import { opOf } from "../ops/index.js";

/** 1 − a reads as one factor: the sum of ones and a single symbol. */
const complement = (e: Expr): boolean =>
  e.op === "add" && e.args.some((a) => a.op === "ones") && topological(e).filter((s) => s.op === "symbol").length === 1;

export function entryTerms(e: Expr, at: Axes): readonly Term[] {
  const open = (x: Expr): boolean => opOf(x.op).entry !== undefined && !complement(x);
  return normalise(expandEntry(e, at, open), listAxes(at));
}
