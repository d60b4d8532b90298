/** Traces and sums of entries. */
import { cite } from "../core/cite.js";
import { type Expr, orderKey } from "../core/expr.js";
import { isColumn, isOne } from "../core/shape.js";
import { splitScalars } from "../ops/build.js";
import type { Rule } from "./define.js";

const scalars: Rule = {
  id: "trace/scalar",
  ops: ["tr", "sum"],
  says: "tr(sA) = s tr(A)",
  cite: cite("handwritten", "trace algebra (2)"),
  apply: (e, { b }) => {
    const { scalars: s, rest } = splitScalars(e.args[0]!);
    if (!rest) return e.args[0]!;
    return s.length > 0 ? b.times(...s, b.op(e.op, [rest])) : undefined;
  },
};

const identity: Rule = {
  id: "trace/identity",
  ops: ["tr", "sum"],
  says: "tr(I) = n; the sum of ones is their number.",
  apply: (e, { b }) => {
    const X = e.args[0]!;
    if (X.op === "eye") return b.dimension(X.shape.rows);
    return e.op === "sum" && X.op === "ones"
      ? b.times(b.dimension(X.shape.rows), b.dimension(X.shape.cols))
      : undefined;
  },
};

/** tr(A u v' B) = v'B A u: a trace of rank one is an inner product. */
const rankOne: Rule = {
  id: "trace/rank-one",
  ops: ["tr"],
  says: "tr(u v') = v'u",
  cite: cite("notes", "(12)"),
  apply: (e, { b }) => {
    const X = e.args[0]!;
    if (X.op !== "mul") return undefined;
    const cut = X.args.findIndex((a, i) => i + 1 < X.args.length && isOne(a.shape.cols));
    return cut < 0 ? undefined : b.mul(...X.args.slice(cut + 1), ...X.args.slice(0, cut + 1));
  },
};

const ofDiagonal: Rule = {
  id: "trace/diagonal",
  ops: ["tr", "sum"],
  says: "tr(diag v) = Σ v; the sum of the diagonal is the trace.",
  cite: cite("handwritten", "trace algebra"),
  apply: (e, { b }) => {
    const X = e.args[0]!;
    if (X.op !== "diag") return undefined;
    const vector = isOne(X.args[0]!.shape.cols) || isOne(X.args[0]!.shape.rows);
    return vector ? b.op("sum", [X.args[0]!]) : e.op === "sum" ? b.op("tr", [X.args[0]!]) : undefined;
  },
};

const kronecker: Rule = {
  id: "trace/kronecker",
  ops: ["tr", "sum"],
  says: "tr(A⊗B) = tr(A) tr(B), and the sum of A⊗B is that of A times that of B",
  cite: cite("cookbook", "(515)"),
  apply: (e, { b }) => {
    const X = e.args[0]!;
    const square = e.op === "sum" || X.args.every((a) => a.shape.rows.key === a.shape.cols.key);
    return X.op === "kron" && square ? b.times(...X.args.map((a) => b.op(e.op, [a]))) : undefined;
  },
};

const sumOfProduct: Rule = {
  id: "sum/hadamard",
  ops: ["sum"],
  says: "1'(u∘v) = u'v",
  cite: cite("notes", "§2.2, since x'(y∘z) = (x∘y)'z, with x = 1"),
  apply: (e, { b }) => {
    const z = e.args[0]!;
    if (z.op !== "hadamard" || !isColumn(z.shape)) return undefined;
    return b.mul(b.transpose(b.hadamard(...z.args.slice(0, -1))), z.args[z.args.length - 1]!);
  },
};

/** A trace whose factors repeat cyclically is put into one order, so that equal traces are one node. */
const cyclic: Rule = {
  id: "trace/cyclic",
  ops: ["tr"],
  says: "tr(ABC) = tr(BCA) = tr(CAB)",
  cite: cite("notes", "(12)"),
  apply: (e, { b }) => {
    const X = e.args[0]!;
    if (X.op !== "mul") return undefined;
    const [here, ...turned] = [X.args, leastTurn(X.args), leastTurn([...X.args].reverse().map(b.transpose))].map(
      (factors) => ({ factors, key: cyclicKey(factors) }),
    );
    const best = turned.reduce((p, q) => (q.key < p.key ? q : p));
    const made = b.op("tr", [b.mul(...best.factors)]);
    return made === e || best.key >= here!.key ? undefined : made;
  },
};

const untransposed = (a: Expr): Expr => (a.op === "transpose" ? a.args[0]! : a);

/** Fewer transposes first, then the order of the factors. */
const cyclicKey = (factors: readonly Expr[]): string => {
  const transposes = factors.filter((a) => a.op === "transpose").length;
  return `${String(transposes).padStart(6, "0")}:${factors.map((a) => orderKey(untransposed(a))).join()}`;
};

/** The first of the least rotations, found in two rounds: two candidates run, the greater jumps behind what it read. */
function leastTurn(factors: readonly Expr[]): readonly Expr[] {
  const keys = factors.map((a) => orderKey(untransposed(a)));
  const n = keys.length;
  let [p, q, same] = [0, 1, 0];
  while (p < n && q < n && same < n) {
    const [a, c] = [keys[(p + same) % n]!, keys[(q + same) % n]!];
    if (a === c) same++;
    else {
      if (a > c) p = Math.max(p + same + 1, q);
      else q += same + 1;
      if (p === q) q++;
      same = 0;
    }
  }
  const first = Math.min(p, q);
  return [...factors.slice(first), ...factors.slice(0, first)];
}

export const traceRules: readonly Rule[] = [scalars, identity, rankOne, ofDiagonal, kronecker, sumOfProduct, cyclic];
