/** Mistakes at products, sums, transposes, inverses, determinants and softmax. */
import { isSquare } from "../../core/shape.js";
import { build as b } from "../../ops/build.js";
import type { LocalMutation } from "./define.js";

const PRODUCTS = ["mul", "times", "hadamard", "kron"];

export const productMutations: readonly LocalMutation[] = [
  {
    code: "product_term_dropped",
    ops: PRODUCTS,
    wrong: ({ varying, right }) => (varying > 1 ? b.zeros(right.shape) : undefined),
    says: ({ e, i }, show) =>
      `a term of the product rule is missing: ${show(e.args[i]!)} varies too in ${show(e)}, d(XY) = (dX)Y + X(dY)`,
  },
  {
    code: "term_not_differentiated",
    ops: ["add"],
    wrong: ({ varying, right }) => (varying > 1 ? b.zeros(right.shape) : undefined),
    says: ({ e, i }, show) => `the term ${show(e.args[i]!)} is missing`,
  },
  {
    code: "sign_of_term",
    ops: ["add", ...PRODUCTS],
    wrong: ({ varying, right }) => (varying > 1 ? b.neg(right) : undefined),
    says: ({ e, i }, show) => `the sign of the part that comes from ${show(e.args[i]!)} is wrong`,
  },
  {
    code: "softmax_diagonal",
    ops: ["softmax"],
    wrong: ({ e, dArg }) => b.hadamard(e, b.sub(b.ones(e.shape), e), dArg),
    says: () =>
      "only the diagonal of the softmax Jacobian is there: it is diag(p) − p p', every output depends on every input",
  },
  {
    code: "softmax_diagonal",
    ops: ["softmax"],
    wrong: ({ e, dArg }) => b.hadamard(e, dArg),
    says: () => "the softmax Jacobian is diag(p) − p p'; the part − p p' is missing",
  },
  {
    code: "not_normalised",
    ops: ["logsumexp"],
    wrong: ({ e, right }) => b.times(b.op("exp", [e]), right),
    says: () => "the division by the sum is missing: the gradient of log-sum-exp is softmax",
  },
  {
    code: "inverse_sign",
    ops: ["inv"],
    wrong: ({ right }) => b.neg(right),
    says: () => "the sign of the inverse rule is missing: d(X^-1) = −X^-1 (dX) X^-1",
  },
  {
    code: "inverse_rule",
    ops: ["inv"],
    wrong: ({ e, dArg }) => b.neg(b.mul(e, e, dArg)),
    says: () => "the inverse is treated as a number's: d(X^-1) = −X^-1 (dX) X^-1, one inverse on each side",
  },
  {
    code: "inverse_rule",
    ops: ["inv"],
    wrong: ({ e, dArg }) => b.neg(b.mul(dArg, e, e)),
    says: () => "the inverse is treated as a number's: d(X^-1) = −X^-1 (dX) X^-1, one inverse on each side",
  },
  {
    code: "inverse_rule",
    ops: ["inv"],
    wrong: ({ e, dArg }) => b.neg(b.mul(e, dArg)),
    says: () => "one of the two inverses is missing: d(X^-1) = −X^-1 (dX) X^-1",
  },
  {
    code: "inverse_rule",
    ops: ["inv"],
    wrong: ({ e, dArg }) => b.neg(b.mul(dArg, e)),
    says: () => "one of the two inverses is missing: d(X^-1) = −X^-1 (dX) X^-1",
  },
  {
    code: "inverse_rule",
    ops: ["inv"],
    wrong: ({ dArg }) => dArg,
    says: () => "the inverse is not differentiated: d(X^-1) = −X^-1 (dX) X^-1",
  },
  {
    code: "determinant_factor_dropped",
    ops: ["det"],
    wrong: ({ e, right }) => b.times(b.pow(e, -1), right),
    says: () => "the factor |X| is missing: d|X| = |X| tr(X^-1 dX)",
  },
  {
    code: "determinant_inverse_dropped",
    ops: ["det", "logdet"],
    wrong: ({ e, dArg }) => {
      const trace = b.op("tr", [b.mul(e.args[0]!, dArg)]);
      return e.op === "det" ? b.times(e, trace) : trace;
    },
    says: () => "the matrix is not inverted: d|X| = |X| tr(X^-1 dX)",
  },
  {
    code: "transpose_forgotten",
    ops: ["transpose"],
    wrong: ({ e, dArg }) => (isSquare(e.shape) ? dArg : undefined),
    says: ({ e }, show) => `the transpose of ${show(e.args[0]!)} is forgotten: d(X') = (dX)'`,
  },
];
