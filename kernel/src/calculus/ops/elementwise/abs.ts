import { elementwise } from "./define.js";

export const abs = elementwise({
  name: "abs",
  doc: "Absolute value of every entry; not differentiable at 0.",
  domain: "entries not 0",
  value: Math.abs,
  derivative: (b, z) => b.op("sign", [z]),
  latex: (z) => `\\left|${z}\\right|`,
});
