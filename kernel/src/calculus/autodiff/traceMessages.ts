/**
 * What a kernel and the side panel say to each other on the comm target `nabla.trace`; any kernel may speak it.
 *
 * Every message carries `v`. Revisions of one id only rise; a patch that does not start at the revision the panel
 * holds is answered with `get`. A change (`set` of numbers, `config` of anything) names the revision it starts from and
 * carries a number `re`, which its answer repeats: the new trace or patch, or an error; on an old revision the kernel
 * sends the trace as it is now and then the error `conflict`. Tensors of more than 256 numbers travel as little-endian float64 buffers: their
 * `data` is empty and `buffers` names them in the order of the message's binary frames.
 */
import type { NetworkConfig, Numbers } from "./network.js";
import type { Tensor, TraceDocument, TraceStep } from "./trace.js";

/** The comm target. */
export const TRACE_TARGET = "nabla.trace";
/** Version of the messages; a message of another version is refused with a sentence. */
export const TRACE_PROTOCOL = 1;
/** More numbers than this travel as a buffer. */
export const BUFFER_FROM = 257;

/** One line of the kernel's list: what there is to watch. The newest is last. */
export interface TraceEntry {
  readonly id: string;
  readonly revision: number;
  readonly title: string;
  readonly source?: TraceDocument["source"];
}

/** What a panel says to a kernel. */
export type PanelMessage = { readonly v: number } & (
  | { readonly type: "hello"; readonly accepts: readonly number[] }
  | { readonly type: "list" }
  | { readonly type: "watch" | "unwatch" | "get"; readonly id: string }
  | (Change & { readonly type: "set"; readonly values: Readonly<Record<string, Numbers>> })
  | (Change & { readonly type: "config"; readonly config: NetworkConfig })
);

interface Change {
  readonly id: string;
  readonly revision: number;
  readonly re: number;
}

/** What a kernel says to a panel. */
export type KernelTraceMessage = { readonly v: number } & (
  | { readonly type: "welcome"; readonly traces: readonly TraceEntry[] }
  | {
      readonly type: "trace";
      readonly document: TraceDocument;
      readonly buffers?: readonly string[];
      readonly re?: number;
    }
  | TracePatch
  | { readonly type: "stale" | "gone"; readonly id: string }
  | { readonly type: "error"; readonly code: string; readonly message: string; readonly re?: number }
);

/** The members that changed between two revisions; tensors by name, steps by id. */
export interface TracePatch {
  readonly type: "patch";
  readonly id: string;
  readonly from: number;
  readonly revision: number;
  readonly members: Partial<Pick<TraceDocument, "title" | "conventions" | "network" | "source">>;
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly steps: readonly TraceStep[];
  readonly buffers?: readonly string[];
  readonly re?: number;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The patch from `before` to `after`, or undefined when their tensors or steps are not the same by name. */
export function tracePatch(before: TraceDocument, after: TraceDocument): TracePatch | undefined {
  const ids = (trace: TraceDocument): string[] => trace.steps.map((step) => step.id);
  if (!same(ids(before), ids(after)) || !same(Object.keys(before.tensors), Object.keys(after.tensors)))
    return undefined;
  const members: { -readonly [K in keyof TracePatch["members"]]: TracePatch["members"][K] } = {};
  if (before.title !== after.title) members.title = after.title;
  if (!same(before.conventions, after.conventions)) members.conventions = after.conventions;
  if (!same(before.network, after.network)) members.network = after.network;
  if (after.source && !same(before.source, after.source)) members.source = after.source;
  return {
    type: "patch",
    id: after.id,
    from: before.revision,
    revision: after.revision,
    members,
    tensors: Object.fromEntries(
      Object.entries(after.tensors).filter(([name, tensor]) => !same(tensor, before.tensors[name])),
    ),
    steps: after.steps.filter((step, i) => !same(step, before.steps[i])),
  };
}

/** The document after the patch; undefined when the patch starts elsewhere. */
export function applyTracePatch(document: TraceDocument, patch: TracePatch): TraceDocument | undefined {
  if (document.id !== patch.id || document.revision !== patch.from) return undefined;
  const steps = new Map(patch.steps.map((step) => [step.id, step]));
  return {
    ...document,
    ...patch.members,
    revision: patch.revision,
    tensors: { ...document.tensors, ...patch.tensors },
    steps: document.steps.map((step) => steps.get(step.id) ?? step),
  };
}

type Tensors = Readonly<Record<string, Tensor>>;

/** Takes the numbers of large tensors out of the JSON. */
export function packTensors(tensors: Tensors): { tensors: Tensors; names: string[]; buffers: ArrayBuffer[] } {
  const names = Object.keys(tensors).filter((name) => tensors[name]!.data.length >= BUFFER_FROM);
  const packed = Object.fromEntries(names.map((name) => [name, { ...tensors[name]!, data: [] }]));
  return {
    tensors: { ...tensors, ...packed },
    names,
    buffers: names.map((name) => Float64Array.from(tensors[name]!.data).buffer),
  };
}

/** Puts the numbers of the binary frames back. A frame of the wrong length leaves its tensor without numbers. */
export function unpackTensors(
  tensors: Tensors,
  names: readonly string[] = [],
  frames: readonly (ArrayBuffer | ArrayBufferView)[] = [],
): Tensors {
  const filled: Record<string, Tensor> = { ...tensors };
  names.forEach((name, i) => {
    const frame = frames[i];
    const tensor = tensors[name];
    if (!frame || !tensor) return;
    const bytes = ArrayBuffer.isView(frame)
      ? new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength)
      : new Uint8Array(frame);
    if (bytes.byteLength !== 8 * tensor.shape[0] * tensor.shape[1]) return;
    filled[name] = { ...tensor, data: Array.from(new Float64Array(bytes.slice().buffer)) };
  });
  return filled;
}
