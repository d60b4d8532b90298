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
  ops: ["tr"],
  says: "tr(A⊗B) = tr(A) tr(B)",
  cite: cite("cookbook", "(515)"),
  apply: (e, { b }) => {
    const X = e.args[0]!;
    const square = X.op === "kron" && X.args.every((a) => a.shape.rows.key === a.shape.cols.key);
    return square ? b.times(...X.args.map((a) => b.op("tr", [a]))) : undefined;
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
    const turns = X.args.map((_, i) => [...X.args.slice(i), ...X.args.slice(0, i)]);
    const forms = [...turns, ...turns.map((t) => [...t].reverse().map(b.transpose))];
    const transposes = (f: readonly Expr[]): number => f.filter((a) => a.op === "transpose").length;
    const key = (f: readonly Expr[]): string =>
      `${String(transposes(f)).padStart(3, "0")}:${f.map((a) => orderKey(a.op === "transpose" ? a.args[0]! : a)).join()}`;
    const best = forms.reduce((p, q) => (key(q) < key(p) ? q : p));
    const made = b.op("tr", [b.mul(...best)]);
    return made === e || key(best) >= key(X.args) ? undefined : made;
  },
};

export const traceRules: readonly Rule[] = [scalars, identity, rankOne, ofDiagonal, kronecker, sumOfProduct, cyclic];
