import { elementwise } from "./define.js";

export const log = elementwise({
  name: "log",
  doc: "Natural logarithm of every entry.",
  domain: "entries positive",
  value: Math.log,
  derivative: (b, z) => b.pow(z, -1),
  latex: (z) => `\\ln\\left(${z}\\right)`,
  entries: [0.3, 2],
});
