/** Products and quotients, read from left to right: * .* / ./ and ⊗, each run of one sign as one node. */
import type { Expr } from "../core/expr.js";
import {
  isColumn,
  isMatrix,
  isOne,
  isRow,
  isScalar,
  ONE,
  type Shape,
  sameDim,
  sameShape,
  shape,
  showShape,
  transposed,
} from "../core/shape.js";
import { build } from "../ops/build.js";
import { isNumber, numberOf } from "../ops/leaves.js";
import { readTimes } from "../ops/scalars.js";
import { same } from "../ops/shapes.js";
import { failure, onesWritten, placed, placeOf, type Reading, wordsOf } from "./reading.js";
import { isPlainScalar } from "./sums.js";
import type { BinaryOp, Tree } from "./syntax.js";

const CHAIN: ReadonlySet<BinaryOp> = new Set(["*", ".*", "/", "./", "⊗"]);
export const isChain = (op: BinaryOp): boolean => CHAIN.has(op);

/** A value with the part of the text it stands for. */
interface Part {
  readonly value: Expr;
  readonly from: Tree;
  readonly to: Tree;
}

export function readChain(r: Reading, tree: Tree): Expr {
  const steps: { op: BinaryOp; tree: Tree }[] = [];
  let first = tree;
  while (first.kind === "binary" && CHAIN.has(first.op)) {
    steps.push({ op: first.op, tree: first.right });
    first = first.left;
  }
  steps.reverse();
  let left: Part | undefined;
  let head: Tree = first;
  for (let i = 0; i < steps.length; ) {
    const { op } = steps[i]!;
    let end = i;
    while (end < steps.length && steps[end]!.op === op) end++;
    const right = steps.slice(i, end).map((s) => s.tree);
    left = run(r, op, left, head, right);
    head = right[right.length - 1]!;
    i = end;
  }
  return left!.value;
}

function run(r: Reading, op: BinaryOp, left: Part | undefined, head: Tree, right: readonly Tree[]): Part {
  const to = right[right.length - 1]!;
  const from = left?.from ?? head;
  if (op === "*") return { value: matrixProduct(r, left, left ? right : [head, ...right]), from, to };
  let value = left?.value ?? r.read(head);
  const factors = right.map((t): Part => ({ value: r.read(t), from: t, to: t }));
  if (op === ".*") return { value: elementwise(r, { value, from, to: from }, factors), from, to };
  for (const factor of factors) {
    const whole: Part = { value, from, to: factor.to };
    value = placed(r, placeOf(r, from, factor.to), () => {
      if (op === "⊗") return kronecker(r, whole, factor);
      return op === "/" ? quotient(r, whole, factor) : elementwiseQuotient(r, whole, factor);
    });
  }
  return { value, from, to };
}

function matrixProduct(r: Reading, left: Part | undefined, trees: readonly Tree[]): Expr {
  const kinds = trees.map((t) => onesWritten(r, t));
  const read = trees.map((t, i) => (kinds[i] ? undefined : r.read(t)));
  const parts: Part[] = left ? [left] : [];
  trees.forEach((tree, i) => {
    const before = parts[parts.length - 1]?.value;
    const value = read[i] ?? onesBeside(r, tree, kinds[i]!, before, read[i + 1]);
    parts.push({ value, from: tree, to: tree });
  });
  checkProduct(r, parts);
  const whole = onesMatrix(parts.map((p) => p.value));
  if (whole) return whole;
  return placed(r, placeOf(r, parts[0]!.from, parts[parts.length - 1]!.to), () =>
    tidy(build.mul(...parts.map((p) => p.value))),
  );
}

/** ones(m)*ones(n)', with scalars before it, is the matrix of ones: it is how that matrix is printed. */
function onesMatrix(factors: readonly Expr[]): Expr | undefined {
  const [u, v, ...more] = factors.filter((f) => !isScalar(f.shape));
  if (u?.op !== "ones" || v?.op !== "ones" || more.length > 0 || !isColumn(u.shape) || !isRow(v.shape))
    return undefined;
  return build.times(...factors.filter((f) => isScalar(f.shape)), build.ones(shape(u.shape.rows, v.shape.cols)));
}

/** X 𝟏 takes its length from the columns of X, 1'X from the rows of X. */
function onesBeside(
  r: Reading,
  tree: Tree,
  kind: "column" | "row",
  before: Expr | undefined,
  after: Expr | undefined,
): Expr {
  if (kind === "row" && after && !isOne(after.shape.rows)) return build.ones(shape(ONE, after.shape.rows));
  if (kind === "column" && before && !isOne(before.shape.cols)) return build.ones(shape(before.shape.cols, ONE));
  throw failure(r, tree, "ambiguous", "the length of this vector of ones is not clear", {
    want: "ones(n)",
    hint: "write ones(n)",
  });
}

/** Columns of the left = rows of the right at every place, scalars apart; the error names the two that do not meet. */
function checkProduct(r: Reading, parts: readonly Part[]): void {
  let before: Part | undefined;
  let rows = ONE;
  for (const part of parts) {
    const s = part.value.shape;
    if (isScalar(s)) continue;
    if (before && !sameDim(before.value.shape.cols, s.rows)) throw noProduct(r, before, part);
    if (!before) rows = s.rows;
    before = isOne(rows) && isOne(s.cols) ? undefined : part;
  }
}

/** What does not meet, and which transposes would. */
function noProduct(r: Reading, a: Part, b: Part): Error {
  const [left, right] = [a.value.shape, b.value.shape];
  const [x, y] = [wordsOf(r, a.to), wordsOf(r, b.from)];
  const fits: string[] = [];
  const columns = isColumn(left) && isColumn(right);
  if (sameDim(left.rows, right.rows)) fits.push(`${x}'*${y}${columns ? " (a number)" : ""}`);
  if (sameDim(left.cols, right.cols)) fits.push(`${x}*${y}'${columns ? " (a matrix)" : ""}`);
  if (sameShape(left, right)) fits.push(`${x}.*${y} (elementwise)`);
  const last = fits.pop();
  return failure(
    r,
    placeOf(r, a.from, b.to),
    "shape_mismatch",
    `matrix product: expected the columns of the left to equal the rows of the right, got ${showShape(left)} and ${showShape(right)}`,
    {
      got: [showShape(left), showShape(right)],
      want: "left columns = right rows",
      hint: last && `did you mean ${fits.length > 0 ? `${fits.join(", ")} or ${last}` : last}?`,
    },
  );
}

function elementwise(r: Reading, left: Part, factors: readonly Part[]): Expr {
  const parts = [left, ...factors];
  const wide = parts.find((p) => !isScalar(p.value.shape));
  if (!wide) return build.times(...parts.map((p) => p.value));
  for (const p of parts)
    if (!isScalar(p.value.shape))
      placed(r, placeOf(r, left.from, p.to), () =>
        same("elementwise product", [wide.value, p.value], turnedHint(wide.value.shape, p.value.shape)),
      );
  const scalars = parts.filter((p) => isScalar(p.value.shape)).map((p) => p.value);
  const body = build.hadamard(...parts.filter((p) => !isScalar(p.value.shape)).map((p) => p.value));
  return scalars.length === 0 ? body : build.times(...scalars, body);
}

const turnedHint = (a: Shape, b: Shape): string | undefined =>
  sameShape(transposed(a), b) ? "transpose one of them with '" : undefined;

/** Scalar factors in the order they are printed: those below the line last. */
function tidy(e: Expr): Expr {
  if (e.op !== "times") return e;
  const { over, wide } = readTimes(e);
  const number = e.args.filter((a) => isNumber(a));
  const below = e.args.filter((a) => !isNumber(a) && a !== wide && !over.includes(a));
  return below.length === 0 ? e : build.times(...number, ...over, ...below, ...(wide ? [wide] : []));
}

/** 1/u^k is u^(−k), so that a quotient and a negative power are one node. */
function reciprocal(e: Expr): Expr {
  const k = e.op === "pow" ? e.args[1]! : undefined;
  return k && isNumber(k) ? build.pow(e.args[0]!, -numberOf(k)) : build.pow(e, -1);
}

function divide(a: Expr, b: Expr): Expr {
  if (isNumber(b)) return numberOf(b) !== 0 && isNumber(a) ? build.number(numberOf(a) / numberOf(b)) : build.div(a, b);
  return tidy(build.times(a, reciprocal(b)));
}

function quotient(r: Reading, { value: a, from, to }: Part, b: Part): Expr {
  if (isNumber(b.value, 0))
    throw failure(r, b.to, "bad_argument", "division by zero", { got: "0", want: "a number that is not 0" });
  if (isScalar(b.value.shape)) return divide(a, b.value);
  const [top, bottom] = [wordsOf(r, from), wordsOf(r, b.from)];
  const inverse = isMatrix(b.value.shape) && sameDim(b.value.shape.rows, b.value.shape.cols);
  throw failure(
    r,
    placeOf(r, from, to),
    "ambiguous",
    `division by ${isMatrix(b.value.shape) ? "a matrix" : "a vector"} (${showShape(b.value.shape)}) can be read in several ways`,
    {
      got: [showShape(a.shape), showShape(b.value.shape)],
      want: "a scalar below the line, or ./",
      hint: `elementwise: ${top}./${bottom}${inverse ? `; with the inverse: ${top}*inv(${bottom})` : ""}`,
    },
  );
}

function elementwiseQuotient(r: Reading, { value: a, from, to }: Part, b: Part): Expr {
  if (isScalar(b.value.shape)) return quotient(r, { value: a, from, to }, b);
  if (!isScalar(a.shape)) {
    same("elementwise division", [a, b.value], turnedHint(a.shape, b.value.shape));
    return build.hadamard(a, reciprocal(b.value));
  }
  if (isPlainScalar(a)) return isNumber(a, 1) ? reciprocal(b.value) : build.mul(a, reciprocal(b.value));
  const shapes: readonly [Shape, Shape] = [a.shape, b.value.shape];
  throw failure(
    r,
    placeOf(r, from, to),
    "shape_mismatch",
    `elementwise division: expected equal shapes, got ${showShape(shapes[0])} and ${showShape(shapes[1])}`,
    {
      got: shapes.map(showShape),
      want: "equal shapes",
      hint: "a 1×1 product does not spread over a larger shape: multiply it by ones(n)",
    },
  );
}

function kronecker(r: Reading, a: Part, b: Part): Expr {
  const chained = a.from !== a.to && a.from.kind === "binary" && !isScalar(a.value.shape);
  const matrices = a.value.op === "mul" && a.from.kind !== "group" && !isColumn(a.value.shape);
  if (chained || matrices)
    throw failure(r, placeOf(r, a.from, b.to), "ambiguous", "A B ⊗ C can be read in two ways", {
      want: "parentheses",
      hint: "write kron(A, B) or parentheses",
    });
  if (a.value.op === "times" && a.from.kind !== "group") {
    const scalars = a.value.args.slice(0, -1);
    const wide = a.value.args[a.value.args.length - 1]!;
    if (!isScalar(wide.shape)) return build.times(...scalars, build.op("kron", [wide, b.value]));
  }
  return build.op("kron", [a.value, b.value]);
}
