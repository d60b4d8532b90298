/**
 * The derivative of an expression by one or two variables: index form always, matrix form where the order is at most
 * two and one exists, Kronecker form for higher orders. Layout-free: `matrix` is ∂F/∂X with the variable's axes first
 * for gradients (denominator layout) and `layout.ts` transposes.
 */
import type { Arrangement, Derivative } from "../core/derivation.js";
import { NablaError } from "../core/errors.js";
import { type Expr, topological, treeSize } from "../core/expr.js";
import type { Index, IndexForm, Term } from "../core/indexForm.js";
import { axes, isColumn, isMatrix, isRow, isScalar, timesDim } from "../core/shape.js";
import { build as b, substitute } from "../ops/build.js";
import { d, factsOf, isSymbol, nameOf } from "../ops/leaves.js";
import { simplify } from "../simplify/rewrite.js";
import { type Axes, axesOf, expandEntry, indexLinear, listAxes, normalise } from "./indexed.js";
import { kroneckerForm } from "./kroneckerForm.js";
import { linearise } from "./linearise.js";
import { pullGradient, pullJacobian } from "./pullback.js";
import { readMatrix } from "./readback.js";
import { vecMap } from "./vecMap.js";

export interface DerivativeOptions {
  /** Use declared facts in the answer (the default); a page takes each as a step of its own. */
  readonly facts?: boolean;
}

const frozenBy = (wrt: readonly Expr[]): ReadonlySet<string> => new Set(wrt.map(nameOf));

export function derivative(f: Expr, wrt: readonly Expr[], options: DerivativeOptions = {}): Derivative {
  for (const x of wrt)
    if (!isSymbol(x)) throw new NablaError("bad_argument", "differentiate by a symbol", { want: "a declared symbol" });
  const fixed = wrt.find((x) => factsOf(x).includes("constant"));
  if (fixed)
    throw new NablaError("bad_argument", `${nameOf(fixed)} is declared constant: nothing is differentiated by it`, {
      got: nameOf(fixed),
      want: "a variable without the fact constant",
    });
  const unused = options.facts === false ? allNames(f, wrt) : undefined;
  if (wrt.length === 1) return first(f, wrt[0]!, unused);
  if (wrt.length === 2) return second(f, wrt[0]!, wrt[1]!, unused);
  throw new NablaError("bad_argument", `expected one or two variables to differentiate by, got ${wrt.length}`, {
    want: "1 or 2",
    got: String(wrt.length),
  });
}

const allNames = (f: Expr, wrt: readonly Expr[]): ReadonlySet<string> =>
  new Set(
    topological(f, ...wrt)
      .filter(isSymbol)
      .map(nameOf),
  );

/** `unused`: names whose facts stay out of the answer too. */
function first(f: Expr, x: Expr, unused?: ReadonlySet<string>): Derivative {
  const frozen = unused ?? frozenBy([x]);
  const F = simplify(f, { frozen });
  const dF = simplify(linearise(F.expr, new Set([x])), { frozen });
  const conditions = new Set([...F.conditions, ...dF.conditions]);
  const tidy = (e: Expr): Expr => {
    const s = simplify(e, unused ? { frozen: unused } : {});
    for (const c of s.conditions) conditions.add(c);
    return s.expr;
  };
  const out = axesOf(f);
  const variable = axesOf(x);
  const order = axes(f.shape).length + axes(x.shape).length;
  const index = (): IndexForm => indexLinear(dF.expr, d(x), out, variable);
  const done = (arrangement: Arrangement | undefined, matrix: Expr | undefined): Derivative => {
    const form = matrix && arrangement ? indexOfMatrix(matrix, arrangement, out, variable) : index();
    const kron = order > 2 ? shortest([kroneckerForm(form, out, variable), vecMap(dF.expr, d(x))], tidy) : undefined;
    return {
      of: f,
      wrt: [x],
      order,
      arrangement,
      matrix,
      kronecker: kron ?? (order > 2 && form.terms.length === 0 ? b.zeros(unfoldedShape(f, x)) : undefined),
      index: form,
      conditions: [...conditions],
    };
  };
  if (order > 2) return done(undefined, undefined);
  if (isScalar(f.shape)) {
    const G = pullGradient(dF.expr, d(x)) ?? readMatrix(index(), variable.row, variable.col, b.zeros(x.shape));
    return done(isScalar(x.shape) ? "scalar" : "gradient", tidy(fit(G ?? b.zeros(x.shape), x)));
  }
  if (isScalar(x.shape)) {
    const form = index();
    const direct = byScalar(dF.expr, x);
    return done(
      "by-scalar",
      direct ? tidy(direct) : orUndefined(readMatrix(form, out.row, out.col, b.zeros(f.shape)), tidy),
    );
  }
  const C = pullJacobian(dF.expr, d(x));
  const rows = out.row ?? out.col;
  // Where the products of entries are no product of matrices, as in v'∘(tanh(vv')A tanh(vv')), vec writes them.
  const J = C
    ? b.transpose(C)
    : (readMatrix(index(), rows, variable.row ?? variable.col, b.zeros(jacobianShape(f, x))) ?? vecMap(dF.expr, d(x)));
  return done("jacobian", orUndefined(J, tidy));
}

/** Longer than this is nothing to read. */
const LONGEST_VEC = 4000;

/** The simplified candidate that is shortest on the page; a Kronecker product counts as 3 more, ones as 5. */
function shortest(candidates: readonly (Expr | undefined)[], tidy: (e: Expr) => Expr): Expr | undefined {
  const cost = (e: Expr): number =>
    topological(e).reduce((sum, n) => sum + (n.op === "kron" ? 3 : n.op === "ones" ? 5 : 0), treeSize(e));
  const made = candidates.filter((e) => e !== undefined).filter((e) => treeSize(e) <= LONGEST_VEC);
  return made.map(tidy).reduce<Expr | undefined>((best, e) => (best && cost(best) <= cost(e) ? best : e), undefined);
}

const unfoldedShape = (f: Expr, x: Expr) => ({
  rows: timesDim(f.shape.rows, f.shape.cols),
  cols: timesDim(x.shape.rows, x.shape.cols),
});

const orUndefined = (e: Expr | undefined, then: (e: Expr) => Expr): Expr | undefined => e && then(e);

const lengthOf = (e: Expr) => (isColumn(e.shape) ? e.shape.rows : e.shape.cols);
const jacobianShape = (f: Expr, x: Expr) => ({ rows: lengthOf(f), cols: lengthOf(x) });

/** A gradient read back as a column or row takes the shape of the variable. */
const fit = (G: Expr, x: Expr): Expr =>
  G.shape.rows.key === x.shape.rows.key && G.shape.cols.key === x.shape.cols.key ? G : b.transpose(G);

/** dF = M dt: with dt = 1 the differential is the derivative. */
function byScalar(dF: Expr, t: Expr): Expr | undefined {
  return substituteLeaf(dF, d(t), b.number(1));
}

function second(f: Expr, x: Expr, y: Expr, unused?: ReadonlySet<string>): Derivative {
  // No fact about a variable before the last differentiation.
  const inner = first(f, x, unused ?? frozenBy([x, y]));
  const order = axes(f.shape).length + axes(x.shape).length + axes(y.shape).length;
  if (inner.matrix && isScalar(f.shape)) {
    // Facts about the variables were not used inside; the gradient is taken unsimplified by them.
    const G = frozenGradient(f, x, unused ?? frozenBy([x, y]));
    const outer = first(G, y, unused);
    const index: IndexForm = outer.index;
    const base = {
      of: f,
      wrt: [x, y],
      order,
      index,
      conditions: [...new Set([...inner.conditions, ...outer.conditions])],
    };
    if (order > 2) return { ...base, arrangement: undefined, matrix: undefined, kronecker: outer.kronecker };
    const arrangement: Arrangement =
      isScalar(x.shape) && isScalar(y.shape)
        ? "scalar"
        : isMatrix(x.shape) || isMatrix(y.shape)
          ? "gradient"
          : "hessian";
    // A Hessian has the axis of x down and that of y across, also where one of them has none.
    const turns =
      arrangement === "hessian" && (isScalar(x.shape) ? isColumn(y.shape) : isScalar(y.shape) && isRow(x.shape));
    // The Hessian by one variable is its own transpose.
    const plain = x === y && outer.matrix?.op === "transpose" ? outer.matrix.args[0]! : outer.matrix;
    const turned = plain && turns ? simplify(b.transpose(plain), unused ? { frozen: unused } : {}) : undefined;
    const conditions = [...new Set([...base.conditions, ...(turned?.conditions ?? [])])];
    return { ...base, conditions, arrangement, matrix: turned?.expr ?? plain, kronecker: undefined };
  }
  const byScalar = isScalar(x.shape) ? inner : isScalar(y.shape) ? first(f, y, unused ?? frozenBy([x, y])) : undefined;
  if (byScalar?.matrix) {
    // ∂F/∂t has the shape of F: what is left is a first derivative of it, in the same axes.
    const outer = first(byScalar.matrix, isScalar(x.shape) ? y : x, unused);
    const conditions = [...new Set([...inner.conditions, ...outer.conditions])];
    return { ...outer, of: f, wrt: [x, y], kronecker: isScalar(y.shape) ? undefined : outer.kronecker, conditions };
  }
  if (inner.matrix) {
    // Rows of the Jacobian are outputs: its index form has the axes of the output, of x and of y in order.
    const outer = first(inner.matrix, y, unused);
    const conditions = [...new Set([...inner.conditions, ...outer.conditions])];
    return { ...outer, of: f, wrt: [x, y], arrangement: undefined, matrix: undefined, conditions };
  }
  return {
    of: f,
    wrt: [x, y],
    order,
    arrangement: undefined,
    matrix: undefined,
    kronecker: undefined,
    index: differentiateForm(inner.index, y, frozenBy([x, y])),
    conditions: inner.conditions,
  };
}

function frozenGradient(f: Expr, x: Expr, frozen: ReadonlySet<string>): Expr {
  const dF = simplify(linearise(simplify(f, { frozen }).expr, new Set([x])), { frozen }).expr;
  const variable = axesOf(x);
  const G =
    pullGradient(dF, d(x)) ??
    readMatrix(indexLinear(dF, d(x), axesOf(f), variable), variable.row, variable.col, b.zeros(x.shape)) ??
    b.zeros(x.shape);
  return simplify(fit(G, x), { frozen }).expr;
}

/** Product rule on an index form: every factor is differentiated in turn. */
function differentiateForm(form: IndexForm, y: Expr, frozen: ReadonlySet<string>): IndexForm {
  const variable = axesOf(y);
  const free = [...form.free, ...listAxes(variable)];
  const open: Parameters<typeof normalise>[0][number][] = [];
  for (const term of form.terms)
    term.factors.forEach((factor, n) => {
      const dE = simplify(linearise(factor.expr, new Set([y])), { frozen }).expr;
      const inner = indexLinear(dE, d(y), { row: factor.row, col: factor.col }, variable);
      const others = term.factors.filter((_, m) => m !== n);
      for (const t of inner.terms)
        open.push({
          coefficient: term.coefficient * t.coefficient,
          factors: [...others, ...t.factors],
          deltas: [...term.deltas, ...t.deltas],
          summed: [...term.summed, ...t.summed],
        });
    });
  return { free, terms: normalise(open, free) };
}

/** The index form of a matrix answer, its products split only where they fall apart. */
export function indexOfMatrix(matrix: Expr, arrangement: Arrangement, out: Axes, variable: Axes): IndexForm {
  const at: Axes =
    arrangement === "gradient"
      ? variable
      : arrangement === "by-scalar"
        ? out
        : arrangement === "jacobian"
          ? { row: out.row ?? out.col, col: variable.row ?? variable.col }
          : { row: undefined, col: undefined };
  const free: Index[] = [...listAxes(out), ...listAxes(variable)];
  const terms: Term[] = normalise(expandEntry(matrix, at, opened(matrix)), free);
  return { free, terms };
}

/** More products than this are not written out: a sum inside a product then stays one factor. */
const MOST_PRODUCTS = 200;

/** Which nodes of a matrix are written out, so that shared sums do not multiply: (1 − h₁²)∘(1 − h₂²)∘… has 2ᵏ products. */
function opened(matrix: Expr): (e: Expr) => boolean {
  const products = new Map<Expr, number>();
  const count = (e: Expr): number => {
    const below = e.args.map((a) => products.get(a)!);
    return !opens(e) ? 1 : below.reduce(e.op === "add" ? (s, n) => s + n : (p, n) => p * n, e.op === "add" ? 0 : 1);
  };
  for (const e of topological(matrix)) products.set(e, count(e));
  if (products.get(matrix)! <= MOST_PRODUCTS) return opens;
  return (e) => opens(e) && (e === matrix || e.op !== "add");
}

/** Sums, multiples, outer products, elementwise products and diagonals are written out; products stay whole. */
function opens(e: Expr): boolean {
  switch (e.op) {
    case "times":
    case "number":
    case "ones":
    case "zeros":
      return true;
    case "add":
      return !isScalar(e.shape) && e.args.some((a) => a.op !== "symbol" && !(a.op === "mul" && isColumn(a.shape)));
    case "eye":
      return true;
    case "hadamard":
      return true;
    case "diag":
      return isMatrix(e.shape);
    case "mul":
      return isMatrix(e.shape) && e.args.some((a, i) => i + 1 < e.args.length && a.shape.cols.key === "1");
    case "transpose":
      return opens(e.args[0]!) && e.args[0]!.op !== "add";
    default:
      return false;
  }
}

function substituteLeaf(root: Expr, leaf: Expr, by: Expr): Expr {
  return substitute(root, new Map([[leaf, by]]));
}
