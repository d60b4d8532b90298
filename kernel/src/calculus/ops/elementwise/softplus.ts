import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const softplus = elementwise({
  name: "softplus",
  doc: "log(1 + exp(z)) of every entry, without overflow; its derivative is the sigmoid.",
  value: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  derivative: (b, z) => b.op("sigmoid", [z]),
  latex: (z) => `\\operatorname{softplus}${fenced(z)}`,
});
