import { isScalar } from "../../core/shape.js";
import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const abs = elementwise({
  name: "abs",
  doc: "Absolute value of every entry; not differentiable at 0.",
  domain: "entries not 0",
  kink: "corner",
  range: [0, Number.POSITIVE_INFINITY],
  value: Math.abs,
  jet: (x) => ({ value: Math.abs(x), first: Math.sign(x), second: 0, third: 0 }),
  derivative: (b, z) => b.op("sign", [z]),
  // Bars around a matrix are its determinant.
  latex: (z, self) => (isScalar(self.shape) ? `\\left|${z}\\right|` : `\\operatorname{abs}${fenced(z)}`),
  code: called("abs"),
});
