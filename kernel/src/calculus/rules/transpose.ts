/** Transposes move inwards over products and sums of transposes, and vanish where symmetry is declared. */
import { cite } from "../core/cite.js";
import { type Expr, topological } from "../core/expr.js";
import { isColumn, isRow, isScalar } from "../core/shape.js";
import type { Build } from "../ops/define.js";
import { ELEMENTWISE } from "../ops/elementwise/names.js";
import { factsOf, nameOf } from "../ops/leaves.js";
import { hasFact, type RewriteContext, type Rule } from "./define.js";

const ofProduct: Rule = {
  id: "transpose/product",
  ops: ["transpose"],
  says: "(AB)' = B'A'",
  cite: cite("notes", "(7)"),
  apply: ({ args: [e] }, { b }) => (e!.op === "mul" ? b.mul(...[...e!.args].reverse().map(b.transpose)) : undefined),
};

const ofScalarMultiple: Rule = {
  id: "transpose/scalar",
  ops: ["transpose"],
  says: "(sA)' = sA'",
  apply: ({ args: [e] }, { b }) =>
    e!.op === "times" ? b.times(...e!.args.slice(0, -1), b.transpose(e!.args[e!.args.length - 1]!)) : undefined,
};

/** e' with the transpose carried over products; diagonals, symmetric matrices and xx' are their own. */
function turned(e: Expr, context: RewriteContext): Expr {
  const { b } = context;
  if (e.op === "mul") return b.mul(...[...e.args].reverse().map((a) => turned(a, context)));
  if (e.op === "times") return b.times(...e.args.slice(0, -1), turned(e.args[e.args.length - 1]!, context));
  const other = b.transpose(e);
  return (other.op === "transpose" && symmetric.apply(other, context)) || other;
}

/** The transpose of a sum or an elementwise product, term by term, where `wanted`; its conditions count only then. */
function turnedTerms(e: Expr, context: RewriteContext, wanted: (opened: Expr) => boolean): Expr | undefined {
  const conditions = new Set<string>();
  const terms = e.args.map((a) => turned(a, { ...context, conditions }));
  const opened = e.op === "add" ? context.b.add(...terms) : context.b.hadamard(...terms);
  if (!wanted(opened)) return undefined;
  for (const c of conditions) context.conditions.add(c);
  return opened;
}

const transposes = (e: Expr): number => topological(e).filter((x) => x.op === "transpose").length;

const ofSum: Rule = {
  id: "transpose/sum",
  ops: ["transpose"],
  says: "(A + B)' = A' + B', where it leaves fewer transposes.",
  apply: ({ args: [e] }, context) =>
    e!.op === "add" || e!.op === "hadamard"
      ? turnedTerms(e!, context, (o) => isRow(e!.shape) || (!closes(o) && transposes(o) <= transposes(e!)))
      : undefined,
};

/** X'A' + A'X' = (AX + XA)': the other way, where it leaves fewer transposes. scalar/transpose alone turns scalars. */
const outOfSum: Rule = {
  id: "transpose/of-sum",
  ops: ["add"],
  says: "A'B' + B'A' = (BA + AB)', where it leaves fewer transposes.",
  apply: (e, context) => {
    if (isScalar(e.shape) || isColumn(e.shape) || isRow(e.shape)) return undefined;
    const inner = turnedTerms(e, context, (o) => transposes(o) + 1 < transposes(e));
    return inner && context.b.transpose(inner);
  },
};

/** Would the transpose be taken out again, by one of the two rules below? */
const closes = (e: Expr): boolean => (e.op === "hadamard" ? rowProduct(e) : e.op === "add" && rowTerms(e));

const rowProduct = (e: Expr): boolean =>
  isRow(e.shape) || (!isColumn(e.shape) && e.args.every((a) => a.op === "transpose"));

/** Every term x', s x' or s 1', and one of them not of ones. */
const rowTerms = (e: Expr): boolean => {
  const bodies = e.args.map((a) => (a.op === "times" ? a.args[a.args.length - 1]! : a));
  return (
    !isColumn(e.shape) &&
    bodies.every((a) => a.op === "transpose" || a.op === "ones") &&
    bodies.some((a) => a.op === "transpose")
  );
};

/** A row vector built elementwise is the transpose of the column: (u' ∘ v') = (u ∘ v)'. Columns stay columns. */
const rowHadamard: Rule = {
  id: "transpose/of-hadamard",
  ops: ["hadamard"],
  says: "(X∘Y)' = X'∘Y'",
  cite: cite("notes", "§2.2, unnumbered"),
  apply: (e, { b }) => (rowProduct(e) ? b.transpose(b.hadamard(...e.args.map(b.transpose))) : undefined),
};

const rowSum: Rule = {
  id: "transpose/row-sum",
  ops: ["add"],
  says: "A sum of rows is the transpose of the sum of columns.",
  apply: (e, { b }) => (rowTerms(e) ? b.transpose(b.add(...e.args.map((a) => outward(b, a)))) : undefined),
};

const outward = (b: Build, a: Expr): Expr =>
  a.op === "times" ? b.times(...a.args.slice(0, -1), b.transpose(a.args[a.args.length - 1]!)) : b.transpose(a);

const inward: Rule = {
  id: "transpose/function",
  ops: ["inv", "matpow", "det", "tr", "logdet", "sum", "norm", "adj"],
  says: "inv(A') = inv(A)', |A'| = |A|, tr(A') = tr(A)",
  cite: cite("homework", "Inverse and transpose of a matrix"),
  apply: (e, { b }) => {
    const inner = e.args[0]!;
    if (inner.op !== "transpose") return undefined;
    const plain = b.op(e.op, [inner.args[0]!], e.attrs);
    return e.op === "inv" || e.op === "matpow" || e.op === "adj" ? b.transpose(plain) : plain;
  },
};

const symmetric: Rule = {
  id: "fact/symmetric",
  ops: ["transpose"],
  says: "A' = A, since A is symmetric",
  apply: ({ args: [e] }, context) => {
    if (e!.op === "diag") return isColumn(e!.shape) || isRow(e!.shape) ? undefined : e;
    if (!hasFact(e!, "symmetric", context)) return undefined;
    for (const s of topological(e!)) {
      if (s.op === "symbol" && hasFact(s, "symmetric", context))
        context.conditions.add(`${nameOf(s)}' = ${nameOf(s)}, since ${nameOf(s)} is ${declaredAs(s)}`);
    }
    return e;
  },
};

/** The declared fact that makes a symbol symmetric. */
const declaredAs = (s: Expr): string =>
  factsOf(s).find((fact) => fact === "symmetric" || fact === "spd" || fact === "diagonal") ?? "symmetric";

const ofKronecker: Rule = {
  id: "transpose/kronecker",
  ops: ["transpose"],
  says: "(A⊗B)' = A'⊗B'",
  apply: ({ args: [e] }, { b }) => (e!.op === "kron" ? b.op("kron", e!.args.map(b.transpose)) : undefined),
};

/** σ(z') = σ(z)', so that transposes stay outside elementwise functions, and these take columns and never rows. */
const elementwiseOfTranspose: Rule = {
  id: "transpose/elementwise",
  ops: [...ELEMENTWISE],
  says: "σ(z') = σ(z)'",
  apply: (e, { b }) => {
    const z = e.args[0]!;
    if (isColumn(z.shape) || (z.op !== "transpose" && !isRow(z.shape))) return undefined;
    const turnedBack = b.transpose(z);
    return b.transpose(e.op === "pow" ? b.pow(turnedBack, e.args[1]!) : b.op(e.op, [turnedBack], e.attrs));
  },
};

export const transposeRules: readonly Rule[] = [
  symmetric,
  ofProduct,
  ofScalarMultiple,
  ofSum,
  ofKronecker,
  inward,
  elementwiseOfTranspose,
  rowHadamard,
  rowSum,
  outOfSum,
];
