/** What an index derivation starts from: named parts, letters, the name of the whole expression, its expansion. */
import type { Derivative } from "../../core/derivation.js";
import type { Expr } from "../../core/expr.js";
import type { EntryNode, IndexDefinition, IndexHead, IndexName, IndexNode } from "../../core/indexLine.js";
import { axes, isMatrix, isScalar } from "../../core/shape.js";
import type { Layout, Let } from "../../core/step.js";
import { nameOf } from "../../ops/leaves.js";
import { type Site, sites as sitesFor } from "../../verify/checkStep.js";
import { derivative } from "../closed.js";
import { withoutLets } from "../lineState.js";
import { freshSymbol } from "../names.js";
import { SEEDS } from "../prove.js";
import { IndexChecker } from "./indexCheck.js";
import type { DiffContext } from "./indexDiff.js";
import { expand, given } from "./indexExpand.js";
import { type FreeIndices, freeIndices, takenNames } from "./indexNames.js";
import { type IndexParts, indexParts } from "./indexParts.js";
import { boundNames, children, entryOf } from "./indexTree.js";

export interface IndexOptions {
  readonly layout?: Layout;
  /** The user's named intermediates, in order; `f` may speak of them. */
  readonly lets?: readonly Let[];
  /** A symbol that stands for the whole expression on the page. */
  readonly name?: Expr;
  /** Letters of the variable's indices in place of k, l. */
  readonly indices?: readonly string[];
  /** Letters that a later line needs: no sum on the page has them. */
  readonly reserved?: readonly string[];
  /** The engine's answer, when the caller has it. */
  readonly result?: Derivative;
  readonly sites?: readonly Site[];
}

export interface IndexProblem {
  /** As given, and in terms of the named parts. */
  readonly written: Expr;
  readonly f: Expr;
  readonly x: Expr;
  readonly layout: Layout;
  readonly lets: readonly Let[];
  /** What stands for f on the page: a symbol, or f itself where it is short. */
  readonly name: Expr;
  readonly free: FreeIndices;
  readonly all: readonly IndexName[];
  /** What the lines differentiate: an entry of f, or of its first derivative. */
  readonly left: IndexNode;
  /** Left-hand side of the matrix form, where it is not ∇f or ∂f/∂x. */
  readonly head?: IndexHead;
  readonly expansion: IndexNode;
  readonly context: DiffContext;
  readonly result: Derivative;
  readonly check: IndexChecker;
}

export function indexProblem(start: Expr, x: Expr, options: IndexOptions): IndexProblem {
  const parts = indexParts(start, x, options.lets ?? [], ...(options.name ? [options.name] : []));
  return problemOf(start, x, options, parts, (f, row, col, used, context) => expand(f, row, col, used, context));
}

/** The same without named parts and without an expansion: f is written out and stays whole. */
export function bareProblem(f: Expr, x: Expr, options: IndexOptions): IndexProblem {
  return problemOf(f, x, options, { f, lets: [] }, (_f, row, col) => entryOf(f, given(row, col)));
}

function problemOf(
  start: Expr,
  x: Expr,
  options: IndexOptions,
  { f, lets }: IndexParts,
  expansionOf: typeof expand,
): IndexProblem {
  const written = withoutLets(options.lets ?? [], start);
  const result = options.result ?? derivative(written, [x]);
  const everything = [f, x, ...lets.flatMap((l) => [l.symbol, l.value])];
  const candidate = options.name ?? nameFor(f, everything);
  const taken = takenNames([...everything, candidate]);
  const free = freeIndices(f, x, taken, options.indices);
  const all = [...free.output, ...free.variable];
  const context: DiffContext = {
    moving: new Set([x, ...lets.map((l) => l.symbol)]),
    taken: new Set([...taken, ...(options.reserved ?? [])]),
    by: entryOf(x, free.variable),
    used: new Set(),
  };
  const [row, col] = byAxes(f, free.output);
  const expansion = expansionOf(f, row, col, new Set(all.map((i) => i.name)), context);
  const whole = expansion.kind === "entry" && expansion.expr === f;
  const own = whole && f.op !== "softmax" && (f.op === "symbol" || lets.length + f.args.length < 2);
  const name = own && !options.name ? f : candidate;
  const at = options.sites ?? sitesFor([written, ...(result.matrix ? [result.matrix] : [])], [x], SEEDS);
  const named: readonly Let[] = name === f ? [] : [{ symbol: name, value: f }];
  return {
    written,
    f,
    x,
    layout: options.layout ?? "denominator",
    lets,
    name,
    free,
    all,
    left: entryOf(name, free.output),
    expansion,
    context,
    result,
    check: new IndexChecker({ x, lets: [...lets, ...named], result, sites: at }),
  };
}

const MATRIX = ["A", "Y", "F", "P", "Q", "M", "S", "H"];

function nameFor(f: Expr, avoid: readonly Expr[]): Expr {
  if (f.op === "scalarfn" && f.attrs.order === 0) return f;
  const letters = isMatrix(f.shape) ? MATRIX : isScalar(f.shape) ? ["f", "g", "h"] : ["y", "f", "z"];
  return freshSymbol(letters, f.shape, ...avoid);
}

/** Indices of an expression by axis: row, then column. */
export function byAxes(e: Expr, indices: readonly IndexName[]): [IndexName | undefined, IndexName | undefined] {
  if (axes(e.shape).length === 2) return [indices[0], indices[1]];
  return e.shape.rows.key === "1" ? [undefined, indices[0]] : [indices[0], undefined];
}

/** Definitions of the named parts that a line is the first to speak of. */
export function definitions(sides: readonly IndexNode[], problem: IndexProblem, known: Set<Expr>): IndexDefinition[] {
  const found: IndexDefinition[] = [];
  const visit = (n: IndexNode): void => {
    if (n.kind === "entry") define(n);
    for (const c of children(n)) visit(c);
  };
  const define = (left: EntryNode): void => {
    const part = problem.lets.find((l) => l.symbol === left.expr);
    if (!part || known.has(part.symbol)) return;
    known.add(part.symbol);
    const used = new Set([...[...problem.all, ...left.indices].map((i) => i.name), ...sides.flatMap(boundNames)]);
    const right = expand(part.value, ...byAxes(part.value, left.indices), used, problem.context);
    problem.check.equal(`definition of ${nameOf(part.symbol)}`, left, right, left.indices);
    found.push({ left, right });
  };
  for (const side of sides) visit(side);
  return found;
}
