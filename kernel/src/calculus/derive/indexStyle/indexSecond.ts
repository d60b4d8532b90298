/**
 * A second derivative in the index style: the page of the gradient, then its last line differentiated once more by an
 * entry of the second variable, product rule on entries, δ and contraction, and ∂²f/∂x_k∂x_l read back as a matrix. By the same
 * variable twice a line exchanges the indices: the Hessian is symmetric.
 */
import type { Derivative } from "../../core/derivation.js";
import { containing, type Expr } from "../../core/expr.js";
import type { EntryNode, IndexName, IndexNode } from "../../core/indexLine.js";
import type { Let, Step } from "../../core/step.js";
import { build as b } from "../../ops/build.js";
import { sites as sitesFor } from "../../verify/checkStep.js";
import { derivative } from "../closed.js";
import { withoutLets } from "../lineState.js";
import { SEEDS } from "../prove.js";
import { IndexChecker } from "./indexCheck.js";
import { contract } from "./indexContract.js";
import { type ExpandContext, expand, movesWith } from "./indexExpand.js";
import { IndexLines } from "./indexLines.js";
import { freeIndices, secondIndices, takenNames } from "./indexNames.js";
import { bareProblem, byAxes, type IndexOptions, type IndexProblem, indexProblem } from "./indexProblem.js";
import { type IndexDerivation, matrixStep, resultOf } from "./indexResult.js";
import { indexSteps } from "./indexSteps.js";
import {
  boundNames,
  entryOf,
  isZeroNode,
  partial,
  product,
  rebuildTree,
  rename,
  sum,
  treeKey,
  ZERO,
} from "./indexTree.js";

/**
 * The derivation of ∂²f/∂x∂y in coordinates; every line was evaluated for all values of its indices at two points.
 * @param f any expression; may speak of `options.lets`
 * @param wrt the variables in the order of differentiation
 */
export function indexSecondSteps(f: Expr, wrt: readonly [Expr, Expr], options: IndexOptions = {}): IndexDerivation {
  const [x, y] = wrt;
  const written = withoutLets(options.lets ?? [], f);
  const gradient = derivative(written, [x], { facts: false });
  const result = derivative(written, [x, y]);
  const taken = takenNames([f, x, y, ...(options.lets ?? []).flatMap((l) => [l.symbol, l.value])]);
  const letters = freeIndices(f, x, taken).variable;
  const by = secondIndices(y, letters, taken);
  if (gradient.index.terms.length === 0) return zeroSecond(written, wrt, by, { ...options, result: gradient });
  const first = indexProblem(f, x, {
    ...options,
    result: gradient,
    indices: letters.map((i) => i.name),
    reserved: by.map((i) => i.name),
  });
  const lines = new IndexLines(first);
  lines.run();
  const between = lines.isLossChain ? undefined : matrixStep(first);
  const problem = secondProblem({ first, last: lines.last(), y, by, result, options });
  const more = new IndexLines(problem, { isSecond: true, defined: lines.defined });
  more.run();
  const last = more.last();
  const steps = [
    ...lines.steps,
    ...listed(between),
    ...more.steps,
    ...(x === y && !isZeroNode(last) ? listed(symmetryStep(problem, first, last)) : []),
    ...listed(isZeroNode(last) ? undefined : matrixStep(problem)),
  ];
  const whole: readonly Let[] = first.name === first.f ? [] : [{ symbol: first.name, value: first.f }];
  return { steps, asides: [], names: [...first.lets, ...whole], free: problem.all, ...resultOf(problem, last) };
}

/** Nothing moves with x: two lines that say so. */
function zeroSecond(
  f: Expr,
  [x, y]: readonly [Expr, Expr],
  by: readonly IndexName[],
  options: IndexOptions,
): IndexDerivation {
  const { steps, asides, names } = indexSteps(f, x, options);
  const first = bareProblem(f, x, options);
  const named: readonly Let[] = first.name === first.f ? [] : [{ symbol: first.name, value: first.f }];
  const result = derivative(f, [x, y]);
  const problem: IndexProblem = {
    ...first,
    x: y,
    free: { output: first.all, variable: by },
    all: [...first.all, ...by],
    left: partial(first.left, first.context.by),
    head: { kind: "head", form: "second", of: first.name, by: x, and: y, indices: [] },
    context: { ...first.context, by: entryOf(y, by) },
    result,
    check: new IndexChecker({ x: y, lets: named, result, sites: sitesFor([f], [x, y], SEEDS) }),
  };
  const left = partial(problem.left, problem.context.by);
  const last: Step = {
    rule: "constant",
    chips: ["constant"],
    cites: [],
    note: "\\text{the derivative of 0}",
    body: { kind: "index", left, right: [ZERO], where: [] },
    conditions: [],
    shape: "",
    check: problem.check.equal("constant", left, ZERO, problem.all),
  };
  return { steps: [...steps, last], asides, names, free: problem.all, ...resultOf(problem, ZERO) };
}

const listed = (step: Step | undefined): Step[] => (step ? [step] : []);

interface Second {
  readonly first: IndexProblem;
  /** The last line of the first derivative. */
  readonly last: IndexNode;
  readonly y: Expr;
  readonly by: readonly IndexName[];
  readonly result: Derivative;
  readonly options: IndexOptions;
}

/** What the second half starts from: the last line of the first, with everything that y moves opened. */
function secondProblem({ first, last, y, by, result, options }: Second): IndexProblem {
  const { lets, context, name, f, x, written } = first;
  const moving = new Set([y]);
  for (const l of lets) if (containing(l.value, (e) => moving.has(e)).size > 0) moving.add(l.symbol);
  const output = first.all;
  const all = [...output, ...by];
  const own = { moving, taken: context.taken };
  const parts = [written, ...(result.matrix ? [result.matrix] : [])];
  const sites = options.sites ?? sitesFor(parts, [...new Set([x, y])], SEEDS);
  const named: readonly Let[] = name === f ? [] : [{ symbol: name, value: f }];
  return {
    ...first,
    x: y,
    free: { output, variable: by },
    all,
    left: partial(first.left, context.by),
    head: { kind: "head", form: "second", of: name, by: x, and: y, indices: [] },
    expansion: opened(gradients(last), new Set(all.map((i) => i.name)), own),
    context: { ...own, by: entryOf(y, by), used: new Set() },
    result,
    check: new IndexChecker({ x: y, lets: [...lets, ...named], result, sites }),
  };
}

/** ∂L/∂y_i of an abstract L is an entry of its gradient, which can be differentiated again. */
function gradients(n: IndexNode): IndexNode {
  if (n.kind === "partial" && n.of.kind === "entry" && n.by.kind === "entry" && n.of.expr.op === "scalarfn") {
    const L = n.of.expr;
    return entryOf(b.op("scalarfn", [L.args[0]!], { ...L.attrs, order: 1 }), n.by.indices);
  }
  return rebuildTree(n, gradients);
}

/** Entries that did not move with the first variable and do with the second one are written out. */
function opened(n: IndexNode, used: ReadonlySet<string>, context: ExpandContext): IndexNode {
  const plus = (more: readonly string[]): ReadonlySet<string> => new Set([...used, ...more]);
  switch (n.kind) {
    case "entry":
      return movesWith(n.expr, context) ? writtenEntry(n, used, context) : n;
    case "sum":
      return contract(sum(n.index, opened(n.body, plus([n.index.name]), context)));
    case "product":
      return product(
        ...n.factors.map((f, at) => opened(f, plus(n.factors.filter((_, k) => k !== at).flatMap(boundNames)), context)),
      );
    default:
      return rebuildTree(n, (c) => opened(c, plus(boundNames(n)), context));
  }
}

function writtenEntry(n: EntryNode, used: ReadonlySet<string>, context: ExpandContext): IndexNode {
  if (context.moving.has(n.expr) || n.expr.op === "scalarfn") return n;
  return expand(n.expr, ...byAxes(n.expr, n.indices), used, context);
}

/** The indices exchanged: the same numbers. */
function symmetryStep(problem: IndexProblem, first: IndexProblem, last: IndexNode): Step | undefined {
  const [rows, cols] = [first.free.variable, problem.free.variable];
  if (rows.length === 0 || first.free.output.length > 0) return undefined;
  const exchanged = exchange(last, rows, cols);
  const left = exchange(partial(problem.left, problem.context.by), rows, cols);
  const pairs = rows.map((i, n) => `${i.name}\\leftrightarrow ${cols[n]!.name}`).join(",\\ ");
  const same = treeKey(exchanged) === treeKey(last) ? "the same line" : "the same number";
  return {
    rule: "index/symmetric",
    chips: ["symmetric"],
    cites: [],
    note: `${pairs}\\text{ gives ${same}: the Hessian is symmetric}`,
    body: { kind: "index", left, right: [exchanged], where: [], ranges: false },
    conditions: [],
    shape: "",
    check: problem.check.derivativeLine("index/symmetric", [exchanged], problem.all),
  };
}

function exchange(n: IndexNode, rows: readonly IndexName[], cols: readonly IndexName[]): IndexNode {
  const spare = (i: IndexName): IndexName => ({ ...i, name: `·${i.name}` });
  const moved = rows.reduce((t, i) => rename(t, i.name, spare(i)), n);
  const half = cols.reduce((t, j, k) => rename(t, j.name, { ...j, name: rows[k]!.name }), moved);
  return rows.reduce((t, i, k) => rename(t, spare(i).name, { ...i, name: cols[k]!.name }), half);
}
