/**
 * The two-layer network that is traced: sizes, choices and numbers. x: n×1, W1: m×n, h, a: m×1, W2: k×m, z, y: k×1.
 * What is not given is the demo network where its sizes [2, 3, 2] fit, otherwise seeded random numbers.
 */
import { type Dense, dense, fill, sumOf, transpose } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { type Random, random } from "../core/random.js";
import { type Activation, type Conventions, DEFAULT_CONVENTIONS, type Loss } from "./trace.js";

/** A column, or rows of a matrix. */
export type Numbers = readonly number[] | readonly (readonly number[])[];

/** What a network is made of; everything that is left out is taken from the demo network. */
export interface NetworkConfig {
  readonly sizes?: readonly [n: number, m: number, k: number];
  readonly activation?: Activation;
  readonly loss?: Loss;
  /** False drops b1 and b2 and the steps B4 and B8. */
  readonly bias?: boolean;
  readonly conventions?: Partial<Conventions>;
  readonly W1?: Numbers;
  readonly b1?: Numbers;
  readonly W2?: Numbers;
  readonly b2?: Numbers;
  /** One sample. */
  readonly x?: Numbers;
  /** A batch: one row per sample, whatever the convention of storage. */
  readonly X?: readonly (readonly number[])[];
  /** The target; for a batch one row per sample. */
  readonly y?: Numbers;
  readonly Y?: readonly (readonly number[])[];
  /** Seed of the numbers that are not given. */
  readonly seed?: number;
  readonly id?: string;
  readonly revision?: number;
  readonly title?: string;
}

export interface Network {
  readonly sizes: readonly [n: number, m: number, k: number];
  readonly batch: number;
  readonly activation: Activation;
  readonly loss: Loss;
  readonly bias: boolean;
  readonly conventions: Conventions;
  /** Values as stored: x n×1 or n×N (columns) or N×n (rows). */
  readonly values: Readonly<Record<"W1" | "b1" | "W2" | "b2" | "x" | "y", Dense>>;
}

/** Inputs chosen so that every idea shows: a dead ReLU unit, signs of both kinds, no symmetric matrix. */
export const DEMO = Object.freeze({
  sizes: [2, 3, 2] as const,
  W1: [
    [0.5, -1],
    [1.5, 0.25],
    [-0.75, 1],
  ],
  b1: [0.1, -0.2, 0.3],
  W2: [
    [1, -0.5, 0.75],
    [-0.25, 1.25, 0.5],
  ],
  b2: [0.05, -0.05],
  x: [1, 2],
  y: [0, 1],
});

/** More units in one layer, or more samples, than this are refused. */
export const MOST_UNITS = 256;

export function resolveNetwork(config: NetworkConfig = {}): Network {
  const sizes = sizesOf(config);
  const [n, m, k] = sizes;
  const loss = config.loss ?? "cross-entropy";
  const rng = random(config.seed ?? 1);
  const demo = sizes.every((size, i) => size === DEMO.sizes[i]) && config.seed === undefined;
  const given = (name: "W1" | "b1" | "W2" | "b2", rows: number, cols: number, scale: number): Dense => {
    const numbers = config[name] ?? (demo ? DEMO[name] : undefined);
    return numbers ? matrixOf(name, numbers, rows, cols) : randomMatrix(rng, rows, cols, scale);
  };
  const parameters = {
    W1: given("W1", m, n, 1 / Math.sqrt(n)),
    b1: given("b1", m, 1, 0.2),
    W2: given("W2", k, m, 1 / Math.sqrt(m)),
    b2: given("b2", k, 1, 0.2),
  };
  const conventions = { ...DEFAULT_CONVENTIONS, ...config.conventions };
  const X = inputs(config, demo, n, rng);
  const Y = targets(config, demo, X.rows, k);
  checkTargets(Y, loss);
  const stored = (rows: Dense): Dense => (rows.rows > 1 && conventions.samples === "rows" ? rows : transpose(rows));
  return {
    sizes,
    batch: X.rows,
    activation: config.activation ?? "sigmoid",
    loss,
    bias: config.bias ?? true,
    conventions,
    values: { ...parameters, x: stored(X), y: stored(Y) },
  };
}

function sizesOf(config: NetworkConfig): readonly [number, number, number] {
  const height = (v: Numbers | undefined): number | undefined => v?.length;
  const width = (v: Numbers | undefined): number | undefined => (v && Array.isArray(v[0]) ? v[0].length : undefined);
  const sizes = config.sizes ?? [
    width(config.W1) ?? width(config.X) ?? height(config.x) ?? DEMO.sizes[0],
    height(config.W1) ?? width(config.W2) ?? DEMO.sizes[1],
    height(config.W2) ?? height(config.b2) ?? DEMO.sizes[2],
  ];
  const whole = sizes.length === 3 && sizes.every((size) => Number.isInteger(size) && size >= 1);
  if (!whole || sizes.some((size) => size > MOST_UNITS))
    throw new NablaError(
      "bad_argument",
      `sizes of a network: expected three whole numbers from 1 to ${MOST_UNITS}, got [${sizes}]`,
      {
        got: `[${sizes}]`,
        want: "sizes: [n, m, k]",
      },
    );
  return [sizes[0], sizes[1], sizes[2]];
}

/** The samples, one row each. */
function inputs(config: NetworkConfig, demo: boolean, n: number, rng: Random): Dense {
  if (config.X) return matrixOf("X", config.X, config.X.length, n);
  if (config.x) return transpose(matrixOf("x", config.x, n, 1));
  return demo ? dense(1, n, DEMO.x) : transpose(randomMatrix(rng, n, 1, 1));
}

function targets(config: NetworkConfig, demo: boolean, batch: number, k: number): Dense {
  const given = config.Y ?? config.y;
  if (!given) {
    if (demo && batch === 1) return dense(1, k, DEMO.y);
    return fill(batch, k, (s, i) => (i === (k - 1 + s) % k ? 1 : 0));
  }
  return batch > 1 || config.Y ? matrixOf("Y", given, batch, k) : transpose(matrixOf("y", given, k, 1));
}

function checkTargets(Y: Dense, loss: Loss): void {
  if (loss === "mse") return;
  const fits = (row: Float64Array): boolean =>
    row.every((t) => t >= 0 && t <= 1) &&
    (loss === "binary-cross-entropy" || Math.abs(row.reduce((s, t) => s + t, 0) - 1) < 1e-9);
  for (let s = 0; s < Y.rows; s++) {
    const row = Y.data.slice(s * Y.cols, (s + 1) * Y.cols);
    if (fits(row)) continue;
    const want = loss === "cross-entropy" ? "a distribution: entries from 0 to 1 that sum to 1" : "entries from 0 to 1";
    throw new NablaError("bad_argument", `the target of ${loss} must be ${want}, got [${Array.from(row).join(", ")}]`, {
      got: `sum ${sumOf({ rows: 1, cols: row.length, data: row })}`,
      want,
    });
  }
}

/** A matrix from rows, a column from a flat list; every entry finite. */
function matrixOf(name: string, numbers: Numbers, rows: number, cols: number): Dense {
  const list = (numbers as readonly (number | readonly number[])[]).map((row) => (Array.isArray(row) ? row : [row]));
  const ragged = list.some((row) => row.length !== list[0]!.length);
  const got = ragged ? "rows of different lengths" : `${list.length}×${list[0]?.length ?? 0}`;
  if (ragged || list.length !== rows || list[0]?.length !== cols)
    throw new NablaError("shape_mismatch", `${name}: expected ${rows}×${cols}, got ${got}`, {
      got,
      want: `${rows}×${cols}`,
    });
  const data = list.flat();
  const wrong = data.find((x) => typeof x !== "number" || !Number.isFinite(x));
  if (wrong !== undefined)
    throw new NablaError("bad_argument", `${name}: every entry must be a finite number, got ${String(wrong)}`, {
      got: String(wrong),
      want: "finite numbers",
    });
  return dense(rows, cols, data);
}

/** Two decimals, so that a class can follow by hand. */
export const randomMatrix = (rng: Random, rows: number, cols: number, scale: number): Dense =>
  fill(rows, cols, () => Math.round(100 * scale * rng.normal()) / 100);
