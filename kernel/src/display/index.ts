/** Engine objects → MIME bundles: what a cell shows. Pure functions, no Node and no DOM: a browser kernel shows the same. */
export { type BlockOptions, blockBundle } from "./blocks.js";
export type { Bundle } from "./bundle.js";
export { codeBundle } from "./code.js";
export { derivationBundle } from "./derivation/bundle.js";
export { expressionBundle, type ShownExpression } from "./expression.js";
export { type HeatmapOptions, heatmapBundle, type Numbers } from "./heatmap.js";
export { type Digits, entryName, formatNumber } from "./number.js";
export { chartBundle, contourBundle, graphBundle, surfaceBundle } from "./plot/bundle.js";
export type { Chart, ChartLine, ChartMark } from "./plot/chart.js";
export type { Arrow, Field, Path } from "./plot/field.js";
export type { Graph } from "./plot/graphLayout.js";
export { type Formula, type TableCell, type TableOptions, type TableRow, tableBundle } from "./table.js";
export { traceBundle } from "./trace.js";
