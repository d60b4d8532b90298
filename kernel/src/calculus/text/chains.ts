/**
 * Products and quotients, read from left to right in runs of one kind: * and /, .* and ./, ⊗. A run is one node,
 * so that a long product costs no more than its length.
 */
import type { Expr } from "../core/expr.js";
import { elementwiseRun } from "./elementwiseRun.js";
import { kroneckerRun } from "./kroneckerRun.js";
import { matrixRun } from "./matrixRun.js";
import type { ChainStep, Part } from "./parts.js";
import type { Reading } from "./reading.js";
import type { BinaryOp, Tree } from "./syntax.js";

type Run = (r: Reading, left: Part | Tree, steps: readonly ChainStep[]) => Expr;

const RUNS: Readonly<Partial<Record<BinaryOp, Run>>> = {
  "*": matrixRun,
  "/": matrixRun,
  ".*": elementwiseRun,
  "./": elementwiseRun,
  "⊗": kroneckerRun,
};

export const isChain = (op: BinaryOp): boolean => RUNS[op] !== undefined;

export function readChain(r: Reading, tree: Tree): Expr {
  const steps: ChainStep[] = [];
  let first = tree;
  while (first.kind === "binary" && isChain(first.op)) {
    steps.push({ op: first.op, tree: first.right });
    first = first.left;
  }
  steps.reverse();
  let left: Part | Tree = first;
  for (let i = 0; i < steps.length; ) {
    const run = RUNS[steps[i]!.op]!;
    let end = i;
    while (end < steps.length && RUNS[steps[end]!.op] === run) end++;
    const value = run(r, left, steps.slice(i, end));
    left = { value, from: first, to: steps[end - 1]!.tree };
    i = end;
  }
  return (left as Part).value;
}
