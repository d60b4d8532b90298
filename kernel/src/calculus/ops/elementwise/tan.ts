import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const tan = elementwise({
  name: "tan",
  doc: "Tangent of every entry, in radians.",
  domain: "entries away from odd multiples of π/2",
  value: Math.tan,
  jet: (x) => {
    const t = Math.tan(x);
    const s = 1 + t * t;
    return { value: t, first: s, second: 2 * t * s, third: 2 * s * (s + 2 * t * t) };
  },
  derivative: (b, _z, self) => b.add(b.ones(self.shape), b.pow(self, 2)),
  latex: (z) => `\\tan${fenced(z)}`,
  entries: [-1, 1],
  code: called("tan"),
});
