/** One sentence that says what an index result means. */
import type { Expr } from "../../core/expr.js";
import type { EntryNode, IndexName, IndexNode } from "../../core/indexLine.js";
import { isColumn, isMatrix } from "../../core/shape.js";
import { splitScalars } from "../../ops/build.js";
import { entryName } from "../../ops/entryName.js";
import { latexName } from "../../ops/fragment.js";
import { isSymbol, nameOf } from "../../ops/leaves.js";
import { inLayout } from "../layout.js";
import { refer } from "../refer.js";
import type { IndexProblem } from "./indexProblem.js";
import { coefficientOf } from "./indexTree.js";

/** Markdown with $…$, or "". */
export function readingOf(problem: IndexProblem, last: IndexNode): string {
  if (isMatrix(problem.x.shape) && problem.free.output.length > 0) return movement(problem, last);
  const answer = inLayout(problem.result, "denominator");
  return answer && isMatrix(problem.x.shape) ? outerProduct(refer(answer, problem.lets)) : "";
}

const bold = (e: Expr): string => latexName(nameOf(e), true);

/** "twice the residual times the input, an outer product: rank 1." */
function outerProduct(e: Expr): string {
  const { scalars, rest } = splitScalars(e);
  if (rest?.op !== "mul" || rest.args.length !== 2) return "";
  const [u, v] = rest.args as [Expr, Expr];
  if (!isColumn(u.shape) || v.op !== "transpose" || !isColumn(v.args[0]!.shape)) return "";
  const plainNumber = scalars.length === 0 || (scalars.length === 1 && scalars[0]!.op === "number");
  const x = v.args[0]!;
  if (!plainNumber || !isSymbol(u) || !isSymbol(x)) return "an outer product: rank 1.";
  const c = scalars.length === 0 ? 1 : (scalars[0]!.attrs.value as number);
  const times = c === 1 ? "" : c === 2 ? "twice " : c === -1 ? "minus " : `${c} times `;
  const left = nameOf(u) === "r" ? "the residual" : `$${bold(u)}$`;
  const right = nameOf(x) === "x" ? "the input" : `$${bold(x)}$`;
  return `${times}${left} times ${right}, an outer product: rank 1.`;
}

/** What moving one entry of the variable moves, where the result is one product of two entries or deltas. */
function movement(problem: IndexProblem, last: IndexNode): string {
  const factors = last.kind === "product" ? last.factors.filter((f) => f.kind !== "number") : [last];
  if (coefficientOf(last) !== 1) return "";
  const { output, variable } = problem.free;
  const moved = `moving $${entryName(
    problem.x,
    variable.map((i) => i.name),
  )}$ moves only`;
  const paired = factors.find((f) => f.kind === "delta");
  const along = factors.filter((f): f is EntryNode => f.kind === "entry");
  if (paired?.kind !== "delta" || factors.length !== 2 || along.length !== 1 || !isSymbol(along[0]!.expr)) return "";
  const axis = output.findIndex((o) => o.name === paired.i.name || o.name === paired.j.name);
  const index = variable.find((v) => v.name === paired.i.name || v.name === paired.j.name);
  if (axis < 0 || !index || !isSymbol(problem.name)) return "";
  if (output.length === 1)
    return `${moved} $${entryName(problem.name, [index.name])}$, by $${entryName(
      along[0]!.expr,
      along[0]!.indices.map((i) => i.name),
    )}$.`;
  const side = axis === 0 ? "row" : "column";
  const line = lineOf(along[0]!, variable);
  return line && `${moved} ${side} $${index.name}$ of $${bold(problem.name)}$, and moves it along ${line}.`;
}

/** C_lj with l of the variable is row l of C. */
function lineOf(e: EntryNode, variable: readonly IndexName[]): string {
  const at = e.indices.findIndex((i) => variable.some((v) => v.name === i.name));
  if (at < 0 || e.indices.length !== 2) return "";
  return `${at === 0 ? "row" : "column"} $${e.indices[at]!.name}$ of $${bold(e.expr)}$`;
}
