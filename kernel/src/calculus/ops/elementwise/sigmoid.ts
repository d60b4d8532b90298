import { positive } from "../../core/tape.js";
import { call, called, dot } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const sigmoid = elementwise({
  name: "sigmoid",
  doc: "Logistic sigmoid 1/(1 + e^(−z)) of every entry; its derivative is s(1 − s).",
  range: [0, 1],
  value: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  // 1 − s(|x|) = e^(−|x|)/(1 + e^(−|x|)) = q and s′ = q(1 − q) have all their digits.
  jet: (x) => {
    const e = positive(Math.exp(-Math.abs(x)));
    const q = e / (1 + e);
    const slope = q / (1 + e);
    const bend = Math.sign(x) * (2 * q - 1);
    return {
      ...(x > 0 ? { value: 1, tail: -q } : { value: q }),
      first: slope,
      second: slope * bend,
      third: slope * (1 - 6 * slope),
    };
  },
  derivative: (b, z) => b.op("D_sigmoid", [z]),
  latex: (z) => `s${fenced(z)}`,
  code: called("sigmoid", {
    python: (w) =>
      call(
        w.library === "numpy" ? w.helper("sigmoid") : w.library === "jax" ? "jax.nn.sigmoid" : "torch.sigmoid",
        w.array(0),
      ),
    julia: (w) => call(`${w.helper("sigmoid")}${dot(w)}`, w.arg(0)),
    octave: (w) => call(w.helper("sigmoid"), w.arg(0)),
    typescript: (w) => call(w.helper("sigmoid"), w.arg(0)),
  }),
});
