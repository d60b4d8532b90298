import { JETS } from "../../core/tape.js";
import { called } from "../code/define.js";
import { fenced } from "../fragment.js";
import { elementwise } from "./define.js";

export const log = elementwise({
  name: "log",
  doc: "Natural logarithm of every entry.",
  domain: "entries positive",
  value: Math.log,
  jet: JETS.log,
  derivative: (b, z) => b.pow(z, -1),
  latex: (z) => (/^\|[^|]*\|$/.test(z) ? `\\ln${z}` : `\\ln${fenced(z)}`),
  entries: [0.3, 2],
  code: called("log"),
});
