/** Elementwise functions: the sigmoid behind e^z/(1 + e^z), ln of e^z and of a determinant. */
import type { Expr } from "../core/expr.js";
import { isNumber } from "../ops/leaves.js";
import type { Rule } from "./define.js";

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
    for (const [i, p] of e.args.entries()) {
      if (p.op !== "pow" || !isNumber(p.args[1]!, -1)) continue;
      const z = onePlusExp(p.args[0]!);
      const exp = z ? e.args.findIndex((a) => a.op === "exp" && a.args[0] === z) : -1;
      // By position: equal factors are one node, and only one of them is used up.
      if (z && exp >= 0)
        return (e.op === "times" ? b.times : b.hadamard)(
          ...e.args.filter((_, k) => k !== i && k !== exp),
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

/** ln|det|: the absolute value is in logdet already. */
const logOfDeterminant: Rule = {
  id: "determinant/log",
  ops: ["log"],
  says: "ln of the absolute determinant",
  apply: ({ args: [z] }, { b }) =>
    z!.op === "abs" && z!.args[0]!.op === "det" ? b.op("logdet", [z!.args[0]!.args[0]!]) : undefined,
};

export const elementwiseRules: readonly Rule[] = [sigmoid, sigmoidPrime, logOfExp, logOfDeterminant];
