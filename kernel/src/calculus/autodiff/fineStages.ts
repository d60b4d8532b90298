/**
 * The stages of a network taken apart into elementary operations: W v, + b, φ, exp, the sum, the quotient, ln, and a
 * loss that is linear in what is left. Values keep the names that they have in whole stages.
 */
import type { Expr } from "../core/expr.js";
import { ONE, shape } from "../core/shape.js";
import { build as b } from "../ops/build.js";
import { both, type Choices, formOf, lossOf, type Made, type ValueKey } from "./layers.js";

interface Parts {
  readonly first: readonly Made[];
  readonly activated: Made;
  readonly second: readonly Made[];
  readonly last: readonly Made[];
}

export function fineStages(choices: Choices, symbols: Readonly<Record<ValueKey, Expr>>, parts: Parts): Made[] {
  const { first, activated, second, last } = parts;
  const [output] = last as [Made, Made];
  const before = [...first, activated, ...second];
  const elementwise = (out: ValueKey, input: ValueKey, expr: Expr): Made => ({
    out,
    rule: "elementwise",
    ...both(expr),
    inputs: [input],
  });
  const log = (e: Expr): Expr => b.op("log", [e]);
  const { p, r } = symbols;
  const loss = (inputs: readonly ValueKey[]): Made => ({
    out: "L",
    rule: "loss",
    ...both(lossOf(choices, symbols, { logP: symbols.q, logRest: symbols.t, square: symbols.q })),
    inputs,
  });
  switch (choices.loss) {
    case "cross-entropy":
      return [...before, ...softmaxStages(choices, symbols), elementwise("q", "p", log(p)), loss(["q", "y"])];
    case "binary-cross-entropy":
      return [
        ...before,
        output,
        elementwise("q", "p", log(p)),
        elementwise("t", "p", log(b.sub(b.ones(p.shape), p))),
        loss(["q", "t", "y"]),
      ];
    case "mse":
      return [...before, output, elementwise("q", "r", b.pow(r, 2)), loss(["q"])];
  }
}

/** e = exp z, s = the sum of every sample's e, p = e / s. */
function softmaxStages(choices: Choices, { z, e, s, p }: Readonly<Record<ValueKey, Expr>>): Made[] {
  const form = formOf(choices);
  const ones = b.ones(shape(form === "rows" ? p.shape.cols : p.shape.rows, ONE));
  const sum = form === "rows" ? b.mul(e, ones) : b.mul(b.transpose(ones), e);
  const repeated = form === "rows" ? b.mul(s, b.transpose(ones)) : b.mul(ones, s);
  const quotient = form === "single" ? b.div(e, s) : b.hadamard(e, b.pow(repeated, -1));
  return [
    { out: "e", rule: "elementwise", ...both(b.op("exp", [z])), inputs: ["z"] },
    { out: "s", rule: "sum", ...both(sum), inputs: ["e"] },
    { out: "p", rule: "quotient", ...both(quotient), inputs: ["e", "s"] },
  ];
}
