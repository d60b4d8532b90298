/** Mistakes in reading the expression: a part left out, a function or an exponent forgotten. */
import type { Expr } from "../../core/expr.js";
import { sameShape } from "../../core/shape.js";
import { build as b, rebuild } from "../../ops/build.js";
import { opOf } from "../../ops/index.js";
import { isNumber, isZero } from "../../ops/leaves.js";
import type { RewriteMutation, Wrong } from "./define.js";

export const expressionMutations: readonly RewriteMutation[] = [
  {
    code: "part_left_out",
    wrong: (e) =>
      e.op === "add"
        ? e.args.map((part, i) => ({
            instead: b.add(...e.args.filter((_, j) => j !== i)),
            says: (show) => `${show(part)} is left out of ${show(e)}`,
          }))
        : [],
  },
  {
    code: "sign_of_part",
    wrong: (e) =>
      e.op === "add"
        ? // The last part first: of Xw − y a reader says that the sign of y is wrong.
          e.args
            .map(
              (part, i): Wrong => ({
                instead: b.add(...e.args.map((a, j) => (j === i ? b.neg(a) : a))),
                says: (show) => `the sign of ${show(part)} in ${show(e)} is wrong`,
              }),
            )
            .reverse()
        : [],
  },
  {
    code: "factor_left_out",
    wrong: (e) =>
      e.op === "times"
        ? e.args.slice(0, -1).flatMap((factor, i) =>
            isNumber(factor, -1)
              ? []
              : [
                  {
                    instead: b.times(...e.args.filter((_, j) => j !== i)),
                    says: (show: (x: Expr) => string) => `the factor ${show(factor)} is left out of ${show(e)}`,
                  },
                ],
          )
        : [],
  },
  {
    code: "power_left_out",
    wrong: (e) =>
      e.op === "pow" && !isNumber(e.args[1]!, -1)
        ? [
            {
              instead: e.args[0]!,
              says: (show) => `the exponent ${show(e.args[1]!)} of ${show(e.args[0]!)} is left out`,
            },
          ]
        : [],
  },
  {
    code: "function_left_out",
    wrong: (e) =>
      (opOf(e.op).elementwise || e.op === "softmax") && e.args.length === 1
        ? [{ instead: e.args[0]!, says: () => `${e.op === "apply" ? e.attrs.fn : e.op} is left out` }]
        : [],
  },
  {
    code: "norm_squared",
    wrong: (e) => (e.op === "norm" ? [{ instead: b.pow(e, 2), says: () => "the norm is squared" }] : []),
  },
  {
    code: "transpose_forgotten",
    wrong: (e) =>
      e.op === "transpose" && sameShape(e.shape, e.args[0]!.shape)
        ? [{ instead: e.args[0]!, says: (show) => `the transpose of ${show(e.args[0]!)} is forgotten` }]
        : [],
  },
  {
    code: "weight_left_out",
    wrong: (e) =>
      e.op === "sum" && e.args[0]!.op === "hadamard" && !isZero(e.args[0]!)
        ? e.args[0]!.args.map((factor, i) => ({
            instead: rebuild(e, [b.hadamard(...e.args[0]!.args.filter((_, j) => j !== i))]),
            says: (show) => `the factor ${show(factor)} is left out`,
          }))
        : [],
  },
];
