/**
 * Where the coordinates of an expression are too long to be written by hand: the differential, its index form, and
 * the coefficient of dX_kl, which is the derivative. Where that is too long as well there is no page.
 */

import { cite } from "../../core/cite.js";
import { type Expr, treeSize } from "../../core/expr.js";
import type { IndexForm } from "../../core/indexForm.js";
import type { IndexNode } from "../../core/indexLine.js";
import type { Step } from "../../core/step.js";
import { d } from "../../ops/leaves.js";
import { simplify } from "../../simplify/rewrite.js";
import { checkDifferential } from "../../verify/checkDifferential.js";
import { sites as sitesFor } from "../../verify/checkStep.js";
import { derivative } from "../closed.js";
import { linearise } from "../linearise.js";
import { withoutLets } from "../lineState.js";
import { SEEDS } from "../prove.js";
import { contract, deltas } from "./indexContract.js";
import { formTree } from "./indexDiff.js";
import { NODE_CAP, sums, TOO_LONG } from "./indexExpand.js";
import { freshIndex, takenNames } from "./indexNames.js";
import { bareProblem, type IndexOptions } from "./indexProblem.js";
import { type IndexDerivation, matrixStep, resultOf } from "./indexResult.js";
import { boundNames, entryOf, partial, product, rename, treeKey } from "./indexTree.js";

export function coefficientLines(start: Expr, x: Expr, options: IndexOptions): IndexDerivation {
  const f = withoutLets(options.lets ?? [], start);
  const result = options.result ?? derivative(f, [x]);
  if (partsOf(result.index) > NODE_CAP || factorSize(result.index) > LONGEST_FACTORS) throw TOO_LONG;
  const problem = bareProblem(f, x, { ...options, result });
  const { all, free, check } = problem;
  const known = new Map(result.index.free.map((index, n) => [index.id, all[n]!]));
  const names = new Set(all.map((i) => i.name));
  const last = formTree(result.index, known, names, problem.context.taken);
  const steps: Step[] = [differentialLine(f, x)];
  const add = (rule: string, chip: string, note: string, side: IndexNode, first: boolean): void => {
    const left = partial(problem.left, problem.context.by);
    steps.push({
      rule,
      chips: [chip],
      cites: [cite("carson", "§0.1")],
      note,
      body: { kind: "index", ...(first ? { left } : {}), right: [side], where: [] },
      conditions: [],
      shape: "",
      check: check.derivativeLine(rule, [side], all),
    });
  };
  const used = new Set([...names, ...boundNames(last)]);
  const summed = free.variable.map((i) => {
    const fresh = freshIndex(i.dim, used, problem.context.taken);
    used.add(fresh.name);
    return fresh;
  });
  if (summed.length > 0) {
    const coefficient = free.variable.reduce<IndexNode>((t, i, n) => rename(t, i.name, summed[n]!), last);
    const own = partial(entryOf(x, summed), problem.context.by);
    const open = sums(summed, product(coefficient, own));
    add("index/linear", "index form", "\\text{the differential in index form, } dX\\text{ by }\\partial X", open, true);
    if (treeKey(contract(deltas(open, x))) !== treeKey(open))
      add("index/contract", "contract δ", "\\text{the coefficient of the differential}", last, false);
  } else add("index/coefficient", "coefficient", "\\text{the coefficient of the differential}", last, true);
  const matrix = matrixStep(problem);
  const { result: boxed, reading } = resultOf(problem, last);
  return {
    steps: matrix ? [...steps, matrix] : steps,
    asides: [],
    names: problem.name === f ? [] : [{ symbol: problem.name, value: f }],
    free: all,
    result: boxed,
    reading,
  };
}

/** Nodes of all factors as they are written out: a page of text. */
const LONGEST_FACTORS = 4000;

const factorSize = ({ terms }: IndexForm): number =>
  terms.reduce((n, t) => n + t.factors.reduce((m, f) => m + treeSize(f.expr), 0), 0);

/** Parts of the line that an index form becomes. */
const partsOf = ({ terms }: IndexForm): number =>
  terms.reduce((n, t) => n + 1 + t.factors.length + t.deltas.length + t.summed.length, 0);

/** dF as the engine has it. */
function differentialLine(f: Expr, x: Expr): Step {
  const dF = simplify(linearise(f, new Set([x])), { frozen: takenNames([f, x]) }).expr;
  const maxRelError = checkDifferential(f, dF, [x], sitesFor([f, dF], [x], SEEDS));
  return {
    rule: "index/differential",
    chips: ["differential"],
    cites: [cite("notes", "§1")],
    note: "",
    body: { kind: "index", left: { kind: "matrix", expr: d(f) }, right: [{ kind: "matrix", expr: dF }], where: [] },
    conditions: [],
    shape: "",
    check: { seed: SEEDS[0]!, maxRelError },
  };
}
