import { JETS } from "../../core/tape.js";
import { called } from "../code/define.js";
import { elementwise } from "./define.js";

export const exp = elementwise({
  name: "exp",
  doc: "Exponential of every entry; the matrix exponential is another function.",
  range: [0, Number.POSITIVE_INFINITY],
  value: Math.exp,
  jet: JETS.exp,
  derivative: (_b, _z, self) => self,
  latex: (z) => `e^{${z}}`,
  code: called("exp"),
});
