import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const cos = elementwise({
  name: "cos",
  doc: "Cosine of every entry, in radians.",
  range: [-1, 1],
  value: Math.cos,
  jet: (x) => ({ value: Math.cos(x), first: -Math.sin(x), second: -Math.cos(x), third: Math.sin(x) }),
  derivative: (b, z) => b.neg(b.op("sin", [z])),
  latex: (z) => `\\cos${fenced(z)}`,
  code: called("cos"),
});
