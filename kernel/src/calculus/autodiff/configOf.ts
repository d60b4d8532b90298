/**
 * The network of a trace, as `twoLayer` and `traceNetwork` take it: its choices and its numbers, samples one per row
 * whatever the convention of storage. Undefined for a trace of another network, as other kernels may send one.
 */
import type { NetworkConfig } from "./network.js";
import type { Tensor, TraceDocument } from "./trace.js";

/** traceNetwork(configOf(trace)) is the same trace. */
export function configOf({ tensors, network, conventions }: TraceDocument): NetworkConfig | undefined {
  const sizes: readonly number[] = network.sizes;
  if (sizes.length !== 3) return undefined;
  const [n, m, k] = network.sizes;
  const numbers = (name: string, rows: number, cols: number): number[][] | undefined => {
    const tensor = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
    return tensor && tensor.shape[0] === rows && tensor.shape[1] === cols ? rowsOf(tensor) : undefined;
  };
  const { batch, bias } = network;
  const byRows = batch > 1 && conventions.samples === "rows";
  const samples = (name: string, size: number): number[][] | undefined =>
    byRows ? numbers(name, batch, size) : columns(numbers(name, size, batch));
  const [W1, W2, X, Y] = [numbers("W1", m, n), numbers("W2", k, m), samples("x", n), samples("y", k)];
  const [b1, b2] = bias ? [numbers("b1", m, 1)?.flat(), numbers("b2", k, 1)?.flat()] : [undefined, undefined];
  if (!W1 || !W2 || !X || !Y || (bias && (!b1 || !b2))) return undefined;
  return {
    sizes: network.sizes,
    activation: network.activation,
    loss: network.loss,
    bias,
    conventions,
    W1,
    ...(b1 && { b1 }),
    W2,
    ...(b2 && { b2 }),
    ...(batch > 1 ? { X, Y } : { x: X[0]!, y: Y[0]! }),
  };
}

/** The network with one sample of its batch alone, from 0; the same network when it has one. */
export function sampleOf({ X, Y, ...config }: NetworkConfig, index: number): NetworkConfig {
  const [x, y] = [X?.[index], Y?.[index]];
  return { ...config, ...(x && { x }), ...(y && { y }), ...(X && !x && { X }), ...(Y && !y && { Y }) };
}

const rowsOf = ({ shape: [rows, cols], data }: Tensor): number[][] =>
  Array.from({ length: rows }, (_, i) => data.slice(i * cols, (i + 1) * cols));

const columns = (rows: number[][] | undefined): number[][] | undefined =>
  rows?.[0]?.map((_, j) => rows.map((row) => row[j]!));
