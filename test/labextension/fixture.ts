/** The demo network's trace, as data: tests of the panel do not depend on the engine that makes it. */
import { readFileSync } from "node:fs";
import type { TraceDocument } from "nabla";

const text = readFileSync(new URL("./fixtures/demo-trace.json", import.meta.url), "utf8");

/** A fresh copy, to change at will. */
export const demoTrace = (changes: Partial<TraceDocument> = {}): TraceDocument => ({ ...JSON.parse(text), ...changes });

/** Position of a step by its id. */
export const at = (trace: TraceDocument, id: string): number => trace.steps.findIndex((step) => step.id === id);
