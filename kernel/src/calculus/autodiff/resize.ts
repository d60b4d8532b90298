/**
 * A network with other sizes or another number of samples: what both have in common is kept, what is new is filled with
 * seeded numbers of two decimals, so that growing, shrinking and growing again gives the same network.
 */
import { type Dense, fill } from "../core/dense.js";
import { random } from "../core/random.js";
import { type NetworkConfig, type Numbers, randomMatrix } from "./network.js";

/** `sizes` are n, m, k; `batch` is the number of samples. */
export interface NetworkSize {
  readonly sizes: readonly [n: number, m: number, k: number];
  readonly batch: number;
}

/** Takes a complete network, as `configOf` gives it; shapes that do not fit are for `traceNetwork` to refuse. */
export function resizeNetwork(config: NetworkConfig, { sizes, batch }: NetworkSize): NetworkConfig {
  const [n, m, k] = sizes;
  const { x: _x, y: _y, X: _X, Y: _Y, ...rest } = config;
  const part = (seed: number, old: Numbers | undefined, rows: number, cols: number, scale: number): number[][] =>
    overlaid(rowsOf(randomMatrix(random(seed), rows, cols, scale)), old);
  const column = (seed: number, old: Numbers | undefined, size: number): number[] =>
    part(seed, old, size, 1, 0.2).flat();
  const X = part(5, config.X ?? [(config.x ?? []) as number[]], batch, n, 1);
  const oneHot = rowsOf(fill(batch, k, (s, i) => (i === (k - 1 + s) % k ? 1 : 0)));
  const Y = targets(oneHot, config.Y ?? [(config.y ?? []) as number[]], config.loss !== "mse");
  return {
    ...rest,
    sizes,
    W1: part(1, config.W1, m, n, 1 / Math.sqrt(n)),
    W2: part(3, config.W2, k, m, 1 / Math.sqrt(m)),
    ...(config.bias === false ? {} : { b1: column(2, config.b1, m), b2: column(4, config.b2, k) }),
    ...(batch > 1 ? { X, Y } : { x: X[0]!, y: Y[0]! }),
  };
}

const rowsOf = ({ rows, cols, data }: Dense): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));

function overlaid(fresh: number[][], old: Numbers | undefined): number[][] {
  const known = (old ?? []).map((row) => (typeof row === "number" ? [row] : row));
  return fresh.map((row, i) => row.map((value, j) => known[i]?.[j] ?? value));
}

/** An old target that fits is kept; one that lost its class gets a new one. */
function targets(oneHot: number[][], old: readonly (readonly number[])[], distributions: boolean): number[][] {
  return oneHot.map((fresh, s) => {
    const known = old[s];
    if (!known?.length) return fresh;
    const row = fresh.map((_, i) => known[i] ?? 0);
    return distributions && row.every((t) => t === 0) ? fresh : row;
  });
}
