import { call, called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const atan = elementwise({
  name: "atan",
  doc: "Inverse tangent of every entry, in radians.",
  value: Math.atan,
  jet: (x) => {
    const r = 1 / (1 + x * x);
    return { value: Math.atan(x), first: r, second: -2 * x * r * r, third: (6 * x * x - 2) * r ** 3 };
  },
  derivative: (b, z, self) => b.pow(b.add(b.ones(self.shape), b.pow(z, 2)), -1),
  latex: (z) => `\\arctan${fenced(z)}`,
  code: called("atan", { python: (w) => call(`${w.np}.arctan`, w.array(0)) }),
});
