import { atom, call, called, dot } from "../code/define.js";
import { elementwise } from "./define.js";

export const step = elementwise({
  name: "step",
  doc: "Indicator of z > 0, entry by entry; at 0 the agreed value (0, ½ or 1). Its derivative is 0 away from 0.",
  domain: "entries not 0",
  kink: "jump",
  range: [0, 1],
  value: (x, kink) => (x > 0 ? 1 : x < 0 ? 0 : kink),
  jet: (x, kink) => ({ value: x > 0 ? 1 : x < 0 ? 0 : kink, first: 0, second: 0, third: 0 }),
  derivative: (b, z) => b.zeros(z.shape),
  latex: (z) => `\\mathbb 1\\left[${z}>0\\right]`,
  code: called("step", {
    python: (w) =>
      w.library === "torch"
        ? call("torch.heaviside", w.array(0), `torch.zeros_like(${w.array(0)})`)
        : call(`${w.np}.heaviside`, w.arg(0), "0.0"),
    julia: (w) => call(`float${dot(w)}`, `${w.arg(0)} ${dot(w)}> 0`),
    octave: (w) => call("double", `${w.arg(0)} > 0`),
    typescript: (w) => atom(`(${w.arg(0)} > 0 ? 1 : 0)`),
  }),
});
