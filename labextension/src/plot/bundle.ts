/**
 * Plotly in two sizes, each loaded when a figure first needs it: the cartesian one for everything flat, and all of it
 * only for what the cartesian one cannot draw, such as surfaces.
 */
import type { Plotly, PlotTrace } from "./plotly.js";

/** What plotly.js-cartesian-dist-min draws. A trace without a type is a scatter. */
const CARTESIAN = new Set([
  "bar",
  "box",
  "contour",
  "heatmap",
  "histogram",
  "histogram2d",
  "histogram2dcontour",
  "image",
  "pie",
  "scatter",
  "scatterternary",
  "violin",
]);

export const needsFull = (traces: readonly PlotTrace[]): boolean =>
  traces.some(({ type }) => type !== undefined && !CARTESIAN.has(type));

export async function loadPlotly(traces: readonly PlotTrace[]): Promise<Plotly> {
  const module = needsFull(traces) ? await import("plotly.js-dist-min") : await import("plotly.js-cartesian-dist-min");
  return (module as { default?: Plotly }).default ?? (module as unknown as Plotly);
}
