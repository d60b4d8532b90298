/** The last line of a differential derivation: every term brought to one M dx or tr(M dX). */
import { cite } from "../core/cite.js";
import { type Expr, topological, treeSize } from "../core/expr.js";
import { build as b } from "../ops/build.js";
import { opOf } from "../ops/index.js";
import { d } from "../ops/leaves.js";
import type { LineMove } from "./expandLine.js";
import { grounded, type LineState, openDifferentials, varies } from "./lineState.js";

export function collect(state: LineState, target: Expr, x: Expr): LineMove | undefined {
  if (state.line === target) return undefined;
  if (openDifferentials(state).length === 0 && readable(state.line, x) && treeSize(state.line) <= treeSize(target))
    return undefined;
  const note =
    x.shape.cols.key === "1"
      ? "\\text{collect the factor of } d\\mathbf x"
      : "\\text{collect: cyclic trace, transposes, common factors}";
  return { ...WORDS, note, line: target };
}

const WORDS = { rule: "collect", chips: ["collect"], cites: [cite("notes", "(2), (3), (12)")] };

/** The differentials of the names of a page, put into one another. */
export const collectNames: Omit<LineMove, "line"> = {
  ...WORDS,
  chips: ["substitute", "collect"],
  note: "\\text{the lines put into one another, the last one first}",
};

/** Where a page would become a listing: the rules that are left are named and counted, and used in one line. */
export function andSoOn(state: LineState, target: Expr | undefined): LineMove {
  const depends = varies(state);
  const open = openDifferentials(state).map((e) => e.args[0]!);
  const left = topological(...open).filter((e) => depends(e) && e.args.length > 0);
  const rules = [...new Map(left.map((e) => [opOf(e.op).rule.id, opOf(e.op).rule])).values()];
  return {
    rule: ["rest", ...rules.map((r) => r.id), ...(target ? ["collect"] : [])].join(" + "),
    chips: ["and so on", ...new Set(rules.map((r) => r.chip)), ...(target ? ["collect"] : [])],
    cites: rules
      .map((r) => r.cite)
      .filter((c, i, all) => all.findIndex((o) => o.source === c.source && o.at === c.at) === i),
    note: `\\text{and so on: the ${left.length} operations that are left, by the same rules${target ? ", then collect" : ""}}`,
    line: target ?? grounded(state),
  };
}

/** One term with dX at its end. */
function readable(line: Expr, x: Expr): boolean {
  const body = line.op === "times" ? line.args[line.args.length - 1]! : line;
  const inside = body.op === "tr" ? body.args[0]! : body;
  const product = inside.op === "times" ? inside.args[inside.args.length - 1]! : inside;
  const dx = d(x);
  if (product === dx) return true;
  return (
    product.op === "mul" &&
    product.args[product.args.length - 1] === dx &&
    !b.mul(...product.args.slice(0, -1)).args.includes(dx)
  );
}
