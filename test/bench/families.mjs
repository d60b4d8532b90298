/** Expressions that grow by one number: what `growth.mjs` measures. Every family is data: text, declarations, variables. */

const count = (k) => Array.from({ length: k }, (_, i) => i + 1);
const each = (k, of, between) => count(k).map(of).join(between);
const shapes = (k, name, dims) => Object.fromEntries(count(k).map((i) => [`${name}${i}`, dims]));

/** Wk*tanh(… W2*tanh(W1*x)), at most 45 layers as one text: the grammar allows 150 nested parts. */
const nested = (k) => count(k).reduce((inner, i) => (i === 1 ? "W1*x" : `W${i}*tanh(${inner})`), "");
const layers = (k, wrt) => ({
  expr: `norm(${nested(k)} - t)^2`,
  vars: { ...shapes(k, "W", ["n", "n"]), x: ["n"], t: ["n"] },
  wrt,
});
/** The same with every layer named. */
const program = (k, wrt) => ({
  expr: `${each(k, (i) => `h${i} = W${i}*${i === 1 ? "x" : `a${i - 1}`}; a${i} = tanh(h${i});`, " ")} norm(a${k} - t)^2`,
  vars: { ...shapes(k, "W", ["n", "n"]), x: ["n"], t: ["n"] },
  wrt,
});
/** A tower f(A_k f(… A_1 x)) of a function of columns. */
const tower = (f) => (k) => ({
  expr: `t'*${count(k).reduce((inner, i) => `${f}(A${i}*${inner})`, "x")}`,
  vars: { ...shapes(k, "A", ["n", "n"]), x: ["n"], t: ["n"] },
  wrt: ["x"],
});

const STYLES = ["differential", "chain", "index"];
const SMALL = [5, 10, 20, 40];
const LARGE = [25, 50, 100, 200];

/** @type {{ name: string, sizes: number[], styles: string[], of: (k: number) => { expr: string, vars: object, wrt: string[] } }[]} */
export const FAMILIES = [
  { name: "k tanh layers as one text, by W1", sizes: SMALL, styles: STYLES, of: (k) => layers(k, ["W1"]) },
  { name: "k tanh layers as one text, by x", sizes: SMALL, styles: STYLES, of: (k) => layers(k, ["x"]) },
  { name: "k tanh layers as one text, by Wk", sizes: SMALL, styles: STYLES, of: (k) => layers(k, [`W${k}`]) },
  { name: "k named tanh layers, by W1", sizes: LARGE, styles: STYLES, of: (k) => program(k, ["W1"]) },
  { name: "k named tanh layers, by x", sizes: LARGE, styles: STYLES, of: (k) => program(k, ["x"]) },
  { name: "k named tanh layers, by Wk", sizes: LARGE, styles: STYLES, of: (k) => program(k, [`W${k}`]) },
  {
    name: "x squared k times by name",
    sizes: LARGE,
    styles: STYLES,
    of: (k) => ({
      expr: `${each(k, (i) => `h${i} = tanh(${i === 1 ? "x.*x" : `h${i - 1}.*h${i - 1}`});`, " ")} sum(h${k})`,
      vars: { x: ["n"] },
      wrt: ["x"],
    }),
  },
  {
    name: "sum of k quadratic forms",
    sizes: LARGE,
    styles: STYLES,
    of: (k) => ({
      expr: each(k, (i) => `x'*A${i}*x`, " + "),
      vars: { ...shapes(k, "A", ["n", "n"]), x: ["n"] },
      wrt: ["x"],
    }),
  },
  {
    name: "sum of k bilinear forms a*x'*A*b",
    sizes: [50, 100, 200, 400],
    styles: STYLES,
    of: (k) => ({
      expr: each(k, (i) => `a${i}*x'*A*b${i}`, " + "),
      vars: { ...shapes(k, "a", []), ...shapes(k, "b", ["n"]), A: ["n", "n"], x: ["n"] },
      wrt: ["x"],
    }),
  },
  {
    name: "product of k scalars, one the variable",
    sizes: [250, 500, 1000, 2000],
    styles: STYLES,
    of: (k) => ({ expr: each(k, (i) => `s${i}`, "*"), vars: shapes(k, "s", []), wrt: ["s1"] }),
  },
  {
    name: "product of k functions of one scalar",
    sizes: LARGE,
    styles: STYLES,
    of: (k) => ({ expr: each(k, (i) => `tanh(c${i}*s)`, "*"), vars: { ...shapes(k, "c", []), s: [] }, wrt: ["s"] }),
  },
  {
    name: "tr(X^k)",
    sizes: [10, 30, 100, 300, 1000],
    styles: STYLES,
    of: (k) => ({ expr: `tr(X^${k})`, vars: { X: ["n", "n"] }, wrt: ["X"] }),
  },
  {
    name: "x'A1...Ak x",
    sizes: LARGE,
    styles: STYLES,
    of: (k) => ({
      expr: `x'*${each(k, (i) => `A${i}`, "*")}*x`,
      vars: { ...shapes(k, "A", ["n", "n"]), x: ["n"] },
      wrt: ["x"],
    }),
  },
  {
    name: "tr(XA1 ... XAk)",
    sizes: [10, 20, 40, 80],
    styles: STYLES,
    of: (k) => ({
      expr: `tr(${each(k, (i) => `X*A${i}`, "*")})`,
      vars: { ...shapes(k, "A", ["n", "n"]), X: ["n", "n"] },
      wrt: ["X"],
    }),
  },
  { name: "softmax tower", sizes: SMALL, styles: STYLES, of: tower("softmax") },
  {
    name: "logsumexp tower",
    sizes: SMALL,
    styles: STYLES,
    of: (k) => ({
      expr: count(k).reduce((inner, i) => `logsumexp(${inner === "" ? "x" : `b${i}*${inner} + x`})`, ""),
      vars: { ...shapes(k, "b", ["n"]), x: ["n"] },
      wrt: ["x"],
    }),
  },
  {
    name: "kron tower",
    sizes: [2, 3, 4, 5, 6, 8],
    styles: STYLES,
    of: (k) => ({
      expr: `tr(${count(k).reduce((inner, i) => `kron(A${i}, ${inner})`, "X")})`,
      vars: { ...shapes(k, "A", ["n", "n"]), X: ["n", "n"] },
      wrt: ["X"],
    }),
  },
  {
    name: "Hessian of k tanh layers",
    sizes: [2, 5, 10, 20],
    styles: ["differential"],
    of: (k) => layers(k, ["x", "x"]),
  },
  {
    name: "Hessian of a sum of k terms",
    sizes: [10, 20, 40, 80],
    styles: ["differential"],
    of: (k) => ({
      expr: each(k, (i) => `log(1 + exp(a${i}'*x))`, " + "),
      vars: { ...shapes(k, "a", ["n"]), x: ["n"] },
      wrt: ["x", "x"],
    }),
  },
];
