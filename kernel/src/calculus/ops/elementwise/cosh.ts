import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const cosh = elementwise({
  name: "cosh",
  doc: "Hyperbolic cosine of every entry.",
  range: [1, Number.POSITIVE_INFINITY],
  value: Math.cosh,
  jet: (x) => ({ value: Math.cosh(x), first: Math.sinh(x), second: Math.cosh(x), third: Math.sinh(x) }),
  derivative: (b, z) => b.op("sinh", [z]),
  latex: (z) => `\\cosh${fenced(z)}`,
  code: called("cosh"),
});
