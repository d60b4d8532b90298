import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

/** s′ by name: a derivation writes s′(z) first and s(1 − s) in a line of its own. */
export const sigmoidPrime = elementwise({
  name: "D_sigmoid",
  doc: "Derivative of the logistic sigmoid, s(z)(1 − s(z)), entry by entry.",
  value: (x) => {
    const s = 1 / (1 + Math.exp(-Math.abs(x)));
    return s * (1 - s);
  },
  derivative: (b, z, self) => b.hadamard(self, b.sub(b.ones(z.shape), b.times(b.number(2), b.op("sigmoid", [z])))),
  latex: (z) => `s'${fenced(z)}`,
});
