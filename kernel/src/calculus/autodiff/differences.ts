/** Central differences of a loss by single entries of one symbol: they know no rule, only the value. */
import { type Dense, dense } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { nameOf } from "../ops/leaves.js";
import { evaluate, type Point } from "../verify/evaluate.js";
import { STEP } from "../verify/finiteDifference.js";

/** The difference quotient of an entry for a relative step. */
export type Quotient = (entry: number, step: number) => number;
/** What the step of a value is relative to. */
export type Scale = (value: number) => number;

const ofParameter: Scale = (value) => Math.max(1, Math.abs(value));
/** ln p and ln(1 − p) turn within the distance to 0 and to 1; a narrower step would be lost in the rounding of p. */
export const ofProbability: Scale = (p) => Math.max(Math.min(p, 1 - p), 1e-10);

export function quotientOf(loss: Expr, symbol: Expr, point: Point, scale: Scale = ofParameter): Quotient {
  const name = nameOf(symbol);
  const theta = point.values[name]!;
  const at = (entry: number, value: number): number => {
    const data = Float64Array.from(theta.data);
    data[entry] = value;
    return evaluate(loss, { ...point, values: { ...point.values, [name]: { ...theta, data } } }).data[0]!;
  };
  return (entry, step) => {
    const value = theta.data[entry]!;
    const h = step * scale(value);
    const [above, below] = [value + h, value - h];
    // Divided by the step that was taken: h itself is not what rounding leaves of it.
    return (at(entry, above) - at(entry, below)) / (above - below);
  };
}

/** Every entry with the step 1e-5·max(1, |θ|), the best compromise of truncation and rounding. */
export function differences(loss: Expr, symbol: Expr, point: Point, scale?: Scale): Dense {
  const quotient = quotientOf(loss, symbol, point, scale);
  const { rows, cols, data } = point.values[nameOf(symbol)]!;
  return dense(
    rows,
    cols,
    Array.from(data, (_, entry) => quotient(entry, STEP)),
  );
}
