/** The end of an index derivation: the matrix form, the boxed result and how to read it. */
import { cite } from "../../core/cite.js";
import { type Expr, topological, treeSize } from "../../core/expr.js";
import type { IndexLine, IndexName, IndexNode } from "../../core/indexLine.js";
import { axes, type Dim, isColumn, isMatrix, isRow, isScalar } from "../../core/shape.js";
import type { Aside, Layout, Let, Step } from "../../core/step.js";
import { inLayout } from "../layout.js";
import { refer } from "../refer.js";
import type { IndexProblem } from "./indexProblem.js";
import { readingOf } from "./indexReading.js";
import { partial } from "./indexTree.js";

export interface IndexResult {
  /** What stands in the box. */
  readonly line: IndexLine;
  /** Axes of the result, output axes first where no layout applies. */
  readonly axes: readonly Dim[];
  /** The layout of the result; absent for orders above two. */
  readonly layout?: Layout;
  /** Beside the box, LaTeX text. */
  readonly note: string;
}

/** A page of the index style as data. */
export interface IndexDerivation {
  readonly steps: readonly Step[];
  readonly asides: readonly Aside[];
  /** Named parts, and the name of the whole expression where it has one: what the header says. */
  readonly names: readonly Let[];
  /** Output indices first, then the variable's. */
  readonly free: readonly IndexName[];
  readonly result: IndexResult;
  /** One sentence about what moves; empty when there is nothing to say. */
  readonly reading: string;
}

/** Longer answers are shown with the named parts only. */
const WRITTEN_OUT = 40;

const matrixSides = (problem: IndexProblem): Expr[] => {
  const full = inLayout(problem.result, problem.layout);
  if (!full) return [];
  const named = refer(full, problem.lets);
  const abstract = topological(full).some((e) => e.op === "scalarfn" && e.args[0]!.op !== "symbol");
  return named === full || abstract || treeSize(full) > WRITTEN_OUT ? [named] : [named, full];
};

const headOf = (problem: IndexProblem): NonNullable<IndexLine["left"]> => {
  if (problem.head) return problem.head;
  const gradient = problem.result.arrangement === "gradient" && problem.layout === "denominator";
  return { kind: "head", form: gradient ? "gradient" : "fraction", of: problem.name, by: problem.x, indices: [] };
};

/** ∇_W f = 2 r x' = 2(Wx + b)x'. */
export function matrixStep(problem: IndexProblem): Step | undefined {
  const sides = matrixSides(problem);
  if (sides.length === 0 || problem.all.length === 0) return undefined;
  const outer = isOuter(sides[0]!);
  const turned = problem.result.arrangement === "jacobian" && problem.layout === "denominator";
  const words = outer ? "outer product" : turned ? "matrix form, transposed: denominator layout" : "matrix form";
  return {
    rule: "index/matrix-form",
    chips: [outer ? "outer product" : "matrix form"],
    cites: outer ? [cite("carson", "Example 0.2.1")] : [],
    note: `\\text{${words}}`,
    body: { kind: "index", left: headOf(problem), right: sides.map((expr) => ({ kind: "matrix", expr })), where: [] },
    conditions: problem.result.conditions,
    shape: "",
    check: problem.check.matrices("matrix form", sides, problem.layout),
  };
}

/** u v', up to a number. */
export function isOuter(e: Expr): boolean {
  const body = e.op === "times" ? e.args[e.args.length - 1]! : e;
  return (
    body.op === "mul" &&
    isMatrix(body.shape) &&
    body.args.some((a, n) => isColumn(a.shape) && isRow(body.args[n + 1]?.shape ?? a.shape))
  );
}

/** "index order: output i,j, then variable k,l". */
function indexOrder({ free, head }: IndexProblem): string {
  const [output, variable] = [free.output, free.variable].map((list) => list.map((i) => i.name).join(","));
  const before = head ? "first variable" : "output";
  const own = head ? "second variable" : "variable";
  return `\\text{index order: ${output ? `${before} } ` : "}"}${output}${output ? "\\text{, then " : "\\text{"}${own} } ${variable}`;
}

export function resultOf(problem: IndexProblem, last: IndexNode): { result: IndexResult; reading: string } {
  const { result, layout, name, x, all, left, context } = problem;
  const sides = matrixSides(problem);
  const reading = readingOf(problem, last);
  if (result.order > 2 || sides.length === 0) {
    const order = indexOrder(problem);
    const line: IndexLine = {
      kind: "index",
      left: { kind: "head", form: "tensor", of: name, by: x, indices: all },
      right: [partial(left, context.by), last],
      where: [],
    };
    const plain = result.order > 2 ? `\\quad(\\text{no layout applies to order ${result.order}})` : "";
    return { result: { line, axes: all.map((i) => i.dim), note: `${order}${plain}` }, reading };
  }
  const shown = sides[0]!;
  const both = isScalar(x.shape) && isScalar(problem.f.shape);
  return {
    result: {
      line: { kind: "index", left: headOf(problem), right: sides.map((expr) => ({ kind: "matrix", expr })), where: [] },
      axes: axes(shown.shape),
      layout,
      note: both ? "" : `\\text{${layout}}`,
    },
    reading,
  };
}
