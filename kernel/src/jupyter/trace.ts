// The traces that the cells of this notebook have shown, and the panels that follow them over the comm `nabla.trace`.
//
// A trace is known by the variable it was made from, else by its own id and its cell: running the cell of a variable again is the
// same trace, one revision later, and a panel that holds the revision before gets the difference only. The comm's target is registered
// when the first trace is shown; a panel that asked earlier was told that there is none and asks after each cell.

import {
  type KernelTraceMessage,
  packTensors,
  TRACE_MIME,
  TRACE_PROTOCOL,
  TRACE_TARGET,
  type TraceDocument,
  type TraceEntry,
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

/** Those without a variable are new each time their cell runs, so the oldest are forgotten. */
const KEPT = 100;

export function createTraces(comms: Comms) {
  const traces = new Map<string, TraceDocument>();
  const panels = new Map<Comm, string | undefined>();

  const say = (panel: Comm, body: Body, buffers: readonly ArrayBuffer[] = []): void => {
    if (panel.closed) return void panels.delete(panel);
    panel.send({ v: TRACE_PROTOCOL, ...body }, { buffers: buffers.map((buffer) => new Uint8Array(buffer)) });
  };
  const list = (): TraceEntry[] =>
    [...traces.values()].map(({ id, revision, title, source }) => ({ id, revision, title, ...(source && { source }) }));
  const welcome = (): Body => ({ type: "welcome", traces: list() });

  function whole(panel: Comm, document: TraceDocument): void {
    const { tensors, names, buffers } = packTensors(document.tensors);
    say(panel, { type: "trace", document: { ...document, tensors }, buffers: names }, buffers);
  }

  function difference(panel: Comm, before: TraceDocument, after: TraceDocument): void {
    const patch = tracePatch(before, after);
    if (!patch) return whole(panel, after);
    const { tensors, names, buffers } = packTensors(patch.tensors);
    say(panel, { ...patch, tensors, buffers: names }, buffers);
  }

  function answer(panel: Comm, data: unknown): void {
    const { v, type, id } = (data ?? {}) as { v?: unknown; type?: unknown; id?: unknown };
    const refuse = (code: string, message: string): void => say(panel, { type: "error", code, message });
    if (v !== TRACE_PROTOCOL) return refuse("version", `This kernel speaks version ${TRACE_PROTOCOL} of nabla.trace.`);
    if (type === "hello" || type === "list") return say(panel, welcome());
    if (type === "unwatch") return void panels.set(panel, undefined);
    if (type !== "watch" && type !== "get")
      return refuse("unsupported", `This kernel has no answer to ${String(type)}.`);
    const document = traces.get(String(id));
    if (!document) return refuse("unknown_trace", `There is no trace called ${String(id)}.`);
    if (type === "watch") panels.set(panel, document.id);
    whole(panel, document);
  }

  function add(panel: Comm): void {
    panels.set(panel, undefined);
    panel.onMessage(({ data }) => answer(panel, data));
    panel.onClose(() => panels.delete(panel));
  }

  comms.register(TRACE_TARGET, add);

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
    if (traces.size > KEPT) traces.delete(traces.keys().next().value as string);
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
