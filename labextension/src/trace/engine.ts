/** The engine inside the panel, loaded when it is first needed: stand-alone traces and entries written out. */
import type { EntryExplanation, Layout, NetworkConfig, NetworkSize, TraceDocument } from "nabla";
import type { Entry } from "./matrix.js";

const engine = (): Promise<typeof import("./network.js")> => import("./network.js");

/** The trace of a network, the demo network by default: the same engine and numbers as a notebook's, with no kernel. */
export async function traceOf(config: NetworkConfig = {}): Promise<TraceDocument> {
  const { traceNetwork } = await engine();
  return traceNetwork(config);
}

/** The network of a trace, to be changed; undefined when it is no two-layer network. */
export async function configOf(trace: TraceDocument): Promise<NetworkConfig | undefined> {
  return (await engine()).configOf(trace);
}

/** The network with other sizes: what fits is kept, what is new is filled. */
export async function resized(config: NetworkConfig, size: NetworkSize): Promise<NetworkConfig> {
  return (await engine()).resizeNetwork(config, size);
}

/** One entry of a tensor as a sum of products, its place written in the layout that is looked at. */
export async function explain(trace: TraceDocument, layout: Layout, entry: Entry): Promise<EntryExplanation> {
  const { explainEntry } = await engine();
  const tensor = trace.tensors[entry.tensor];
  if (!tensor) throw new RangeError(`the trace has no tensor ${entry.tensor}`);
  const inLayout = { ...trace, conventions: { ...trace.conventions, layout } };
  return explainEntry(inLayout, tensor.madeBy, entry.tensor, entry.row, entry.col);
}
