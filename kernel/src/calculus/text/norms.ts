/** ‖…‖, |…| and det: which norm of what, and whether bars are a determinant or an absolute value. */
import type { Expr } from "../core/expr.js";
import { isMatrix, isOne, isScalar, showDim, showShape } from "../core/shape.js";
import { build, splitScalars } from "../ops/build.js";
import { failure, note, placed, type Reading, wordsOf } from "./reading.js";
import type { Tree } from "./syntax.js";

type Call = Extract<Tree, { kind: "call" }>;

/** The determinant of a product through fewer dimensions than it has rows is 0, wherever its factors are: det(x*y'). */
export function determinant(r: Reading, call: Call, X: Expr): Expr {
  const value = build.op("det", [X]);
  const product = splitScalars(X).rest;
  if (product?.op !== "mul") return value;
  const { rows } = X.shape;
  const through = product.args.slice(1).map((factor) => factor.shape.rows);
  const narrow = through.find(
    (d) => isOne(d) || (d.names.length + rows.names.length === 0 && d.coefficient < rows.coefficient),
  );
  if (!narrow || isOne(rows)) return value;
  const size = rows.names.length > 0 ? `, for ${showDim(rows)} > 1` : "";
  note(r, `the determinant of ${wordsOf(r, call.args[0]!)} is 0: its rank is at most ${narrow.key}${size}`);
  return build.number(0);
}

/** A word as an argument: "fro", fro, 2. */
export function wordOf(r: Reading, tree: Tree): string {
  const item = tree.kind === "leaf" ? r.items[tree.from]! : undefined;
  const leaf = item?.kind === "operand" ? item.leaf : undefined;
  if (leaf?.kind === "string") return leaf.value;
  if (leaf?.kind === "number") return String(leaf.value);
  return leaf?.kind === "unknown" ? leaf.name : wordsOf(r, tree);
}

export function norm(r: Reading, call: Call, kind: string): Expr {
  const X = r.read(call.args[0]!);
  const matrix = isMatrix(X.shape);
  if (kind === "fro" || kind === "F" || (!matrix && (kind === "" || kind === "2"))) return build.op("norm", [X]);
  const words = wordsOf(r, call.args[0]!);
  if (kind === "1" && !matrix) {
    note(r, `the 1-norm of ${words} is written sum(abs(${words}))`);
    return build.op("sum", [build.op("abs", [X])]);
  }
  if (kind === "")
    throw failure(r, call, "ambiguous", `the norm of a matrix (${showShape(X.shape)}) can be several: say which`, {
      got: showShape(X.shape),
      want: `norm(${words}, "fro")`,
      hint: `norm(${words}, "fro") or ‖${words}‖_F`,
    });
  const known = matrix ? "the Frobenius norm of a matrix" : "the Euclidean norm and the 1-norm of a vector";
  throw failure(r, call, "unsupported", `norm: ${known} can be differentiated, got ${kind}`, {
    got: kind,
    want: matrix ? '"fro"' : "norm(x) or norm(x, 1)",
    hint: matrix
      ? `norm(${words}, "fro")`
      : /^\d+(\.\d+)?$/.test(kind)
        ? `sum(abs(${words}).^${kind})^(1/${kind})`
        : undefined,
  });
}

/** |X| is the determinant of a matrix and the absolute value of a scalar, and the page says which. */
export function bars(r: Reading, call: Call): Expr {
  const X = r.read(call.args[0]!);
  const words = wordsOf(r, call.args[0]!);
  if (isScalar(X.shape)) {
    note(r, `|${words}| is read as the absolute value of a scalar`);
    return build.op("abs", [X]);
  }
  if (!isMatrix(X.shape))
    throw failure(r, call, "ambiguous", `|${words}| of a vector (${showShape(X.shape)}) can be read in two ways`, {
      got: showShape(X.shape),
      want: "a matrix or a scalar between bars",
      hint: `norm(${words}) or abs(${words})`,
    });
  const value = placed(r, call, () => determinant(r, call, X));
  note(r, `|${words}| is read as the determinant of a matrix`);
  return value;
}
