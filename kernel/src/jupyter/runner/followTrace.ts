// A cell that shows a trace, as `net.backprop()` does, tells the panel of it. The first such cell loads what that needs.

import type { MimeBundle } from "../protocol.js";
import { theHost } from "./host.js";

/** `TRACE_MIME` of the engine, which is not loaded until a cell imports it. */
const TRACE = "application/vnd.nabla.trace+json";

type Traces = ReturnType<typeof import("../trace.js").createTraces>;
let loading: Promise<Traces> | undefined;

/** The bundle as it is, or with the id and revision under which the panel knows its trace. */
export function followTrace(bundle: MimeBundle | Promise<MimeBundle>): MimeBundle | Promise<MimeBundle> {
  if (bundle instanceof Promise) return bundle.then(followTrace);
  if (!(TRACE in bundle)) return bundle;
  const running = (globalThis as Record<symbol, unknown>)[Symbol.for("nabla.cell")] as
    | { cell: number | undefined; code: string }
    | undefined;
  loading ??= import("../trace.js").then(({ createTraces }) => createTraces(theHost().comms));
  return loading.then(({ follow }) => follow(bundle, { executionCount: running?.cell, code: running?.code }));
}
