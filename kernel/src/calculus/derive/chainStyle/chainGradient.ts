/**
 * A second derivative as the chain of the first one: the page of ∂f/∂x, the name g for it, the page of ∂g/∂y, and the
 * line that says ∂²f/∂x∂y with its axes in words. g has the shape of x whatever the layout; of a column f it is the
 * Jacobian. Errors: `unsupported` where ∂f/∂x has too many axes to be named as a matrix.
 */
import type { Derivative } from "../../core/derivation.js";
import { NablaError } from "../../core/errors.js";
import type { Expr } from "../../core/expr.js";
import { isMatrix, isScalar } from "../../core/shape.js";
import type { Let } from "../../core/step.js";
import { nameOf, symbol } from "../../ops/leaves.js";
import { sites } from "../../verify/checkStep.js";
import { derivative } from "../closed.js";
import { inLayout } from "../layout.js";
import { withoutLets } from "../lineState.js";
import { SEEDS } from "../prove.js";
import { type ChainFirst, type ChainProblem, chainFirst } from "./chain.js";
import type { ChainEntries } from "./chainEntries.js";
import { type ChainGraph, chainGraph, type Naming } from "./chainGraph.js";
import { nameThatIsFree } from "./chainNames.js";
import { ChainPage } from "./chainPage.js";
import { isElementwise } from "./chainRules.js";
import { withLastEntries, zeroEntries } from "./chainSecondEntries.js";
import { ownLayout, type Second, withLastLine, withName, zeroLine } from "./chainSecondLines.js";
import { findStages } from "./chainStages.js";

export interface ChainGradientProblem extends ChainProblem {
  /** The second variable; `proved` is the second derivative. */
  readonly y: Expr;
}

export interface ChainGradient extends Pick<ChainFirst, "steps" | "asides" | "names"> {
  /** The boxed result where no layout applies. */
  readonly boxed?: ChainEntries["boxed"];
  readonly beside?: ChainEntries["beside"];
}

export function chainGradientSteps(problem: ChainGradientProblem): ChainGradient {
  const { f, lets, x, y, layout, outputName, proved } = problem;
  const written = withoutLets(lets, f);
  const inner = derivative(written, [x], { facts: false });
  const gradient = matrixOf(inner);
  const result = proved ?? derivative(written, [x, y]);
  const first = chainFirst({ f, lets, x, layout, ...(outputName ? { outputName } : {}) });
  const letter = isMatrix(gradient.shape) ? (isScalar(f.shape) ? "G" : "J") : "g";
  const taken = [x, y, gradient, first.name, ...first.upstream, ...first.names.flatMap((l) => [l.symbol, l.value])];
  const g = symbol(nameThatIsFree([letter], taken, isScalar(gradient.shape)), gradient.shape);
  const known = new Set([g, first.name, ...first.names.map((l) => l.symbol)]);
  const parts = [written, gradient, ...(result.matrix ? [result.matrix] : [])];
  const at = sites(parts, [...new Set([x, y])], SEEDS);
  const second = (more: readonly Let[]): Second => ({
    ...{ output: first.name, x, y, layout, inner, result, g, gradient, known, at },
    names: [...first.names, ...more.filter((l) => !known.has(l.symbol))],
  });
  const naming = { outputName: nameOf(g), taken: [...taken, g] };
  const graph = graphOfGradient(gradient, first, y, naming);
  const inNames = [...graph.constants, ...graph.stages];
  if (result.index.terms.length === 0) {
    const told = second(inNames);
    const named = withName(told, first.steps, new ChainPage(graph, layout).namesStep());
    const zero = result.order > 2 ? zeroEntries(told) : zeroLine(told);
    return { asides: first.asides, steps: [...named, zero], names: told.names };
  }
  const next = chainFirst({ f: gradient, lets: inNames, x: y, layout, ...naming });
  const told = second(next.names);
  const [names, ...lines] = next.steps;
  const end = next.entries
    ? withLastEntries(told, { ...next.entries, steps: lines })
    : { steps: withLastLine(told, lines, next.result!) };
  return {
    ...end,
    steps: [...withName(told, first.steps, names!), ...end.steps],
    asides: [...first.asides, ...next.asides],
    names: told.names,
  };
}

/** The first derivative in the layout in which it gets a name. */
function matrixOf(inner: Derivative): Expr {
  const matrix = inLayout(inner, ownLayout(inner));
  if (matrix) return matrix;
  throw new NablaError("unsupported", `∂f/∂${nameOf(inner.wrt[0]!)} has ${inner.order} axes and no name as a matrix`, {
    got: `${inner.order} axes`,
    want: "a first derivative with at most two axes",
    hint: 'style "index" writes it entry by entry',
  });
}

/** In the names of the first page; where none of them leads to y, those on the way to it are found anew. */
function graphOfGradient(gradient: Expr, { names, name }: ChainFirst, y: Expr, naming: Naming): ChainGraph {
  const own = names.filter((l) => l.symbol !== name);
  const graph = chainGraph(gradient, own, y, naming);
  const { constants, stages } = graph;
  if (stages.length === 0) {
    const found = chainGraph(graph.f, [], y, naming);
    return { ...found, constants: [...constants, ...found.constants] };
  }
  const more = refined(stages, y, naming.taken ?? []);
  return more.length > stages.length ? chainGraph(gradient, [...constants, ...more], y, naming) : graph;
}

/** A stage that y reaches through functions applied entry by entry has names for these too: c = W₂σ(W₁x). */
function refined(stages: readonly Let[], y: Expr, taken: readonly Expr[]): readonly Let[] {
  const given: Expr[] = [...taken];
  return stages.flatMap((l) => {
    const { f, lets } = findStages(l.value, y, given);
    if (!lets.some(({ value }) => isElementwise(value))) return [l];
    given.push(...lets.map((n) => n.symbol));
    return [...lets, { symbol: l.symbol, value: f }];
  });
}
