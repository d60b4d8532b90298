/**
 * The chain style of a first derivative: name the intermediates, then one derivative per stage from f back to x.
 * One intermediate gives HW3's line ∂f/∂W = (∂c/∂W)(∂f/∂c); a path of columns gives Jacobians in order; otherwise
 * each stage gives an upstream gradient g_a = W₂ᵀ g_y. Denominator layout has the inner factor first, numerator layout
 * the outer one. Errors: `unsupported` where the answer has more than two axes, or a line fails its numbers.
 */
import { cite } from "../../core/cite.js";
import type { Derivative } from "../../core/derivation.js";
import { NablaError } from "../../core/errors.js";
import type { Expr } from "../../core/expr.js";
import { axes, isColumn, isRow, isScalar } from "../../core/shape.js";
import type { Aside, Layout, Let, Step } from "../../core/step.js";
import { substitute } from "../../ops/build.js";
import { derivative } from "../closed.js";
import { inLayout } from "../layout.js";
import { prove } from "../prove.js";
import { type ChainEntries, chainEntries } from "./chainEntries.js";
import { partial, whole } from "./chainFactors.js";
import { type ChainGraph, chainGraph, writtenOut } from "./chainGraph.js";
import { jacobianChain } from "./chainJacobians.js";
import { ChainPage } from "./chainPage.js";
import { singleChain } from "./chainSingle.js";
import { upstreamChain } from "./chainUpstream.js";

export interface ChainProblem {
  readonly f: Expr;
  /** The user's named intermediates in order; empty to have them found. */
  readonly lets: readonly Let[];
  readonly x: Expr;
  readonly layout: Layout;
  /** The user's name of the output, "…; L = −t' log(p)". */
  readonly outputName?: string;
  /** Names that the page has given before. */
  readonly taken?: readonly Expr[];
  /** The derivative, when the caller has it and has proved it. */
  readonly proved?: Derivative | undefined;
}

/** The page of a first derivative, whatever its order. */
export interface ChainFirst extends Pick<ChainDerivation, "steps" | "asides" | "names" | "name" | "upstream"> {
  /** The derivative written out where a layout applies; its entries otherwise. */
  readonly result?: Expr;
  readonly entries?: ChainEntries;
}

export interface ChainDerivation {
  readonly steps: readonly Step[];
  readonly asides: readonly Aside[];
  /** The derivative written out, in the layout. */
  readonly result: Expr;
  /** Every name of the page: intermediates, also those that were found, and p = softmax(y). */
  readonly names: readonly Let[];
  /** What stands for f on the page. */
  readonly name: Expr;
  /** Names of upstream gradients. */
  readonly upstream: readonly Expr[];
  readonly conditions: readonly string[];
}

export function chainFirst(problem: ChainProblem): ChainFirst {
  const order = axes(problem.f.shape).length + axes(problem.x.shape).length;
  if (order <= 2) return chainSteps(problem);
  const entries = chainTensorSteps(problem);
  return { asides: [], upstream: [], ...entries, entries };
}

export function chainSteps({ f, lets, x, layout, outputName, taken = [], proved }: ChainProblem): ChainDerivation {
  const graph = flattened(chainGraph(f, lets, x, { outputName, taken }));
  const full = writtenOut(graph.f, graph);
  const derived = proved?.of === full ? proved : derivative(full, [x]);
  const result = inLayout(derived, layout);
  if (!result)
    throw new NablaError(
      "unsupported",
      `the chain style multiplies matrices; this derivative has ${derived.order} axes`,
      {
        got: `${derived.order} axes`,
        want: "a derivative with at most two axes",
        hint: 'style "index" writes it entry by entry',
      },
    );
  if (derived !== proved) prove(derived);
  const page = new ChainPage(graph, layout);
  const { steps, asides } = isScalar(full.shape) ? scalarPage(page) : (jacobianChain(page) ?? direct(page, result));
  const conditions = [...new Set([...derived.conditions, ...steps.flatMap((s) => s.conditions)])];
  const names = [...graph.constants, ...graph.stages, ...page.aliases];
  return { steps, asides, result, names, name: graph.name, upstream: [...page.upstream.values()], conditions };
}

/** The page of a derivative with three axes or more, entry by entry. */
export function chainTensorSteps(problem: ChainProblem): ChainEntries & Pick<ChainDerivation, "names" | "name"> {
  const { f, lets, x, layout, outputName, taken = [], proved } = problem;
  const graph = chainGraph(f, lets, x, { outputName, taken });
  const full = writtenOut(graph.f, graph);
  const derived = proved?.of === full ? proved : derivative(full, [x]);
  const made = chainEntries(new ChainPage(graph, layout), derived);
  const names = [...graph.constants, ...graph.stages, { symbol: graph.name, value: graph.f }];
  return { ...made, names, name: graph.name };
}

function scalarPage(page: ChainPage): { steps: readonly Step[]; asides: readonly Aside[] } {
  const numbers = [page.graph.x, ...page.graph.stages.map((s) => s.symbol)].every((s) => isScalar(s.shape));
  return (numbers ? jacobianChain(page) : undefined) ?? singleChain(page) ?? upstreamChain(page);
}

/** Jacobians are of columns: for a vector f, named matrices and rows are written out. */
function flattened(graph: ChainGraph): ChainGraph {
  if (isScalar(graph.f.shape)) return graph;
  const flat = (l: Let): boolean => isColumn(l.symbol.shape) || isScalar(l.symbol.shape);
  if (graph.stages.every(flat)) return graph;
  const gone = graph.stages.filter((l) => !flat(l));
  const open = (e: Expr): Expr =>
    [...gone].reverse().reduce((out, l) => substitute(out, new Map([[l.symbol, l.value]])), e);
  const stages = graph.stages.filter(flat).map((l) => ({ symbol: l.symbol, value: open(l.value) }));
  return { ...graph, f: open(graph.f), stages };
}

/** Nothing to chain: the derivative in one line. */
function direct(page: ChainPage, result: Expr): { steps: readonly Step[]; asides: readonly Aside[] } {
  const { name, x, f } = page.graph;
  const shape = isColumn(f.shape) ? "" : isRow(f.shape) ? "row" : "matrix";
  const step = page.step({
    rule: "chain/direct",
    chips: ["derivative"],
    cites: [cite("notes", isScalar(x.shape) ? "(1)" : "(2)")],
    note: shape ? `\\text{a ${shape}: no product of Jacobians}` : "\\text{no intermediate on the way}",
    by: x,
    left: partial(name, x, page.layout),
    right: [whole(result)],
  });
  return { steps: [page.namesStep(), step], asides: [] };
}
