import { JETS } from "../../core/tape.js";
import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const sin = elementwise({
  name: "sin",
  doc: "Sine of every entry, in radians.",
  range: [-1, 1],
  value: Math.sin,
  jet: JETS.sin,
  derivative: (b, z) => b.op("cos", [z]),
  latex: (z) => `\\sin${fenced(z)}`,
  code: called("sin"),
});
