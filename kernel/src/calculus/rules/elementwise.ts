/** Elementwise functions: the sigmoid behind e^z/(1 + e^z), and facts about signs and distributions. */
import { cite } from "../core/cite.js";
import type { Expr } from "../core/expr.js";
import { isNumber, nameOf } from "../ops/leaves.js";
import { hasFact, type Rule } from "./define.js";

/** Is e = 1 + exp(z)? Then z. */
function onePlusExp(e: Expr): Expr | undefined {
  if (e.op !== "add" || e.args.length !== 2) return undefined;
  const one = e.args.find((a) => a.op === "ones" || isNumber(a, 1));
  const exp = e.args.find((a) => a.op === "exp");
  return one && exp ? exp.args[0] : undefined;
}

const sigmoid: Rule = {
  id: "elementwise/sigmoid",
  ops: ["hadamard", "times"],
  says: "e^z/(1 + e^z) = s(z), the sigmoid",
  apply: (e, { b }) => {
    for (const p of e.args) {
      if (p.op !== "pow" || !isNumber(p.args[1]!, -1)) continue;
      const z = onePlusExp(p.args[0]!);
      const exp = z && e.args.find((a) => a.op === "exp" && a.args[0] === z);
      if (z && exp)
        return (e.op === "times" ? b.times : b.hadamard)(
          ...e.args.filter((a) => a !== p && a !== exp),
          b.op("sigmoid", [z]),
        );
    }
    return undefined;
  },
};

const sigmoidPrime: Rule = {
  id: "elementwise/sigmoid-prime",
  ops: ["D_sigmoid"],
  says: "s′ = s(1 − s)",
  apply: ({ args: [z] }, { b }) => {
    const s = b.op("sigmoid", [z!]);
    return b.hadamard(s, b.sub(b.ones(s.shape), s));
  },
};

const logOfExp: Rule = {
  id: "elementwise/log-exp",
  ops: ["log"],
  says: "ln e^z = z",
  apply: ({ args: [z] }) => (z!.op === "exp" ? z!.args[0] : undefined),
};

const signsSquared: Rule = {
  id: "fact/signs",
  ops: ["pow", "abs"],
  says: "y∘y = 1, since y is ±1",
  apply: (e, context) => {
    const y = e.args[0]!;
    const even = e.op === "abs" || isNumber(e.args[1]!, 2) || isNumber(e.args[1]!, -2);
    if (!even || !hasFact(y, "signs", context)) return undefined;
    context.conditions.add(`${nameOf(y)}∘${nameOf(y)} = 1, since ${nameOf(y)} is ±1`);
    return context.b.ones(e.shape);
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

const absolute: Rule = {
  id: "fact/positive",
  ops: ["abs", "sign", "step"],
  says: "|a| = a, since a is positive",
  apply: (e, context) => {
    if (!hasFact(e.args[0]!, "positive", context)) return undefined;
    context.conditions.add(`${nameOf(e.args[0]!)} is positive`);
    return e.op === "abs" ? e.args[0]! : context.b.ones(e.shape);
  },
};

/** ln|det|: the absolute value is in logdet already. */
const logOfDeterminant: Rule = {
  id: "determinant/log",
  ops: ["log"],
  says: "ln of the absolute determinant",
  apply: ({ args: [z] }, { b }) =>
    z!.op === "abs" && z!.args[0]!.op === "det" ? b.op("logdet", [z!.args[0]!.args[0]!]) : undefined,
};

export const elementwiseRules: readonly Rule[] = [
  sigmoid,
  sigmoidPrime,
  logOfExp,
  signsSquared,
  distribution,
  absolute,
  logOfDeterminant,
];
