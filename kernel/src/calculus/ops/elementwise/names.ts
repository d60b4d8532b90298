/** Names of the operators that act entry by entry, for rules and printers that treat them alike. */
export const ELEMENTWISE: ReadonlySet<string> = new Set([
  "exp",
  "log",
  "sin",
  "cos",
  "tan",
  "tanh",
  "sigmoid",
  "D_sigmoid",
  "relu",
  "step",
  "sign",
  "abs",
  "apply",
  "pow",
]);
