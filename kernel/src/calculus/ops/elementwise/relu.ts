import { call, called, dot } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const relu = elementwise({
  name: "relu",
  doc: "max(0, z) of every entry; the derivative is the indicator of z > 0, at 0 the agreed value.",
  domain: "entries not 0",
  kink: "corner",
  range: [0, Number.POSITIVE_INFINITY],
  value: (x) => Math.max(0, x),
  jet: (x, kink) => ({ value: Math.max(0, x), first: x > 0 ? 1 : x < 0 ? 0 : kink, second: 0, third: 0 }),
  derivative: (b, z) => b.op("step", [z]),
  latex: (z) => `\\operatorname{ReLU}${fenced(z)}`,
  at: "operator table; HW3 (ReLU row)",
  code: called("relu", {
    python: (w) =>
      w.library === "numpy"
        ? call("np.maximum", w.arg(0), "0")
        : call(w.library === "jax" ? "jax.nn.relu" : "torch.relu", w.array(0)),
    julia: (w) => call(`max${dot(w)}`, w.arg(0), "0"),
    octave: (w) => call("max", w.arg(0), "0"),
    typescript: (w) => call("Math.max", w.arg(0), "0"),
  }),
});
