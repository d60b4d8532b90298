/**
 * Shapes of a tree whose symbols are not all declared: the rules of the builders as equations between unknown
 * dimensions. What cannot hold under the kinds assumed makes the unifier inconsistent.
 */
import { dim, type Shape } from "../core/shape.js";
import { opOf } from "../ops/index.js";
import type { Item } from "./items.js";
import { onesWritten } from "./reading.js";
import type { Tree } from "./syntax.js";
import type { Term, Unifier } from "./unify.js";

export interface Sides {
  readonly rows: Term;
  readonly cols: Term;
}

export interface Unknowns {
  readonly unifier: Unifier;
  /** Shapes of undeclared symbols, and of the arguments of undeclared scalar functions. */
  readonly symbols: ReadonlyMap<string, Sides>;
  readonly functions: ReadonlyMap<string, Sides>;
}

interface Walk extends Unknowns {
  readonly items: readonly Item[];
  readonly scalar: Sides;
}

type Binary = Extract<Tree, { kind: "binary" }>;
type Call = Extract<Tree, { kind: "call" }>;

export const sidesOfTree = (items: readonly Item[], unknowns: Unknowns, tree: Tree): Sides =>
  visit({ ...unknowns, items, scalar: { rows: unknowns.unifier.one, cols: unknowns.unifier.one } }, tree);

/** Chains lean to the left and may be long: their left operands are walked, not recursed into. */
function visit(w: Walk, root: Tree): Sides {
  const spine: Binary[] = [];
  let first = root;
  while (first.kind === "binary" && !onesWritten(w, first)) {
    spine.push(first);
    first = first.left;
  }
  return spine.reduceRight((left, up) => binary(w, up.op, left, visit(w, up.right)), visitOne(w, first));
}

function visitOne(w: Walk, tree: Tree): Sides {
  const { one } = w.unifier;
  const written = onesWritten(w, tree);
  if (written)
    return written === "row" ? { rows: one, cols: w.unifier.fresh() } : { rows: w.unifier.fresh(), cols: one };
  switch (tree.kind) {
    case "leaf":
      return leaf(w, tree);
    case "group":
    case "binary":
      return visit(w, tree.kind === "group" ? tree.arg : tree);
    case "unary": {
      const s = visit(w, tree.arg);
      return tree.op === "'" ? { rows: s.cols, cols: s.rows } : s;
    }
    case "call":
      return call(w, tree);
  }
}

const known = (w: Walk, s: Shape): Sides => ({ rows: w.unifier.known(s.rows), cols: w.unifier.known(s.cols) });
const isScalar = (w: Walk, s: Sides): boolean => w.unifier.isOne(s.rows) && w.unifier.isOne(s.cols);

function equal(w: Walk, a: Sides, b: Sides): Sides {
  w.unifier.unify(a.rows, b.rows);
  w.unifier.unify(a.cols, b.cols);
  return a;
}

/** A column or row is no square matrix, even where its length might be 1. */
function square(w: Walk, s: Sides): Sides {
  if (w.unifier.isOne(s.rows) !== w.unifier.isOne(s.cols)) w.unifier.fail();
  else w.unifier.unify(s.rows, s.cols);
  return s;
}

function leaf(w: Walk, tree: Tree): Sides {
  const { leaf: l } = w.items[tree.from] as Extract<Item, { kind: "operand" }>;
  if (l.kind !== "symbol" && l.kind !== "differential") return w.scalar;
  return w.symbols.get(l.name) ?? known(w, l.expr.shape);
}

function binary(w: Walk, op: Binary["op"], a: Sides, b: Sides): Sides {
  switch (op) {
    case "+":
    case "-":
    case ".*":
    case "./":
      if (isScalar(w, a)) return b;
      return isScalar(w, b) ? a : equal(w, a, b);
    case "*":
      if (isScalar(w, a)) return b;
      if (isScalar(w, b)) return a;
      w.unifier.unify(a.cols, b.rows);
      return { rows: a.rows, cols: b.cols };
    case "/":
    case ".^":
      equal(w, b, w.scalar);
      return a;
    case "^":
      equal(w, b, w.scalar);
      return square(w, a);
    case "⊗":
      return { rows: w.unifier.product(a.rows, b.rows), cols: w.unifier.product(a.cols, b.cols) };
  }
}

function call(w: Walk, tree: Call): Sides {
  const { head } = w.items[tree.from] as Extract<Item, { kind: "head" }>;
  if (head.kind === "builtin" && SIZED.has(head.name)) return sized(w, head.name, tree.args);
  const args = tree.args.map((arg) => visit(w, arg));
  const x = args[0] ?? w.scalar;
  switch (head.kind) {
    case "builtin":
      return builtin(w, head.name, x, args[1] ?? w.scalar);
    case "apply":
    case "differential":
      return x;
    case "scalarfn":
      equal(w, x, w.functions.get(head.name) ?? known(w, head.shape));
      if (head.order === 0) return w.scalar;
      return head.order === 1 ? x : derivativeOf(w, x, head.order);
    case "bars":
      square(w, x);
      return w.scalar;
    case "norm":
    case "unknown":
      return w.scalar;
  }
}

/** N^(k−1)×N for the k-th derivative by the N entries of x. */
function derivativeOf({ unifier }: Walk, x: Sides, order: number): Sides {
  const cols = unifier.isOne(x.cols) ? x.rows : unifier.product(x.rows, x.cols);
  let rows = cols;
  for (let k = 2; k < order; k++) rows = unifier.product(rows, cols);
  return { rows, cols };
}

const SIZED: ReadonlySet<string> = new Set(["eye", "ones", "zeros", "commutation"]);

function sized(w: Walk, name: string, args: readonly Tree[]): Sides {
  const [m = w.unifier.one, n] = args.map((tree): Term => {
    const item = tree.kind === "leaf" ? w.items[tree.from] : undefined;
    const plain = item?.kind === "operand" && /^\w+$/.test(item.text);
    return plain ? w.unifier.known(dim(item.text)) : w.unifier.fresh();
  });
  if (name === "eye") return { rows: m, cols: m };
  if (name !== "commutation") return { rows: m, cols: n ?? w.unifier.one };
  const both = w.unifier.product(m, n ?? w.unifier.one);
  return { rows: both, cols: both };
}

function builtin(w: Walk, name: string, x: Sides, y: Sides): Sides {
  const { one, unify, product, isOne } = w.unifier;
  switch (name) {
    case "inv":
    case "adj":
      return square(w, x);
    case "det":
    case "tr":
    case "logdet":
      square(w, x);
      return w.scalar;
    case "sum":
    case "norm":
      return w.scalar;
    case "softmax":
      unify(x.cols, one);
      return x;
    case "logsumexp":
      unify(x.cols, one);
      return w.scalar;
    case "dot":
      equal(w, x, y);
      unify(x.cols, one);
      return w.scalar;
    case "kron":
      return { rows: product(x.rows, y.rows), cols: product(x.cols, y.cols) };
    case "vec":
      return { rows: product(x.cols, x.rows), cols: one };
    case "diag":
      return isOne(x.cols) ? { rows: x.rows, cols: x.rows } : { rows: square(w, x).rows, cols: one };
    default:
      return name === "ln" || name === "sqrt" || opOf(name).elementwise ? x : w.scalar;
  }
}
