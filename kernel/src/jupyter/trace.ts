// The traces that the cells of this notebook have shown, and the panels that follow them over the comm `nabla.trace`.
//
// A trace is known by the variable it was made from, else by its own id and its cell: running the cell of a variable again is the
// same trace, one revision later, and a panel that holds the revision before gets the difference only. The comm's target is registered
// when the first trace is shown; a panel that asked earlier was told that there is none and asks after each cell. A change made in
// the panel changes the network that the trace was made from, so that the next cell works with it.

import {
  type KernelTraceMessage,
  type NetworkConfig,
  networkOf,
  packTensors,
  TRACE_MIME,
  TRACE_PROTOCOL,
  TRACE_TARGET,
  type TraceDocument,
  type TraceEntry,
  type TwoLayer,
  tracePatch,
} from "../calculus/index.js";
import type { MimeBundle } from "./protocol.js";
import type { Comm, Comms } from "./runner/comms.js";
import { shownVariable } from "./shownVariable.js";

/** Where a trace was shown. */
export interface TracePlace {
  readonly executionCount?: number | undefined;
  readonly code?: string | undefined;
}

type Body = KernelTraceMessage extends infer M ? (M extends KernelTraceMessage ? Omit<M, "v"> : never) : never;

/** The number of the panel's change that a message answers. */
interface Answer {
  readonly re?: number;
}

/** A message of a panel before it has been looked at. */
interface Asked {
  readonly v?: unknown;
  readonly type?: unknown;
  readonly id?: unknown;
  readonly re?: unknown;
  readonly revision?: unknown;
  readonly values?: unknown;
  readonly config?: unknown;
}

/** Those without a variable are new each time their cell runs, so the oldest are forgotten. */
const KEPT = 100;

export function createTraces(comms: Comms) {
  const traces = new Map<string, TraceDocument>();
  const networks = new Map<string, TwoLayer>();
  const panels = new Map<Comm, string | undefined>();

  const say = (panel: Comm, body: Body, buffers: readonly ArrayBuffer[] = []): void => {
    if (panel.closed) return void panels.delete(panel);
    panel.send({ v: TRACE_PROTOCOL, ...body }, { buffers: buffers.map((buffer) => new Uint8Array(buffer)) });
  };
  const list = (): TraceEntry[] =>
    [...traces.values()].map(({ id, revision, title, source }) => ({ id, revision, title, ...(source && { source }) }));
  const welcome = (): Body => ({ type: "welcome", traces: list() });

  function whole(panel: Comm, document: TraceDocument, answer: Answer = {}): void {
    const { tensors, names, buffers } = packTensors(document.tensors);
    say(panel, { type: "trace", document: { ...document, tensors }, buffers: names, ...answer }, buffers);
  }

  function difference(panel: Comm, before: TraceDocument, after: TraceDocument, answer: Answer = {}): void {
    const patch = tracePatch(before, after);
    if (!patch) return whole(panel, after, answer);
    const { tensors, names, buffers } = packTensors(patch.tensors);
    say(panel, { ...patch, tensors, buffers: names, ...answer }, buffers);
  }

  function answer(panel: Comm, data: unknown): void {
    const { v, type, id, re, ...asked } = (data ?? {}) as Asked;
    const about: Answer = typeof re === "number" ? { re } : {};
    const refuse = (code: string, message: string): void => say(panel, { type: "error", code, message, ...about });
    if (v !== TRACE_PROTOCOL) return refuse("version", `This kernel speaks version ${TRACE_PROTOCOL} of nabla.trace.`);
    if (type === "hello" || type === "list") return say(panel, welcome());
    if (type === "unwatch") return void panels.set(panel, undefined);
    if (!["watch", "get", "set", "config"].includes(String(type)))
      return refuse("unsupported", `This kernel has no answer to ${String(type)}.`);
    const document = traces.get(String(id));
    if (!document) return refuse("unknown_trace", `There is no trace called ${String(id)}.`);
    if (type === "watch" || type === "get") {
      if (type === "watch") panels.set(panel, document.id);
      return whole(panel, document);
    }
    if (asked.revision !== document.revision) {
      whole(panel, document);
      return refuse("conflict", `${document.id} was changed in the notebook meanwhile; your change was not made.`);
    }
    const network = networks.get(document.id);
    if (!network) return refuse("unsupported", `${document.id} was not made by twoLayer and cannot be changed.`);
    try {
      network.set((type === "set" ? asked.values : asked.config) as NetworkConfig);
    } catch (cause) {
      return refuse("bad_argument", cause instanceof Error ? cause.message : String(cause));
    }
    for (const [one, owner] of networks) if (owner === network) advance(one, { [document.id]: { panel, about } });
  }

  /** Takes the network's own changes into the trace `id`. */
  function advance(id: string, asking: Readonly<Record<string, { panel: Comm; about: Answer }>>): void {
    const before = traces.get(id) as TraceDocument;
    const made = networks.get(id)?.backprop().trace as TraceDocument;
    const after = { ...made, id, revision: before.revision + 1, ...(before.source && { source: before.source }) };
    traces.set(id, after);
    for (const [panel, watched] of panels)
      if (watched === id) difference(panel, before, after, asking[id]?.panel === panel ? asking[id].about : {});
  }

  function add(panel: Comm): void {
    panels.set(panel, undefined);
    panel.onMessage(({ data }) => answer(panel, data));
    panel.onClose(() => panels.delete(panel));
  }

  comms.register(TRACE_TARGET, add);

  function forget(id: string): void {
    traces.delete(id);
    networks.delete(id);
  }

  /** Takes a trace in as the newest and tells the panels. Returns it with the id and revision that it has here. */
  function publish(document: TraceDocument, { executionCount, code }: TracePlace = {}): TraceDocument {
    const variable = shownVariable(code ?? "");
    const id = variable ?? (executionCount === undefined ? document.id : `${document.id} in [${executionCount}]`);
    const before = traces.get(id);
    const source = {
      ...document.source,
      ...(executionCount !== undefined && { executionCount }),
      ...(variable !== undefined && { variable }),
    };
    const after = { ...document, id, revision: (before?.revision ?? 0) + 1, source };
    traces.delete(id);
    traces.set(id, after);
    const network = networkOf(document);
    if (network) networks.set(id, network);
    else networks.delete(id);
    if (traces.size > KEPT) forget(traces.keys().next().value as string);
    for (const [panel, watched] of panels) {
      if (watched === id && before) difference(panel, before, after);
      else say(panel, welcome());
    }
    return after;
  }

  /** A bundle with a trace in it, published; any other bundle as it is. */
  function follow(bundle: MimeBundle, place?: TracePlace): MimeBundle {
    const document = bundle[TRACE_MIME] as TraceDocument | undefined;
    return document ? { ...bundle, [TRACE_MIME]: publish(document, place) } : bundle;
  }

  return { publish, follow, size: (): number => panels.size };
}
