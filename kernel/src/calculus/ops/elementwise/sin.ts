import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const sin = elementwise({
  name: "sin",
  doc: "Sine of every entry, in radians.",
  value: Math.sin,
  derivative: (b, z) => b.op("cos", [z]),
  latex: (z) => `\\sin${fenced(z)}`,
  code: called("sin"),
});
