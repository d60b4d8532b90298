/** a*b/c*…: matrix products and divisions by scalars, checked pair by pair. */
import type { Expr } from "../core/expr.js";
import {
  isColumn,
  isMatrix,
  isOne,
  isRow,
  isScalar,
  isSquare,
  ONE,
  sameDim,
  sameShape,
  shape,
  showShape,
} from "../core/shape.js";
import { build, splitScalars } from "../ops/build.js";
import { isNumber, numberOf } from "../ops/leaves.js";
import { type ChainStep, type Part, reciprocal, tidy } from "./parts.js";
import { failure, onesWritten, placed, placeOf, type Reading, wordsOf } from "./reading.js";
import type { Tree } from "./syntax.js";

export function matrixRun(r: Reading, left: Part | Tree, steps: readonly ChainStep[]): Expr {
  const parts: Part[] = [];
  const factors: ChainStep[] = "value" in left ? [...steps] : [{ op: "*", tree: left }, ...steps];
  if ("value" in left) parts.push(left);
  const read = factors.map(({ tree }) => (onesWritten(r, tree) ? undefined : r.read(tree)));
  factors.forEach(({ op, tree }, i) => {
    const before = parts[parts.length - 1];
    const value = read[i] ?? onesBeside(r, tree, before?.value, read[i + 1]);
    if (op === "*") parts.push({ value, from: tree, to: tree });
    else divide(r, parts, { value, from: tree, to: tree });
  });
  checkProduct(r, parts);
  const values = parts.map((p) => p.value);
  const last = parts[parts.length - 1]!;
  return placed(r, placeOf(r, parts[0]!.from, last.to), () => asOnesMatrix(tidy(build.mul(...values))));
}

/** A division by a scalar is one more scalar factor; a number over a number is a number. */
function divide(r: Reading, parts: Part[], by: Part): void {
  const before = parts[parts.length - 1]!;
  if (!isScalar(by.value.shape)) throw noQuotient(r, parts[0]!, before, by);
  if (isNumber(by.value, 0))
    throw failure(r, by.to, "bad_argument", "division by zero", { got: "0", want: "a number that is not 0" });
  const numbers = isNumber(by.value) && isNumber(before.value);
  if (numbers) parts.pop();
  const value = numbers
    ? build.number(numberOf(before.value) / numberOf(by.value))
    : isNumber(by.value)
      ? build.number(1 / numberOf(by.value))
      : reciprocal(by.value);
  parts.push({ value, from: by.from, to: by.to });
}

function noQuotient(r: Reading, first: Part, before: Part, by: Part): Error {
  const [top, bottom] = [wordsOf(r, before.to), wordsOf(r, by.from)];
  const s = by.value.shape;
  return failure(
    r,
    placeOf(r, first.from, by.to),
    "ambiguous",
    `division by ${isMatrix(s) ? "a matrix" : "a vector"} (${showShape(s)}) can be read in several ways`,
    {
      got: [showShape(before.value.shape), showShape(s)],
      want: "a scalar below the line, or ./",
      hint: `elementwise: ${top} ./ ${bottom}${isSquare(s) ? `; with the inverse: ${top}*inv(${bottom})` : ""}`,
    },
  );
}

/** ones(m)*ones(n)', with scalars before it, is the matrix of ones: it is how that matrix is printed. */
function asOnesMatrix(e: Expr): Expr {
  const { scalars, rest } = splitScalars(e);
  const [u, v, ...more] = rest?.op === "mul" ? rest.args : [];
  const outer = u?.op === "ones" && v?.op === "ones" && more.length === 0 && isColumn(u.shape) && isRow(v.shape);
  return outer ? build.times(...scalars, build.ones(shape(u.shape.rows, v.shape.cols))) : e;
}

/** X 𝟏 takes its length from the columns of X, 1'X from the rows of X. */
function onesBeside(r: Reading, tree: Tree, before: Expr | undefined, after: Expr | undefined): Expr {
  const kind = onesWritten(r, tree);
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
  const turned = (words: string): string => (words.endsWith("'") ? words.slice(0, -1) : `${words}'`);
  if (sameDim(left.rows, right.rows)) fits.push(`${turned(x)}*${y}${columns ? " (a number)" : ""}`);
  if (sameDim(left.cols, right.cols)) fits.push(`${x}*${turned(y)}${columns ? " (a matrix)" : ""}`);
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
