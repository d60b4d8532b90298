/** The numbers that a slip of the notes comes with, in the names of the statement. */
import { type Dense, relativeError } from "../../core/dense.js";
import { NablaError } from "../../core/errors.js";
import { expandDifferentials } from "../../derive/linearise.js";
import { nameOf } from "../../ops/leaves.js";
import { evaluateAll } from "../../verify/evaluate.js";
import type { Matched } from "../errata/match.js";
import { fromNumbers, toNumbers } from "../numbers.js";
import type { Counterexample, Numbers } from "../verdict.js";
import type { Reading } from "./reading.js";

export function slipExample({ slip, names }: Matched, reading: Reading): Counterexample | undefined {
  const values: Record<string, Dense> = Object.create(null);
  const directions: Record<string, Dense> = Object.create(null);
  const sizes: Record<string, number> = Object.create(null);
  const bindings: Record<string, Numbers> = {};
  for (const [own, numbers] of Object.entries(slip.claim?.at ?? {})) {
    const symbol = names.get(own);
    const moved = symbol ? undefined : names.get(own.slice(1));
    const s = symbol ?? moved;
    if (!s) return undefined;
    const value = fromNumbers(numbers);
    (moved ? directions : values)[nameOf(s)] = value;
    bindings[moved ? `d${nameOf(s)}` : nameOf(s)] = numbers;
    if (s.shape.rows.names.length === 1) sizes[s.shape.rows.names[0]!] = value.rows;
    if (s.shape.cols.names.length === 1) sizes[s.shape.cols.names[0]!] = value.cols;
  }
  try {
    const moving = new Set(reading.wrt);
    const [left, right] = [expandDifferentials(reading.left, moving), expandDifferentials(reading.right, moving)];
    const known = evaluateAll([left, right], { sizes, values, directions });
    const [a, b] = [known.get(left)!, known.get(right)!];
    const differs =
      a.data.every(Number.isFinite) && b.data.every(Number.isFinite) && relativeError(a.data, b.data) > 0.05;
    return differs ? { bindings, functions: {}, left: toNumbers(a), right: toNumbers(b) } : undefined;
  } catch (error) {
    if (error instanceof NablaError || error instanceof RangeError) return undefined;
    throw error;
  }
}
