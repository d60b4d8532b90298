import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const cos = elementwise({
  name: "cos",
  doc: "Cosine of every entry, in radians.",
  value: Math.cos,
  derivative: (b, z) => b.neg(b.op("sin", [z])),
  latex: (z) => `\\cos${fenced(z)}`,
  code: called("cos"),
});
