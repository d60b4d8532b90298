/** Powers: x^k of a scalar, A^k of a square matrix (k a whole number, −1 is the inverse), x.^k entry by entry. */
import { type Expr, topological } from "../core/expr.js";
import { isColumn, isMatrix, isScalar, isSquare, showShape } from "../core/shape.js";
import { build } from "../ops/build.js";
import { isNumber, numberOf } from "../ops/leaves.js";
import { same } from "../ops/shapes.js";
import { failure, note, placed, type Reading, unwrapped, wordsOf } from "./reading.js";
import type { Tree } from "./syntax.js";

type Power = Extract<Tree, { kind: "binary" }>;

export function readPower(r: Reading, tree: Power): Expr {
  const base = r.read(tree.left);
  const exponent = foldNumbers(r.read(tree.right));
  if (!isScalar(exponent.shape)) return wideExponent(r, tree, base, exponent);
  if (isScalar(base.shape) && isEuler(r, tree.left)) return build.op("exp", [exponent]);
  if (isScalar(base.shape) || tree.op === ".^") return placed(r, tree, () => build.pow(base, exponent));
  if (!isMatrix(base.shape)) throw vectorPower(r, tree, base, exponent);
  return matrixPower(r, tree, base, exponent);
}

/** e with no symbol of that name: e^x is exp(x). */
function isEuler(r: Reading, tree: Tree): boolean {
  const leaf = unwrapped(tree);
  const item = leaf.kind === "leaf" ? r.items[leaf.from]! : undefined;
  return item?.kind === "operand" && item.leaf.kind === "constant" && item.leaf.name === "e";
}

/** x.^y entry by entry is exp(y.*log(x)); a scalar base needs no spreading, s.^y = exp(log(s)*y). */
function wideExponent(r: Reading, tree: Power, base: Expr, exponent: Expr): Expr {
  const [x, y] = [wordsOf(r, tree.left), wordsOf(r, tree.right)];
  const euler = isScalar(base.shape) && isEuler(r, tree.left);
  if (tree.op !== ".^")
    throw failure(r, tree, "shape_mismatch", `power: expected a scalar exponent, got ${showShape(exponent.shape)}`, {
      got: showShape(exponent.shape),
      want: "scalar",
      hint: euler ? `exp(${y}) entry by entry` : `${x}.^${y} entry by entry`,
    });
  if (euler) return build.op("exp", [exponent]);
  const log = build.op("log", [base]);
  if (!isScalar(base.shape)) placed(r, tree, () => same("elementwise power", [base, exponent]));
  const scaled = isScalar(base.shape) ? build.times(log, exponent) : build.hadamard(exponent, log);
  note(r, `${x}.^${y} is written as the exponential of ${y} times log(${x}), for positive ${x}`);
  return build.op("exp", [scaled]);
}

/** An exponent made of numbers only is one number: 1/2, 2 - 1. */
export function foldNumbers(e: Expr): Expr {
  if (e.op === "number" || topological(e).some((part) => part.args.length === 0 && part.op !== "number")) return e;
  const value = (part: Expr): number => {
    if (part.op === "number") return numberOf(part);
    const args = part.args.map(value);
    if (part.op === "add") return args.reduce((a, b) => a + b, 0);
    if (part.op === "times") return args.reduce((a, b) => a * b, 1);
    return part.op === "pow" ? args[0]! ** args[1]! : Number.NaN;
  };
  const result = value(e);
  return Number.isFinite(result) ? build.number(result) : e;
}

function vectorPower(r: Reading, tree: Power, base: Expr, exponent: Expr): Error {
  const x = wordsOf(r, tree.left);
  const k = isNumber(exponent) ? String(numberOf(exponent)) : wordsOf(r, tree.right);
  const product = isColumn(base.shape) ? `${x}'*${x}` : `${x}*${x}'`;
  return failure(r, tree, "ambiguous", `the power of a vector (${showShape(base.shape)}) can be read in several ways`, {
    got: showShape(base.shape),
    want: `${x}.^${k}${k === "2" ? ` or ${product}` : ""}`,
    hint: k === "2" ? `${x}.^2 entry by entry, or ${product} for the squared norm` : `${x}.^${k} entry by entry`,
  });
}

function matrixPower(r: Reading, tree: Power, base: Expr, exponent: Expr): Expr {
  if (!isSquare(base.shape))
    throw failure(r, tree, "non_square", `A^k: expected a square matrix n×n, got ${showShape(base.shape)}`, {
      got: showShape(base.shape),
      want: "n×n",
      hint: `entry by entry: ${wordsOf(r, tree.left)}.^${wordsOf(r, tree.right)}`,
    });
  if (!isNumber(exponent) || !Number.isInteger(numberOf(exponent)))
    throw failure(r, tree.right, "bad_argument", `A^k: expected a whole number k, got ${wordsOf(r, tree.right)}`, {
      got: wordsOf(r, tree.right),
      want: "a whole number",
      hint: `entry by entry: ${wordsOf(r, tree.left)}.^${wordsOf(r, tree.right)}`,
    });
  const k = numberOf(exponent);
  if (k === 0) return build.eye(base.shape.rows);
  return placed(r, tree, () => (k === -1 ? build.op("inv", [base]) : build.matpow(base, k)));
}
