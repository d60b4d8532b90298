/**
 * training(config): gradient descent as a generator, one point per step, so that a viewer can show progress and stop
 * between two steps. The gradients are those of the trace: the same structure, the same backward steps. A mini-batch is
 * drawn without replacement, epoch by epoch, from a seed. A loss that is no longer a finite number ends it with a sentence.
 */
import { type Dense, fill, largestEntry, zip } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { type Random, random } from "../core/random.js";
import { type BackwardStep, backwardSteps } from "./backward.js";
import { type Network, type NetworkConfig, resolveNetwork } from "./network.js";
import { shownText } from "./numbersLatex.js";
import { SLOPE, type Structure, structureOf, type ValueKey } from "./stages.js";
import { gradientKey, passOf } from "./values.js";

/** How a network is trained. */
export interface TrainingOptions {
  /** Learning rate, 0.5 when absent. */
  readonly rate?: number;
  /** Updates, 200 when absent. */
  readonly steps?: number;
  /** Samples per update; all of them when absent. */
  readonly batch?: number;
  /** Seed of the order of samples, 1 when absent. */
  readonly seed?: number;
}

/** Parameters as a network takes them: `{ ...config, ...parameters }` is the network at that step. */
export type Parameters = Pick<NetworkConfig, "W1" | "b1" | "W2" | "b2">;

/** A network on its way: what is measured at one step. */
export interface TrainingPoint {
  /** Updates so far. */
  readonly step: number;
  /** Of all samples, at the parameters of this step. */
  readonly loss: number;
  /** ‖∂L/∂(W, b)‖ of each layer, first layer first, over the samples of this step. */
  readonly norms: readonly number[];
  /** How much comes back: ‖∂L/∂z‖, ‖∂L/∂a‖, ‖∂L/∂h‖, and between the last two the largest |φ′(h)|. */
  readonly flow: Flow;
  /** Passes over all samples so far, whole ones. */
  readonly epoch: number;
  /** Those of this step. */
  parameters(): Parameters;
}

/** Norms of the gradient on its way back, and the largest slope. */
export interface Flow {
  readonly z: number;
  readonly a: number;
  readonly h: number;
  readonly slope: number;
}

/** How a training ended. */
export interface TrainingEnd {
  readonly reason: "done" | "diverged";
  readonly step: number;
  readonly sentence: string;
}

const LAYERS = [
  ["W1", "b1"],
  ["W2", "b2"],
] as const;
type Name = (typeof LAYERS)[number][number];
type Values = Network["values"];

/**
 * @throws NablaError `bad_argument` for a rate, a number of steps or a batch that makes no sense
 * @example [...training({}, { rate: 0.5, steps: 1 })].map(({ loss }) => loss) // 0.327…, 0.167…
 */
export function training(
  config: NetworkConfig = {},
  options: TrainingOptions = {},
): Generator<TrainingPoint, TrainingEnd, void> {
  const network = resolveNetwork(config);
  const { rate, steps, batch, seed } = checked(options, network);
  return descend(network, rate, steps, batches(network, batch, random(seed)));
}

function* descend(
  network: Network,
  rate: number,
  steps: number,
  next: () => Batch,
): Generator<TrainingPoint, TrainingEnd, void> {
  const structure = structureOf(network);
  const backward = backwardSteps(structure, network.conventions.fused).filter(({ wrt }) => wrt !== "x");
  let values = network.values;
  for (let step = 0; ; step++) {
    const batch = next();
    const at = gradientsAt({ ...network, values }, structure, backward, batch);
    if (!Number.isFinite(at.loss)) return diverged(step, at.loss, rate);
    const now = values;
    const { loss, norms, flow } = at;
    yield { step, loss, norms, flow, epoch: batch.epoch, parameters: () => parametersOf(network, now) };
    if (step >= steps) return { reason: "done", step, sentence: `Done: the loss is ${shownText(at.loss, 6)}.` };
    values = { ...values };
    for (const [name, gradient] of at.gradients)
      values = { ...values, [name]: zip(values[name], gradient, (theta, g) => theta - rate * g) };
  }
}

interface Gradients {
  readonly loss: number;
  readonly gradients: ReadonlyMap<Name, Dense>;
  readonly norms: readonly number[];
  readonly flow: Flow;
}

/** The loss of all samples and the gradients of one batch. */
function gradientsAt(
  network: Network,
  structure: Structure,
  backward: readonly BackwardStep[],
  { rows }: Batch,
): Gradients {
  const part = rows ? { ...network, batch: rows.length, values: samplesOf(network, rows) } : network;
  const { tensors } = passOf(part, structure, backward);
  const loss = rows ? passOf(network, structure, []).tensors.L! : tensors.L!;
  const names = LAYERS.flat().filter((name) => gradientKey(name) in tensors);
  const gradients = new Map(names.map((name) => [name, tensors[gradientKey(name)]!] as const));
  const norms = LAYERS.map((layer) => Math.hypot(...layer.map((name) => norm(gradients.get(name)))));
  const back = (key: ValueKey): number => norm(tensors[gradientKey(key)]);
  const flow = { z: back("z"), a: back("a"), h: back("h"), slope: largestEntry(tensors[SLOPE]!) };
  return { loss: loss.data[0]!, gradients, norms, flow };
}

const norm = (gradient: Dense | undefined): number =>
  Math.sqrt((gradient?.data ?? new Float64Array()).reduce((s, x) => s + x * x, 0));

interface Batch {
  readonly epoch: number;
  /** Numbers of the samples; undefined for all. */
  readonly rows: readonly number[] | undefined;
}

function batches({ batch: all }: Network, size: number, rng: Random): () => Batch {
  if (size >= all) {
    let epoch = 0;
    return () => ({ epoch: epoch++, rows: undefined });
  }
  const perEpoch = Math.ceil(all / size);
  let order: number[] = [];
  let drawn = 0;
  return () => {
    const place = drawn % perEpoch;
    if (place === 0) order = shuffled(all, rng);
    return { epoch: Math.floor(drawn++ / perEpoch), rows: order.slice(place * size, (place + 1) * size) };
  };
}

/** Fisher and Yates. */
function shuffled(count: number, rng: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = rng.integer(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function samplesOf({ values, conventions }: Network, chosen: readonly number[]): Values {
  const pick = ({ rows, cols, data }: Dense): Dense =>
    conventions.samples === "rows"
      ? fill(chosen.length, cols, (s, j) => data[chosen[s]! * cols + j]!)
      : fill(rows, chosen.length, (i, s) => data[i * cols + chosen[s]!]!);
  return { ...values, x: pick(values.x), y: pick(values.y) };
}

function parametersOf({ bias }: Network, values: Values): Parameters {
  const rows = ({ rows: height, cols, data }: Dense): number[][] =>
    Array.from({ length: height }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));
  const { W1, b1, W2, b2 } = values;
  return { W1: rows(W1), W2: rows(W2), ...(bias ? { b1: Array.from(b1.data), b2: Array.from(b2.data) } : {}) };
}

function diverged(step: number, loss: number, rate: number): TrainingEnd {
  const value = Number.isNaN(loss) ? "not a number" : "infinite";
  const sentence = `Stopped at step ${step}: the loss is ${value}. The rate ${shownText(rate, 6)} is too large here; try ${shownText(rate / 10, 6)}.`;
  return { reason: "diverged", step, sentence };
}

function checked(options: TrainingOptions, network: Network): Required<TrainingOptions> {
  const { rate = 0.5, steps = 200, batch = network.batch, seed = 1 } = options;
  const refuse = (what: string, want: string, got: unknown): never => {
    throw new NablaError("bad_argument", `${what} of a training: expected ${want}, got ${String(got)}`, {
      got: String(got),
      want,
    });
  };
  if (!(Number.isFinite(rate) && rate > 0)) refuse("rate", "a positive number", rate);
  if (!(Number.isInteger(steps) && steps >= 0)) refuse("steps", "a whole number from 0", steps);
  if (!(Number.isInteger(batch) && batch >= 1)) refuse("batch", "a whole number of samples from 1", batch);
  if (!Number.isInteger(seed)) refuse("seed", "a whole number", seed);
  return { rate, steps, batch, seed };
}
