/**
 * gradientCheck(config): every parameter's gradient three ways, by formula, by reverse AD and by central differences,
 * with a verdict; and the error of the difference over its step, the V-curve. With a fault the formula's side is the one
 * that a backward pass with that mistake makes.
 * Verdicts: ok ≤ 1e-7, bad > 1e-4, look between them, kink where the loss has no derivative.
 */
import { relativeError } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { nameOf } from "../ops/leaves.js";
import { STEP } from "../verify/finiteDifference.js";
import { differenceFloor, judge, lossFrom, type ThreeWays, waysOf } from "./checks.js";
import { quotientOf } from "./differences.js";
import { type FaultName, faultOf } from "./faults.js";
import { type NetworkConfig, resolveNetwork } from "./network.js";
import type { ValueKey } from "./stages.js";
import type { Check } from "./trace.js";
import { partialLatex, type Tracing, tracingOf } from "./tracing.js";
import { gradientKey } from "./values.js";

/** Steps of the V-curve, relative to max(1, |θ|): half decades from 1e-1 to 1e-13. */
const STEPS = Array.from({ length: 25 }, (_, i) => 10 ** (-1 - i / 2));
/** Of a larger gradient so many entries are taken, evenly spread. */
const MOST_IN_CURVE = 16;

/** What a check is made of besides the network. */
export interface CheckOptions {
  /** A mistake put into the backward pass. */
  readonly fault?: FaultName;
}

/** A gradient in denominator layout, numbers row-major. */
export interface ParameterCheck extends Omit<Check, "values"> {
  /** "W1" */
  readonly variable: string;
  /** "∂L/∂W1" */
  readonly label: string;
  readonly latex: string;
  readonly shape: readonly [rows: number, cols: number];
  readonly values: {
    readonly symbolic: readonly number[];
    readonly automatic: readonly number[];
    readonly difference: readonly number[];
  };
}

/** One point of the V-curve. */
export interface CurvePoint {
  readonly step: number;
  /** Relative error of the difference quotient against the formula. */
  readonly error: number;
}

/** Every parameter's gradient three ways. */
export interface GradientCheck {
  readonly kind: "nabla.gradientCheck";
  readonly fault?: FaultName;
  readonly parameters: readonly ParameterCheck[];
  /** Parameters that are too large to be differenced. */
  readonly left: readonly string[];
  /** The step of the differences in `parameters`, relative to max(1, |θ|). */
  readonly step: number;
  /** Error over step for one parameter, or for one entry of it (row-major). */
  curve(variable: string, entry?: number): readonly CurvePoint[];
}

/**
 * @throws NablaError `shape_mismatch` or `bad_argument` as traceNetwork does
 * @example gradientCheck({}).parameters.every(({ verdict }) => verdict === "ok") // true
 */
export function gradientCheck(config: NetworkConfig = {}, { fault }: CheckOptions = {}): GradientCheck {
  const tracing = tracingOf(resolveNetwork(config), fault && faultOf(fault));
  const ways = waysOf(tracing);
  const keys = (["W1", "b1", "W2", "b2", "x"] as const).filter((key) => gradientKey(key) in tracing.values.tensors);
  const checked = keys.map((key) => ({ key, three: ways(key) }));
  return {
    kind: "nabla.gradientCheck",
    ...(fault ? { fault } : {}),
    parameters: checked.flatMap(({ key, three }) => (three ? [parameterOf(tracing, key, three)] : [])),
    left: checked.filter(({ three }) => !three).map(({ key }) => nameOf(tracing.structure.symbols[key])),
    step: STEP,
    curve(variable, entry) {
      const key = keys.find((name) => nameOf(tracing.structure.symbols[name]) === variable);
      if (key) return curveOf(tracing, key, entry);
      throw new NablaError("unknown_symbol", `the network has no parameter ${variable}`, {
        got: variable,
        want: keys.map((name) => nameOf(tracing.structure.symbols[name])).join(", "),
      });
    },
  };
}

function parameterOf(tracing: Tracing, key: ValueKey, three: ThreeWays): ParameterCheck {
  const symbol = tracing.structure.symbols[key];
  const { values: _, ...check } = judge(tracing, key, three);
  const plain = (data: Float64Array): number[] => Array.from(data, (x) => x + 0);
  return {
    ...check,
    variable: nameOf(symbol),
    label: `∂L/∂${nameOf(symbol)}`,
    latex: partialLatex(symbol),
    shape: [three.symbolic.rows, three.symbolic.cols],
    values: {
      symbolic: plain(three.symbolic.data),
      automatic: plain(three.automatic.data),
      difference: plain(three.difference.data),
    },
  };
}

function curveOf({ structure, values }: Tracing, key: ValueKey, entry?: number): CurvePoint[] {
  const symbol = structure.symbols[key];
  const quotient = quotientOf(lossFrom(structure).get(key)!, symbol, values.point);
  const { data } = values.tensors[gradientKey(key)]!;
  if (entry !== undefined && !(entry in data))
    throw new NablaError("bad_argument", `entry ${entry} of ${nameOf(symbol)}: there are ${data.length} entries`, {
      got: String(entry),
      want: `a whole number from 0 to ${data.length - 1}`,
    });
  const entries = entry === undefined ? spread(data.length) : [entry];
  const symbolic = entries.map((i) => data[i]!);
  const floor = differenceFloor(values.tensors.L!.data[0]!);
  return STEPS.map((step) => ({
    step,
    error: relativeError(
      symbolic,
      entries.map((i) => quotient(i, step)),
      floor,
    ),
  }));
}

const spread = (count: number): number[] =>
  count <= MOST_IN_CURVE
    ? Array.from({ length: count }, (_, i) => i)
    : Array.from({ length: MOST_IN_CURVE }, (_, i) => Math.floor((i * count) / MOST_IN_CURVE));
