/**
 * How far a difference quotient is from the symbolic gradient, by its step: the V of a gradient check. Left of the
 * lowest point rounding grows as ε/h, right of it truncation as h (forward) or h² (central).
 * Source: Griewank and Walther, Evaluating Derivatives, §1; Higham, Accuracy and Stability, §1.12.
 */

import { NablaError } from "./core/errors.js";
import type { Expr } from "./core/expr.js";
import type { Let } from "./core/step.js";
import { derive } from "./derive/derive.js";
import { withoutLets } from "./derive/lineState.js";
import { compile } from "./numeric/compile.js";
import { nameOf } from "./ops/leaves.js";
import { refuseNumberless } from "./slice.js";
import { type Bindings, bindPoint } from "./verify/bindings.js";

/** Relative errors ‖difference − gradient‖/‖gradient‖ by step. */
export interface GradientCurve {
  readonly steps: readonly number[];
  readonly forward: readonly number[];
  readonly central: readonly number[];
  /** The symbolic gradient, row-major. */
  readonly gradient: readonly number[];
}

/** Each entry is moved by itself. */
const MOST_ENTRIES = 2000;
/** Four steps per decade, from 10⁻¹⁵ to 1. */
const STEPS = Array.from({ length: 61 }, (_, i) => 10 ** (i / 4 - 15));

/**
 * @throws NablaError `bad_argument` for a result that is no scalar, a missing number, or a gradient that is 0 or has no value
 * @example gradientCurve(parse("x^3", scope).expr, [], scope.symbols.get("x")!, { x: 1 }).central
 */
export function gradientCurve(written: Expr, lets: readonly Let[], wrt: Expr, bindings: Bindings): GradientCurve {
  const f = withoutLets(lets, written);
  refuseNumberless(f, "gradientCheck");
  const point = bindPoint(f, bindings);
  const start = point.values[nameOf(wrt)]!;
  const count = start.data.length;
  if (count > MOST_ENTRIES)
    throw new NablaError("unsupported", `gradientCheck: ${nameOf(wrt)} has ${count} entries`, {
      got: `${count} entries`,
      want: `at most ${MOST_ENTRIES} entries`,
    });
  const zero = { ...start, data: new Float64Array(count) };
  const { sizes } = point;
  const symbol = (s: Expr) =>
    s === wrt ? { base: zero, moves: (k: number) => [[k, 1]] as const } : point.values[nameOf(s)]!;
  const gradientOf = derive(f, [wrt], { steps: false }).matrices.denominator!;
  const gradient = new Float64Array(count);
  compile([gradientOf], { sizes, parameters: count, symbol }).run(start.data, gradient);
  const size = Math.hypot(...gradient);
  if (!(size > 0 && Number.isFinite(size)))
    throw new NablaError(
      "bad_argument",
      `gradientCheck: the gradient by ${nameOf(wrt)} ${size === 0 ? "is 0" : "has no value"} at this point`,
      {
        got: size === 0 ? "a gradient of 0" : "a gradient that is not finite",
        want: "a point with a gradient that is not 0: the error is relative to it",
      },
    );
  const program = compile([f], { sizes, parameters: count, symbol });
  const out = new Float64Array(1);
  const value = (x: Float64Array): number => {
    program.run(x, out);
    return out[0]!;
  };
  const here = value(start.data);
  const errors = STEPS.map((h) => {
    const x = Float64Array.from(start.data);
    const [forward, central] = [new Float64Array(count), new Float64Array(count)];
    for (let k = 0; k < count; k++) {
      const at = x[k]!;
      x[k] = at + h;
      const [above, up] = [value(x), x[k]!];
      x[k] = at - h;
      const [below, down] = [value(x), x[k]!];
      x[k] = at;
      // By the step that was taken, not the one that was asked for.
      forward[k] = (above - here) / (up - at) - gradient[k]!;
      central[k] = (above - below) / (up - down) - gradient[k]!;
    }
    return { forward: Math.hypot(...forward) / size, central: Math.hypot(...central) / size };
  });
  return {
    steps: STEPS,
    forward: errors.map((e) => e.forward),
    central: errors.map((e) => e.central),
    gradient: [...gradient],
  };
}
