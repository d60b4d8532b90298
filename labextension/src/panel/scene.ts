/**
 * What the figures of a step are drawn from: a trace, how far it has come, the layout and the digits, and what is known
 * of its steps beyond the document. The panel and the large view draw the same figures of different scenes.
 */
import type { Layout, TraceDocument, TraceStudy } from "nabla";
import type { Digits } from "nabla/display";
import { comparedWith, digitsOf, type PanelState, shownTrace } from "../trace/state.js";
import type { Studies } from "../trace/studies.js";

export interface Scene {
  readonly trace: TraceDocument;
  /** Position of the step up to which tensors are computed. */
  readonly at: number;
  readonly layout: Layout;
  readonly digits: Digits;
  readonly shapes: boolean;
  /** Absent while the engine loads, and for a trace that it did not make. */
  readonly study?: TraceStudy;
  /** The revision that differences are shown to. */
  readonly previous?: TraceDocument;
}

export function sceneOf(state: PanelState, studies: Studies, at = state.step): Scene | undefined {
  const trace = shownTrace(state);
  if (!trace) return undefined;
  const study = studies.of(trace);
  const previous = comparedWith(state);
  return {
    trace,
    at,
    layout: state.layout,
    digits: digitsOf(state),
    shapes: state.shapes,
    ...(study ? { study } : {}),
    ...(previous ? { previous } : {}),
  };
}
