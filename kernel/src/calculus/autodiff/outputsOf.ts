/** What a network answers at given inputs: probabilities, or z where the loss is the squared error. Rows are samples. */
import { fill } from "../core/dense.js";
import { nameOf } from "../ops/leaves.js";
import { evaluate, type Point } from "../verify/evaluate.js";
import { type NetworkConfig, resolveNetwork } from "./network.js";
import { structureOf } from "./stages.js";

/** @example outputsOf({}, [[1, 2]]) // [[0.2792, 0.7208]] */
export function outputsOf(config: NetworkConfig, inputs: readonly (readonly number[])[]): number[][] {
  const network = resolveNetwork(config);
  const [n, m, k] = network.sizes;
  const { symbols, stages } = structureOf({
    ...network,
    batch: 2, // the form of a batch, whatever the number of its rows
    conventions: { ...network.conventions, samples: "rows" },
  });
  const { W1, b1, W2, b2 } = network.values;
  const x = fill(inputs.length, n, (s, i) => inputs[s]![i] ?? Number.NaN);
  const values: Record<string, Point["values"][string]> = { W1, b1, W2, b2, [nameOf(symbols.x)]: x };
  const point: Point = { sizes: { n, m, k, N: inputs.length }, values };
  const last = network.loss === "mse" ? "z" : "p";
  for (const { out, expr } of stages) {
    const made = evaluate(expr, point);
    values[nameOf(symbols[out])] = made;
    if (out === last)
      return Array.from({ length: made.rows }, (_, s) =>
        Array.from(made.data.subarray(s * made.cols, (s + 1) * made.cols)),
      );
  }
  return [];
}
