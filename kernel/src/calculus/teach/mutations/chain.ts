/** Mistakes at functions taken entry by entry, at powers and norms: the chain rule. */
import type { Expr } from "../../core/expr.js";
import { isScalar, sameShape } from "../../core/shape.js";
import { build as b, rebuild } from "../../ops/build.js";
import { opOf } from "../../ops/index.js";
import { d, isNumber, numberOf } from "../../ops/leaves.js";
import type { LocalMutation, Site } from "./define.js";

/** σ of a function that a reader would name: tanh, σ. */
const functionName = (e: Expr): string => (e.op === "apply" ? String(e.attrs.fn) : e.op);

const exponent = (e: Expr): number | undefined => (isNumber(e.args[1]!) ? numberOf(e.args[1]!) : undefined);

export const chainMutations: readonly LocalMutation[] = [
  {
    code: "log_forgotten",
    ops: ["log"],
    wrong: ({ dArg }) => dArg,
    says: ({ e }, show) => `the logarithm is forgotten: d ln u = du/u, with u = ${show(e.args[0]!)}`,
  },
  {
    code: "log_forgotten",
    ops: ["logdet"],
    wrong: ({ e, right }) => b.times(b.op("det", [e.args[0]!]), right),
    says: () => "the logarithm is forgotten: d ln|X| = tr(X^-1 dX), without the factor |X|",
  },
  {
    code: "derivative_dropped",
    ops: "elementwise",
    wrong: ({ e, dArg }) => (e.op === "log" ? undefined : dArg),
    says: ({ e }, show) => `the derivative of ${functionName(e)} at ${show(e.args[0]!)} is missing`,
  },
  {
    code: "function_for_derivative",
    ops: "elementwise",
    wrong: ({ e, dArg }) => (e.op === "exp" ? undefined : b.hadamard(e, dArg)),
    says: ({ e }) => `${functionName(e)} stands where its derivative belongs`,
  },
  {
    code: "derivative_at_output",
    ops: "elementwise",
    wrong: ({ e, dArg }) => opOf(e.op).differential(b, rebuild(e, [e]), 0, dArg),
    says: ({ e }, show) =>
      `the derivative of ${functionName(e)} is taken at ${show(e)}; it belongs at ${show(e.args[0]!)}`,
  },
  {
    code: "derivative_wrong",
    ops: ["sigmoid"],
    wrong: ({ e, dArg }) => b.hadamard(b.sub(b.ones(e.shape), e), dArg),
    says: () => "the derivative of sigmoid is σ(1 − σ), not 1 − σ",
  },
  {
    code: "derivative_wrong",
    ops: ["tanh"],
    wrong: ({ e, dArg }) => b.hadamard(b.sub(b.ones(e.shape), e), dArg),
    says: () => "the derivative of tanh is 1 − tanh², not 1 − tanh",
  },
  {
    code: "inner_dropped",
    ops: "any",
    wrong: (site) => innerDropped(site),
    says: ({ e }, show) => `the inner derivative of ${show(e.args[0]!)} is missing`,
  },
  {
    code: "exponent_kept",
    ops: ["pow"],
    wrong: ({ e, i, right }) => (i === 0 && exponent(e) !== undefined ? b.hadamard(e.args[0]!, right) : undefined),
    says: ({ e }) => `the exponent stays ${exponent(e)}: d(u^k) = k u^(k−1) du`,
  },
  {
    code: "power_factor_dropped",
    ops: ["pow"],
    wrong: ({ e, i, right }) => {
      const k = exponent(e);
      return i === 0 && k !== undefined && k !== 1 ? b.times(b.number(1 / k), right) : undefined;
    },
    says: ({ e }) =>
      exponent(e) === -1
        ? "the sign is missing: d(1/u) = −du/u²"
        : `the exponent ${exponent(e)} does not come down as a factor: d(u^k) = k u^(k−1) du`,
  },
  {
    code: "quotient_power",
    ops: ["pow"],
    wrong: ({ e, i, right }) =>
      i === 0 && (exponent(e) ?? 0) < 0 ? b.hadamard(b.pow(e.args[0]!, 1), right) : undefined,
    says: () => "the denominator is not squared: d(1/u) = −du/u²",
  },
  {
    code: "norm_not_divided",
    ops: ["norm"],
    wrong: ({ e, right }) => b.times(e, right),
    says: ({ e }, show) => `the norm is missing in the denominator: d‖u‖ = u'du/‖u‖, with u = ${show(e.args[0]!)}`,
  },
  {
    code: "norm_as_square",
    ops: ["norm"],
    wrong: ({ e, right }) => b.times(b.number(2), e, right),
    says: () => "this is the derivative of the squared norm",
  },
];

/** φ′(z)∘dX in place of φ′(z)∘dz, where the shapes allow it. */
function innerDropped({ e, i, dArg, x }: Site): Expr | undefined {
  const own = d(x);
  const unary = opOf(e.op).elementwise || e.op === "pow";
  if (!unary || i !== 0 || dArg === own || !sameShape(own.shape, dArg.shape)) return undefined;
  return isScalar(e.shape) || sameShape(e.shape, own.shape) ? opOf(e.op).differential(b, e, i, own) : undefined;
}
