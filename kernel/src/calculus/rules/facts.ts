/** Declared facts at work: each use leaves its condition. Facts of names that are frozen are not used. */
import { cite } from "../core/cite.js";
import type { Expr } from "../core/expr.js";
import { isOne } from "../core/shape.js";
import { isNumber, nameOf, numberOf } from "../ops/leaves.js";
import { hasFact, type Rule } from "./define.js";

const isDiagonal = (e: Expr): boolean => e.op === "diag" && !isOne(e.shape.cols) && !isOne(e.shape.rows);

/** Only the diagonal is left: transposes vanish, and what is diagonal already stays. */
const onDiagonal: Rule = {
  id: "hadamard/identity",
  ops: ["hadamard"],
  says: "A'∘I = A∘I, diag(v)∘I = diag(v)",
  cite: cite("handwritten", "operator table"),
  apply: (e, { b }) => {
    const at = e.args.findIndex((a) => a.op === "eye");
    if (at < 0) return undefined;
    const others = e.args.filter((_, i) => i !== at);
    if (others.length === 1 && (isDiagonal(others[0]!) || others[0]!.op === "eye")) return others[0]!;
    if (!others.some((a) => a.op === "transpose")) return undefined;
    return b.hadamard(...others.map((a) => (a.op === "transpose" ? a.args[0]! : a)), e.args[at]!);
  },
};

const diagonal: Rule = {
  id: "fact/diagonal",
  ops: ["hadamard", "diag"],
  says: "D∘I = D, since D is diagonal",
  apply: (e, context) => {
    const D =
      e.op === "hadamard" && e.args.length === 2 && e.args.some((a) => a.op === "eye")
        ? e.args.find((a) => a.op !== "eye")
        : e.op === "diag" && e.args[0]!.op === "diag" && !isOne(e.shape.cols)
          ? e.args[0]!.args[0]!
          : undefined;
    if (!D || !hasFact(D, "diagonal", context)) return undefined;
    context.conditions.add(`${nameOf(D)} is its own diagonal, since ${nameOf(D)} is diagonal`);
    return D;
  },
};

/** Entries that are never negative, and the word for it. */
const NONNEGATIVE = [
  ["positive", "positive"],
  ["simplex", "a distribution"],
  ["unit_interval", "in [0, 1]"],
] as const;

const nonnegative: Rule = {
  id: "fact/nonnegative",
  ops: ["abs", "relu"],
  says: "|a| = a and relu(a) = a, since a is not negative",
  apply: (e, context) => {
    const a = e.args[0]!;
    const known = NONNEGATIVE.find(([fact]) => hasFact(a, fact, context));
    if (!known) return undefined;
    const name = nameOf(a);
    context.conditions.add(`${e.op === "abs" ? `|${name}|` : `relu(${name})`} = ${name}, since ${name} is ${known[1]}`);
    return a;
  },
};

/** sign and step of what is positive are 1. */
const positive: Rule = {
  id: "fact/positive",
  ops: ["sign", "step", "pow"],
  says: "sign(a) = 1 and √(a²) = a, since a is positive",
  apply: (e, context) => {
    const inner = e.op === "pow" ? e.args[0]! : e;
    const a = e.op === "pow" && inner.op !== "pow" ? undefined : inner.args[0];
    if (!a || !hasFact(a, "positive", context)) return undefined;
    const name = nameOf(a);
    if (e.op !== "pow") {
      context.conditions.add(`${e.op}(${name}) = 1, since ${name} is positive`);
      return context.b.ones(e.shape);
    }
    const [p, q] = [inner.args[1]!, e.args[1]!];
    if (!isNumber(p) || !isNumber(q) || Number.isInteger(numberOf(q))) return undefined;
    context.conditions.add(`powers of ${name} multiply, since ${name} is positive`);
    return context.b.pow(a, numberOf(p) * numberOf(q));
  },
};

const signs: Rule = {
  id: "fact/signs",
  ops: ["pow", "abs", "sign"],
  says: "y∘y = 1, since y is ±1",
  apply: (e, context) => {
    const y = e.args[0]!;
    const k = e.op === "abs" ? 0 : e.op === "sign" ? 1 : isNumber(e.args[1]!) ? numberOf(e.args[1]!) : undefined;
    if (k === undefined || !Number.isInteger(k) || !hasFact(y, "signs", context)) return undefined;
    const name = nameOf(y);
    context.conditions.add(
      `${e.op === "sign" ? `sign(${name}) = ${name}` : `${name}∘${name} = 1`}, since ${name} is ±1`,
    );
    return k % 2 === 0 ? context.b.ones(e.shape) : y;
  },
};

const distribution: Rule = {
  id: "fact/simplex",
  ops: ["sum"],
  says: "1't = 1, since t is a distribution",
  cite: cite("notes", "§2.2, unnumbered"),
  apply: (e, context) => {
    const t = e.args[0]!;
    if (t.op === "softmax") return context.b.number(1);
    if (!hasFact(t, "simplex", context)) return undefined;
    context.conditions.add(`1'${nameOf(t)} = 1, since ${nameOf(t)} is a distribution`);
    return context.b.number(1);
  },
};

const definite: Rule = {
  id: "fact/spd",
  ops: ["abs"],
  says: "|det S| = det S, since S is positive definite",
  apply: ({ args: [z] }, context) => {
    const S = z!.op === "det" ? z!.args[0]! : undefined;
    if (!S || !hasFact(S, "spd", context)) return undefined;
    context.conditions.add(`det(${nameOf(S)}) is positive, since ${nameOf(S)} is spd`);
    return z!;
  },
};

/** Lengths, volumes and traces do not see a rotation. */
const rotation: Rule = {
  id: "fact/rotation",
  ops: ["norm", "logdet", "tr"],
  says: "‖Qx‖ = ‖x‖, ln|det Q| = 0 and tr(Q'AQ) = tr(A), since Q is orthogonal",
  apply: (e, context) => {
    const X = e.args[0]!;
    const orthogonal = (Q: Expr): Expr | undefined => {
      const plain = Q.op === "transpose" ? Q.args[0]! : Q;
      return hasFact(plain, "orthogonal", context) ? plain : undefined;
    };
    const said = (Q: Expr, what: string, made: Expr): Expr => {
      context.conditions.add(`${what}, since ${nameOf(Q)} is orthogonal`);
      return made;
    };
    if (e.op === "logdet") {
      const Q = orthogonal(X);
      return Q && said(Q, `ln|det ${nameOf(Q)}| = 0`, context.b.number(0));
    }
    if (X.op !== "mul") return undefined;
    const Q = orthogonal(X.args[0]!);
    if (!Q) return undefined;
    if (e.op === "norm")
      return said(Q, `${nameOf(Q)} keeps lengths`, context.b.op("norm", [context.b.mul(...X.args.slice(1))]));
    const turned = context.b.transpose(X.args[0]!) === X.args[X.args.length - 1];
    if (!turned || X.args.length < 3) return undefined;
    const inside = context.b.op("tr", [context.b.mul(...X.args.slice(1, -1))]);
    return said(Q, `${nameOf(Q)}'${nameOf(Q)} = I`, inside);
  },
};

export const factRules: readonly Rule[] = [
  onDiagonal,
  diagonal,
  nonnegative,
  positive,
  signs,
  distribution,
  definite,
  rotation,
];
