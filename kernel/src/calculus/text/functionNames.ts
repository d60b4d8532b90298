/** The functions of the grammar by name: how many arguments each takes, and what to say about names that are none. */

/** Smallest and largest number of arguments. */
export const ARITY: ReadonlyMap<string, readonly [number, number]> = new Map([
  ...["inv", "det", "tr", "logdet", "adj", "diag", "vec", "sum", "softmax", "logsumexp"].map(one),
  ...["exp", "log", "ln", "sin", "cos", "tan", "tanh", "sqrt", "abs", "relu", "sigmoid", "step", "sign"].map(one),
  ["norm", [1, 2]],
  ["dot", [2, 2]],
  ["kron", [2, 2]],
  ["eye", [1, 1]],
  ["ones", [1, 2]],
  ["zeros", [1, 2]],
  ["commutation", [2, 2]],
]);

function one(name: string): readonly [string, readonly [number, number]] {
  return [name, [1, 1]];
}

export const isFunctionName = (name: string): boolean => ARITY.has(name);

/** Functions that nothing here can differentiate. */
export const NOT_DIFFERENTIABLE: ReadonlySet<string> = new Set(
  "floor ceil round fix trunc mod rem rank argmax argmin heaviside isnan".split(" "),
);

/** What to write instead of a name that other systems use. */
export const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["trace", "tr(X)"],
  ["Tr", "tr(X)"],
  ["transpose", "X'"],
  ["t", "X'"],
  ["inverse", "inv(X)"],
  ["adjugate", "adj(X)"],
  ["ReLU", "relu(x)"],
  ["logistic", "sigmoid(x)"],
  ["sgn", "sign(x)"],
  ["lse", "logsumexp(x)"],
  ["identity", "eye(n)"],
  ["mean", "sum(x)/n"],
  ["max", "relu(x)"],
  ["pow", "x^2 or x.^2"],
  ["square", "x^2 or x.^2"],
  ["hadamard", "x.*y"],
  ["trans", "X'"],
]);

/** "1 argument", "1 or 2 arguments". */
export function showArity([low, high]: readonly [number, number]): string {
  if (low === high) return `${low} argument${low === 1 ? "" : "s"}`;
  return `${low} or ${high} arguments`;
}
