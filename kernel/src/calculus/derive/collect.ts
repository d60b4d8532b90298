/** The last line of a differential derivation: every term brought to one M dx or tr(M dX). */
import { cite } from "../core/cite.js";
import { type Expr, treeSize } from "../core/expr.js";
import { build as b } from "../ops/build.js";
import { d } from "../ops/leaves.js";
import type { LineMove } from "./expandLine.js";
import { type LineState, openDifferentials } from "./lineState.js";

export function collect(state: LineState, target: Expr, x: Expr): LineMove | undefined {
  if (state.line === target) return undefined;
  if (openDifferentials(state).length === 0 && readable(state.line, x) && treeSize(state.line) <= treeSize(target))
    return undefined;
  return {
    rule: "collect",
    chips: ["collect"],
    cites: [cite("notes", "(2), (3), (12)")],
    note:
      x.shape.cols.key === "1"
        ? "\\text{collect the factor of } d\\mathbf x"
        : "\\text{collect: cyclic trace, transposes, common factors}",
    line: target,
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
