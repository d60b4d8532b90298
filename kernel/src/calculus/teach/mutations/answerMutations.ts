/** Mistakes in the last line: a factor or term dropped, factors in another order, a transpose or inverse forgotten. */
import { NablaError } from "../../core/errors.js";
import type { Expr } from "../../core/expr.js";
import { isScalar, isSquare, sameShape } from "../../core/shape.js";
import { build as b } from "../../ops/build.js";
import type { RewriteMutation, Wrong } from "./define.js";

/** Products of at most this many factors are tried in every order. */
const MOST_FACTORS = 4;

export const answerMutations: readonly RewriteMutation[] = [
  {
    code: "transpose_forgotten",
    wrong: (e) => (e.op === "transpose" && isSquare(e.shape) ? [forgotten(e)] : []),
  },
  {
    code: "transpose_too_many",
    wrong: (e) =>
      e.op !== "transpose" && isSquare(e.shape) && !isScalar(e.shape) && (e.op === "symbol" || e.op === "inv")
        ? [{ instead: b.transpose(e), says: (show) => `${show(e)} is transposed, and should not be` }]
        : [],
  },
  {
    code: "factors_swapped",
    wrong: (e) =>
      e.op === "mul" && e.args.length <= MOST_FACTORS
        ? orders(e.args).flatMap((order) =>
            possible(() => b.mul(...order)).map((instead) => ({
              instead,
              says: (show) => `the factors of ${show(e)} stand in the wrong order: matrix products do not commute`,
            })),
          )
        : [],
  },
  {
    code: "factor_dropped",
    wrong: (e) =>
      e.op === "mul" || e.op === "hadamard" || e.op === "times"
        ? e.args.flatMap((factor, i) => {
            const rest = e.args.filter((_, j) => j !== i);
            const make = e.op === "mul" ? b.mul : e.op === "times" ? b.times : b.hadamard;
            return possible(() => make(...rest)).map((instead) => ({
              instead,
              says: (show: (x: Expr) => string) => `the factor ${show(factor)} is missing`,
            }));
          })
        : [],
  },
  {
    code: "term_dropped",
    wrong: (e) =>
      e.op === "add"
        ? e.args.map((term, i) => ({
            instead: b.add(...e.args.filter((_, j) => j !== i)),
            says: (show) => `the term ${show(term)} is missing`,
          }))
        : [],
  },
  {
    code: "sign_of_term",
    wrong: (e) =>
      e.op === "add"
        ? e.args.map((term, i) => ({
            instead: b.add(...e.args.map((t, j) => (j === i ? b.neg(t) : t))),
            says: (show) => `the sign of ${show(term)} is wrong`,
          }))
        : [],
  },
  {
    code: "inverse_forgotten",
    wrong: (e) =>
      e.op === "inv" ? [{ instead: e.args[0]!, says: (show) => `${show(e.args[0]!)} should be inverted` }] : [],
  },
  {
    code: "diag_forgotten",
    wrong: (e) =>
      e.op === "diag" && !sameShape(e.shape, e.args[0]!.shape)
        ? [
            {
              instead: e.args[0]!,
              says: (show) => `${show(e.args[0]!)} belongs on the diagonal of a matrix: ${show(e)}`,
            },
          ]
        : [],
  },
  {
    code: "elementwise_confused",
    wrong: (e) =>
      e.op === "mul" && e.args.length === 2 && e.args.every((a) => isSquare(a.shape))
        ? possible(() => b.hadamard(...e.args)).map((instead) => ({
            instead,
            says: () => "an elementwise product stands where a matrix product belongs",
          }))
        : e.op === "hadamard" && isSquare(e.shape)
          ? possible(() => b.mul(...e.args)).map((instead) => ({
              instead,
              says: () => "a matrix product stands where an elementwise product belongs",
            }))
          : [],
  },
];

const forgotten = (e: Expr): Wrong => ({
  instead: e.args[0]!,
  says: (show) => `${show(e.args[0]!)} should be transposed`,
});

/** What can be built; shapes that do not fit make no mutant. */
function possible(make: () => Expr): Expr[] {
  try {
    return [make()];
  } catch (error) {
    if (error instanceof NablaError) return [];
    throw error;
  }
}

/** All orders but the given one. */
function orders<T>(items: readonly T[]): T[][] {
  const all = (rest: readonly T[]): T[][] =>
    rest.length === 0 ? [[]] : rest.flatMap((x, i) => all(rest.filter((_, j) => j !== i)).map((o) => [x, ...o]));
  return all(items).slice(1);
}
