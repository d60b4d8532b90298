/** The demo network's trace, from the engine, once; tests change copies of it. */
import { type TraceDocument, traceNetwork } from "nabla";

const made = JSON.stringify(traceNetwork({ id: "demo" }));

/** A fresh copy, to change at will. */
export const demoTrace = (changes: Partial<TraceDocument> = {}): TraceDocument => ({ ...JSON.parse(made), ...changes });

/** Position of a step by its id. */
export const at = (trace: TraceDocument, id: string): number => trace.steps.findIndex((step) => step.id === id);
