/** A Plotly figure, `{ data: [{ type: "scatter", … }], layout: { … } }`: as a plot where one can be drawn, else as a list of its traces. */
import { PLOTLY } from "../bundle.js";
import { cellOf } from "./cell.js";
import { counted, isList, isPlain, own, type Recogniser } from "./define.js";
import { gridBundle } from "./grid.js";
import { plainJson } from "./plainJson.js";

/** The types of Plotly's traces: `data` and `layout` alone are the words of many other things. */
const TYPES = new Set(
  `bar barpolar box candlestick carpet choropleth choroplethmap choroplethmapbox cone contour contourcarpet densitymap
  densitymapbox funnel funnelarea heatmap heatmapgl histogram histogram2d histogram2dcontour icicle image indicator
  isosurface mesh3d ohlc parcats parcoords pie pointcloud sankey scatter scatter3d scattercarpet scattergeo scattergl
  scattermap scattermapbox scatterpolar scatterpolargl scattersmith scatterternary splom streamtube sunburst surface table
  treemap violin volume waterfall`.split(/\s+/),
);

/** Where a trace has its points. */
const POINTS = ["y", "x", "z", "values", "r", "lat"];

export const figure: Recogniser = {
  name: "Plotly figure",
  show(value) {
    if (!isPlain(value)) return undefined;
    const [data, layout] = [own(value, "data"), own(value, "layout")];
    if (!isList(data) || data.length === 0 || !isPlain(layout)) return undefined;
    const traces = Array.from({ length: data.length }, (_, i) => own(data, i));
    if (!traces.every(isTrace)) return undefined;
    const config = own(value, "config");
    const json = plainJson({ data: traces, layout, ...(isPlain(config) && { config }) });
    if (!json) return undefined;
    const cells = traces.map((trace) =>
      [own(trace, "name"), own(trace, "type"), points(trace)].map((item) => cellOf(item) ?? NONE),
    );
    const title = `Plotly figure${titleOf(layout)}, ${counted(traces.length, "trace")}`;
    return { [PLOTLY]: json, ...gridBundle({ title, head: ["name", "type", "points"], rows: cells, rest: "" }) };
  },
};

const NONE = { text: "", isNumber: false };

const isTrace = (trace: unknown): trace is object => {
  if (!isPlain(trace)) return false;
  const type = own(trace, "type");
  return typeof type === "string" && TYPES.has(type);
};

function points(trace: object): number | undefined {
  for (const key of POINTS) {
    const list = own(trace, key);
    if (Array.isArray(list)) return list.length;
    if (ArrayBuffer.isView(list) && "length" in list) return Number(list.length);
  }
  return undefined;
}

function titleOf(layout: object): string {
  const title = own(layout, "title");
  const text = isPlain(title) ? own(title, "text") : title;
  return typeof text === "string" && text !== "" ? ` “${text}”` : "";
}
