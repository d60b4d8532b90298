import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const sinh = elementwise({
  name: "sinh",
  doc: "Hyperbolic sine of every entry.",
  value: Math.sinh,
  jet: (x) => ({ value: Math.sinh(x), first: Math.cosh(x), second: Math.sinh(x), third: Math.cosh(x) }),
  derivative: (b, z) => b.op("cosh", [z]),
  latex: (z) => `\\sinh${fenced(z)}`,
  code: called("sinh"),
});
