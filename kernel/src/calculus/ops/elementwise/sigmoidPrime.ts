import { type Expr, node } from "../../core/expr.js";
import { positive } from "../../core/tape.js";
import { entrywise, products } from "../code/entrywise.js";
import { fenced } from "../fragment.js";
import { number } from "../leaves.js";
import { elementwise } from "./define.js";

/** s′ by name: a derivation writes s′(z) first and s(1 − s) in a line of its own. */
export const sigmoidPrime = elementwise({
  name: "D_sigmoid",
  doc: "Derivative of the logistic sigmoid, s(z)(1 − s(z)), entry by entry.",
  // s(1 − s) would lose every digit where s rounds to 1.
  range: [0, 0.25],
  value: (x) => {
    const e = Math.exp(-Math.abs(x));
    return e / (1 + e) ** 2;
  },
  // v = s(1 − s): v′ = v b and v″ = v(1 − 6v) with b = 1 − 2s.
  jet: (x) => {
    const e = positive(Math.exp(-Math.abs(x)));
    const v = e / (1 + e) ** 2;
    const bend = (Math.sign(x) * (e - 1)) / (1 + e);
    return { value: v, first: v * bend, second: v * (1 - 6 * v), third: v * bend * (1 - 12 * v) };
  },
  derivative: (b, z, self) => b.hadamard(self, b.sub(b.ones(z.shape), b.times(b.number(2), b.op("sigmoid", [z])))),
  latex: (z) => `s'${fenced(z)}`,
  code: entrywise((w, s) => products({ ...w, self: spelled(w.self) }, s)),
});

/** s(z) s(−z) is as exact as s(z)(1 − s(z)) and does not cancel where s(z) rounds to 1. */
function spelled(self: Expr): Expr {
  const z = self.args[0]!;
  const minus = node("times", [number(-1), z], z.shape);
  return node("hadamard", [node("sigmoid", [z], z.shape), node("sigmoid", [minus], z.shape)], self.shape);
}
