/** Elementwise products with rows or columns of one number, sums of diagonal matrices, quotients that cancel in a sum. */
import { type Expr, topological, treeSize } from "../core/expr.js";
import { isColumn, isMatrix, isOne, ONE, type Shape, shape } from "../core/shape.js";
import { splitScalars } from "../ops/build.js";
import type { Build } from "../ops/define.js";
import { isNumber, numberOf } from "../ops/leaves.js";
import { mergePowers } from "./arithmetic.js";
import type { Rule } from "./define.js";

/** A v' with v = 1: the column in front of the ones; undefined for anything else. */
function columnOfOnes(b: Build, e: Expr): Expr | undefined {
  if (e.op !== "mul") return undefined;
  const last = e.args[e.args.length - 1]!;
  if (last.op !== "ones") return undefined;
  const before = e.args.slice(0, -1);
  return isOne(last.shape.rows) ? b.mul(...before) : b.mul(...before, b.ones(shape(last.shape.rows, ONE)));
}

const ofOnes: Rule = {
  id: "diag/ones",
  ops: ["diag"],
  says: "diag(1) = I",
  apply: (e, { b }) => (isMatrix(e.shape) && e.args[0]!.op === "ones" ? b.eye(e.shape.rows) : undefined),
};

/** (u1')∘A = diag(u)A and (1v')∘A = A diag(v). A differential stays outside diag, where its adjoint is shorter. */
const scaledRows: Rule = {
  id: "hadamard/ones",
  ops: ["hadamard"],
  says: "(u1')∘A = diag(u)A",
  apply: (e, { b }) => {
    if (!isMatrix(e.shape) || !e.args.some((a) => a.op === "mul") || hasDifferential(e)) return undefined;
    for (const [i, factor] of e.args.entries()) {
      const rest = b.hadamard(...e.args.filter((_, k) => k !== i));
      const u = columnOfOnes(b, factor);
      if (u) return b.mul(b.op("diag", [u]), rest);
      const v = columnOfOnes(b, transposed(b, factor));
      if (v) return b.mul(rest, b.op("diag", [v]));
    }
    return undefined;
  },
};

const sameShape = (p: Shape, q: Shape): boolean => p.rows.key === q.rows.key && p.cols.key === q.cols.key;

const hasDifferential = (e: Expr): boolean => topological(e).some((x) => x.op === "d");

const transposed = (b: Build, e: Expr): Expr =>
  e.op === "mul" ? b.mul(...[...e.args].reverse().map(b.transpose)) : b.transpose(e);

/** diag(u) + s diag(v) = diag(u + s v), and vec alike. */
const sumInside = (op: "diag" | "vec"): Rule => ({
  id: `${op}/sum`,
  ops: ["add"],
  says: `${op}(u) + ${op}(v) = ${op}(u + v)`,
  apply: (e, { b }) => {
    const split = e.args.map(splitScalars);
    const inside = split.map(({ rest }) => rest?.op === op && (op === "vec" || isColumn(rest.args[0]!.shape)));
    const first = inside.indexOf(true);
    if (first === inside.lastIndexOf(true)) return undefined;
    const wanted = split[first]!.rest!.args[0]!.shape;
    const joins = split.map(({ rest }, i) => inside[i] && sameShape(rest!.args[0]!.shape, wanted));
    const parts = split.filter((_, i) => joins[i]);
    if (parts.length < 2) return undefined;
    const total = b.add(...parts.map(({ scalars, rest }) => b.times(...scalars, rest!.args[0]!)));
    return b.add(
      ...e.args.map((t, i) => (i === first ? b.op(op, [total]) : t)).filter((_, i) => i === first || !joins[i]),
    );
  },
});

const isNegative = (k: Expr): boolean => isNumber(k) && numberOf(k) < 0;

/** (A + B/S)∘S = A∘S + B, where it is shorter. */
const cancelInside: Rule = {
  id: "hadamard/cancel-inside",
  ops: ["hadamard"],
  says: "(A + B/S)∘S = A∘S + B, where it is shorter.",
  apply: (e, { b }) => {
    const at = e.args.findIndex((a) => a.op === "add");
    if (at < 0) return undefined;
    const others = e.args.filter((_, k) => k !== at);
    let cancelled = false;
    const terms = e.args[at]!.args.map((t) => {
      const { scalars, rest } = splitScalars(t);
      const factors = rest!.op === "hadamard" ? rest!.args : [rest!];
      const divides = factors.some((f) => f.op === "pow" && isNegative(f.args[1]!) && others.includes(f.args[0]!));
      const merged = divides ? mergePowers(b, [...factors, ...others]) : undefined;
      cancelled ||= merged !== undefined;
      return b.times(...scalars, b.hadamard(...(merged ?? [...factors, ...others])));
    });
    const opened = cancelled ? b.add(...terms) : e;
    return treeSize(opened) < treeSize(e) ? opened : undefined;
  },
};

export const diagonalRules: readonly Rule[] = [ofOnes, scaledRows, cancelInside, sumInside("diag"), sumInside("vec")];
