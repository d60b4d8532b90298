/** The trace in a notebook's outputs: what can be shown when no kernel answers. */
import type { NotebookPanel } from "@jupyterlab/notebook";
import { TRACE_MIME, type TraceDocument } from "nabla";
import { validateTrace } from "../trace/validate.js";

/** The part of a code cell's output area that is read here. */
interface Outputs {
  readonly length: number;
  get(index: number): { readonly data: Readonly<Record<string, unknown>> };
}

/** The last valid trace of the notebook, searched from its end. */
export function savedTrace(panel: NotebookPanel): TraceDocument | undefined {
  for (const cell of [...panel.content.widgets].reverse()) {
    const { outputs } = cell.model as { outputs?: Outputs };
    for (let i = (outputs?.length ?? 0) - 1; i >= 0; i--) {
      const data = outputs!.get(i).data[TRACE_MIME];
      const validated = data === undefined ? undefined : validateTrace(data);
      if (validated && "document" in validated) return validated.document;
    }
  }
  return undefined;
}
