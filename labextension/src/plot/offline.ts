/**
 * What of a figure may be drawn. A figure can come from a notebook that nobody trusts, and plotly fetches what some
 * parts of a figure name: maps their outlines and tiles, images their source. Maps are refused, images are kept when
 * they are data URLs, and buttons and sliders do nothing when they would bring such a part in.
 */
import type { Figure, PlotTrace } from "./plotly.js";

const MAP = /^(?:(?:scatter|density|choropleth)(?:geo|map|mapbox)|choropleth)$/u;
const MAP_LAYOUT = /^(?:geo|map|mapbox)\d*$/u;
const BRINGS_IN = /source"|"(?:(?:scatter|density|choropleth)(?:geo|map)|choropleth)/u;

/** Kinds of traces that plotly can draw only with what it fetches. */
export const mapsIn = (traces: readonly PlotTrace[]): string[] => [
  ...new Set(traces.flatMap(({ type }) => (typeof type === "string" && MAP.test(type) ? [type] : []))),
];

/** The figure without anything that would be fetched. */
export const offline = (figure: Figure): Figure => cleaned(figure) as Figure;

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key, part]) => !isFetched(key, part));
  return Object.fromEntries(kept.map(([key, part]) => [key, cleaned(part)]));
}

function isFetched(key: string, part: unknown): boolean {
  if (key === "source" || key.endsWith(".source")) return typeof part === "string" && !/^data:/iu.test(part);
  if (key === "args" || key === "args2") return BRINGS_IN.test(JSON.stringify(part));
  return MAP_LAYOUT.test(key) && typeof part === "object";
}
