import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const tanh = elementwise({
  name: "tanh",
  doc: "Hyperbolic tangent of every entry; its derivative is 1 − tanh².",
  value: Math.tanh,
  derivative: (b, _z, self) => b.sub(b.ones(self.shape), b.pow(self, 2)),
  latex: (z) => `\\tanh${fenced(z)}`,
  code: called("tanh"),
});
