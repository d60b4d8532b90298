/**
 * twoLayer(config): a two-layer network as an object of a notebook. `backprop()` traces it; the trace drives the panel.
 *
 * x: n×1 → h = W1 x + b1 → a = φ(h) → z = W2 a + b2 → p = softmax(z) → L. Defaults: the demo network 2–3–2.
 * Errors: shapes and numbers that do not fit, a target that is no distribution.
 *
 * @example twoLayer({ activation: "relu" }).backprop().gradient("W1")
 */
import { NablaError } from "../core/errors.js";
import { explainEntry } from "./explain.js";
import type { NetworkConfig } from "./network.js";
import type { Check, EntryExplanation, TraceDocument } from "./trace.js";
import { traceNetwork } from "./traceNetwork.js";

/** A network that was checked when it was made. */
export interface TwoLayer {
  readonly kind: "nabla.twoLayer";
  /** What it is made of now. */
  readonly config: NetworkConfig;
  /** Forward and backward pass, with every formula and number. */
  backprop(): Backprop;
  /** The same network with some choices or numbers replaced. */
  with(changes: NetworkConfig): TwoLayer;
  /** Changes this network itself, as the panel does when a number is edited; what does not fit leaves it as it was. */
  set(changes: NetworkConfig): void;
}

/** A forward and backward pass with all its numbers. */
export interface Backprop {
  readonly kind: "nabla.backprop";
  readonly trace: TraceDocument;
  readonly loss: number;
  /** ∂L/∂name in the layout of the trace, rows of numbers. */
  gradient(name: string): number[][];
  /** Every gradient against reverse AD and central differences. */
  checks(): readonly Check[];
  /** Row and column from 0, in denominator layout. */
  explain(tensor: string, row: number, col: number): EntryExplanation;
}

/**
 * @throws NablaError `shape_mismatch` or `bad_argument` naming the tensor that does not fit
 * @example twoLayer().backprop().loss // 0.32744139457067567
 */
export function twoLayer(config: NetworkConfig = {}): TwoLayer {
  let now = config;
  // Shapes and numbers are checked when the network is made or changed, not when it is first used.
  let ready: TraceDocument | undefined = traceNetwork(config);
  const changed = (changes: NetworkConfig): NetworkConfig => ({
    ...withoutSamples(now, changes),
    ...changes,
    conventions: { ...now.conventions, ...changes.conventions },
  });
  const network: TwoLayer = {
    kind: "nabla.twoLayer",
    get config() {
      return now;
    },
    backprop() {
      const trace = ready ?? traceNetwork(now);
      ready = undefined;
      origins.set(trace, network);
      return backpropOf(trace);
    },
    with: (changes) => twoLayer(changed(changes)),
    set(changes) {
      const next = changed(changes);
      ready = traceNetwork(next);
      now = next;
    },
  };
  return network;
}

/** One sample takes the place of a batch, and a batch that of one sample. */
function withoutSamples({ x, X, y, Y, ...rest }: NetworkConfig, changes: NetworkConfig): NetworkConfig {
  return {
    ...rest,
    ...(changes.x || changes.X ? {} : { ...(x && { x }), ...(X && { X }) }),
    ...(changes.y || changes.Y ? {} : { ...(y && { y }), ...(Y && { Y }) }),
  };
}

const origins = new WeakMap<TraceDocument, TwoLayer>();

/** The network whose `backprop()` made this very document, to be changed through the panel. */
export const networkOf = (trace: TraceDocument): TwoLayer | undefined => origins.get(trace);

function backpropOf(trace: TraceDocument): Backprop {
  const tensor = (name: string) => {
    const found = Object.hasOwn(trace.tensors, name) ? trace.tensors[name] : undefined;
    if (found) return found;
    throw new NablaError("unknown_symbol", `the trace has no tensor ${name}`, {
      got: name,
      want: Object.keys(trace.tensors).join(", "),
    });
  };
  return {
    kind: "nabla.backprop",
    trace,
    loss: tensor("L").data[0]!,
    gradient(name) {
      const { shape, data } = tensor(`g_${name}`);
      const [rows, cols] = shape;
      return trace.conventions.layout === "denominator"
        ? Array.from({ length: rows }, (_, i) => data.slice(i * cols, (i + 1) * cols))
        : Array.from({ length: cols }, (_, j) => Array.from({ length: rows }, (_r, i) => data[i * cols + j]!));
    },
    checks: () => trace.steps.flatMap((step) => step.checks),
    explain: (name, row, col) => explainEntry(trace, tensor(name).madeBy, name, row, col),
  };
}
