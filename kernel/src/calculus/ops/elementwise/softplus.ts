import { positive } from "../../core/tape.js";
import { call, called, dot } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const softplus = elementwise({
  name: "softplus",
  doc: "log(1 + exp(z)) of every entry, without overflow; its derivative is the sigmoid.",
  range: [0, Number.POSITIVE_INFINITY],
  value: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  jet: (x) => {
    const e = positive(Math.exp(-Math.abs(x)));
    const [near, far] = [1 / (1 + e), e / (1 + e)];
    const slope = far / (1 + e);
    return {
      value: Math.max(x, 0) + Math.log1p(e),
      first: x > 0 ? near : far,
      second: slope,
      third: slope * Math.sign(x) * (far - near),
    };
  },
  derivative: (b, z) => b.op("sigmoid", [z]),
  latex: (z) => `\\operatorname{softplus}${fenced(z)}`,
  code: called("softplus", {
    python: (w) =>
      w.library === "torch"
        ? call("torch.logaddexp", w.array(0), `torch.zeros_like(${w.array(0)})`)
        : call(`${w.np}.logaddexp`, "0", w.arg(0)),
    julia: (w) => call(`${w.helper("softplus")}${dot(w)}`, w.arg(0)),
    octave: (w) => call(w.helper("softplus"), w.arg(0)),
    typescript: (w) => call(w.helper("softplus"), w.arg(0)),
  }),
});
