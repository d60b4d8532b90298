import { call, called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const acos = elementwise({
  name: "acos",
  doc: "Inverse cosine of every entry, in radians.",
  domain: "entries between -1 and 1",
  value: Math.acos,
  jet: (x) => {
    const r = 1 / Math.sqrt((1 - x) * (1 + x));
    return { value: Math.acos(x), first: -r, second: -x * r ** 3, third: -(1 + 2 * x * x) * r ** 5 };
  },
  derivative: (b, z, self) => b.neg(b.pow(b.sub(b.ones(self.shape), b.pow(z, 2)), -0.5)),
  latex: (z) => `\\arccos${fenced(z)}`,
  entries: [-0.8, 0.8],
  code: called("acos", { python: (w) => call(`${w.np}.arccos`, w.array(0)) }),
});
