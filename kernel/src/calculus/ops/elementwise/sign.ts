import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const sign = elementwise({
  name: "sign",
  doc: "−1, 0 or 1, entry by entry. Its derivative is 0 away from 0.",
  domain: "entries not 0",
  kink: "jump",
  range: [-1, 1],
  value: Math.sign,
  jet: (x) => ({ value: Math.sign(x), first: 0, second: 0, third: 0 }),
  derivative: (b, z) => b.zeros(z.shape),
  latex: (z) => `\\operatorname{sign}${fenced(z)}`,
  code: called("sign"),
});
