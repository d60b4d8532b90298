/** All numbers of one forward and one backward pass, by tensor name, from the expressions of the steps. */
import type { Dense } from "../core/dense.js";
import { scalarValue } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { nameOf } from "../ops/leaves.js";
import { evaluate, type Point } from "../verify/evaluate.js";
import type { BackwardStep } from "./backward.js";
import type { Fault } from "./faults.js";
import type { Network } from "./network.js";
import { SLOPE, type Structure, type ValueKey } from "./stages.js";

/** Tensor name of ∂L/∂key. */
export const gradientKey = (key: ValueKey): string => `g_${key}`;

export interface Values {
  /** By tensor name: "h", "g_W1", "dphi". */
  readonly tensors: Readonly<Record<string, Dense>>;
  /** The same by the names of the symbols, for evaluation. */
  readonly point: Point;
}

/** The numbers a pass is made from; a mini-batch has the structure of the whole batch and its own number of samples. */
export type Given = Pick<Network, "sizes" | "batch" | "values"> & {
  readonly conventions: Pick<Network["conventions"], "kink" | "reduction">;
};

/** With a fault, the gradients that a backward pass with that mistake in it makes. */
export function valuesOf(
  network: Network,
  structure: Structure,
  steps: readonly BackwardStep[],
  fault?: Fault,
): Values {
  const values = passOf(network, structure, steps, fault);
  const [loss] = values.tensors.L!.data;
  if (!Number.isFinite(loss))
    throw new NablaError(
      "bad_argument",
      "the loss is not a finite number here: a probability has come out as exactly 0 or 1",
      {
        got: String(loss),
        want: "smaller weights or inputs",
      },
    );
  return values;
}

/** The same, whatever the loss comes to: a training that diverges goes through here. */
export function passOf(given: Given, structure: Structure, steps: readonly BackwardStep[], fault?: Fault): Values {
  const [n, m, k] = given.sizes;
  const values: Record<string, Dense> = Object.create(null);
  const tensors: Record<string, Dense> = Object.create(null);
  const point: Point = { sizes: { n, m, k, N: given.batch }, values, kink: given.conventions.kink };
  const put = (name: string, symbol: Expr, value: Dense): void => {
    tensors[name] = value;
    values[nameOf(symbol)] = value;
  };
  for (const [key, value] of Object.entries(given.values)) put(key, structure.symbols[key as ValueKey], value);
  for (const stage of structure.stages) put(stage.out, structure.symbols[stage.out], evaluate(stage.expr, point));
  put(SLOPE, structure.slope, evaluate(structure.slopeValue, point));
  put(gradientKey("L"), structure.gradients.L, scalarValue(1));
  for (const step of steps) {
    const right = (read: Point["values"] = {}): Dense =>
      evaluate(step.value, { ...point, values: { ...values, ...read } });
    const made = fault ? fault.make({ step, given, structure, tensors, point, right }) : evaluate(step.value, point);
    put(gradientKey(step.wrt), structure.gradients[step.wrt], made);
  }
  return { tensors, point };
}
