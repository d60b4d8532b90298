import { positive } from "../../core/tape.js";
import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const tanh = elementwise({
  name: "tanh",
  doc: "Hyperbolic tangent of every entry; its derivative is 1 − tanh².",
  range: [-1, 1],
  value: Math.tanh,
  // 1 − tanh|x| = 2/(e^(2|x|) + 1) = q and tanh′ = q(2 − q) have all their digits.
  jet: (x) => {
    const q = positive(2 / (Math.exp(2 * Math.abs(x)) + 1));
    const [sign, slope] = [Math.sign(x), q * (2 - q)];
    const t = sign * (1 - q);
    const exact = Math.abs(x) > 0.5 ? { value: sign, tail: -sign * q } : { value: Math.tanh(x) };
    return { ...exact, first: slope, second: -2 * t * slope, third: slope * (6 * t * t - 2) };
  },
  derivative: (b, _z, self) => b.sub(b.ones(self.shape), b.pow(self, 2)),
  latex: (z) => `\\tanh${fenced(z)}`,
  code: called("tanh"),
});
