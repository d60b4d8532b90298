/** Plots in their three forms: figure, picture, words. */
import { type Bundle, PLOTLY, PNG, TEXT } from "../bundle.js";
import { type Chart, chartText } from "./chart.js";
import { chartFigure } from "./chartFigure.js";
import { chartPng } from "./chartPng.js";
import { contourFigure, contourPng } from "./contour.js";
import { type Field, fieldText } from "./field.js";
import { graphFigure, graphPng, graphText } from "./graph.js";
import type { Graph } from "./graphLayout.js";
import { surfaceFigure } from "./surface.js";
import { surfacePng } from "./surfacePng.js";

export const contourBundle = (field: Field): Bundle => ({
  [PLOTLY]: contourFigure(field),
  [PNG]: contourPng(field),
  [TEXT]: fieldText(field),
});

export const surfaceBundle = (field: Field): Bundle => ({
  [PLOTLY]: surfaceFigure(field),
  [PNG]: surfacePng(field),
  [TEXT]: fieldText(field),
});

export const chartBundle = (chart: Chart): Bundle => ({
  [PLOTLY]: chartFigure(chart),
  [PNG]: chartPng(chart),
  [TEXT]: chartText(chart),
});

export const graphBundle = (graph: Graph): Bundle => ({
  [PLOTLY]: graphFigure(graph),
  [PNG]: graphPng(graph),
  [TEXT]: graphText(graph),
});
