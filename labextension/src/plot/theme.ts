/** The theme's colours for a figure: they are put under the figure's own layout, which wins wherever it says something. */
import type { Figure } from "./plotly.js";

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `under` where `over` says nothing, at every depth. */
export function merge(under: Json, over: Json): Json {
  const both: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = both[key];
    both[key] = isObject(below) && isObject(value) ? merge(below, value) : value;
  }
  return both;
}

/** The axes of a layout, however many it numbers. */
const axes = (layout: Json): string[] => [
  ...new Set(["xaxis", "yaxis", ...Object.keys(layout).filter((key) => /^[xy]axis\d*$/u.test(key))]),
];

export interface ThemeColours {
  readonly text: string;
  readonly line: string;
  readonly font: string;
}

export function readTheme(node: HTMLElement): ThemeColours {
  const style = getComputedStyle(node);
  const read = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: read("--jp-ui-font-color1", "CanvasText"),
    line: read("--jp-border-color2", "GrayText"),
    font: read("--jp-ui-font-family", "sans-serif"),
  };
}

/** The layout in the room that there is: a figure that says how wide it is, and is wider, takes the width of the cell. */
export function fitted(layout: Figure["layout"], room: number): Figure["layout"] {
  const { width, ...flexible } = layout;
  return typeof width === "number" && width <= room ? layout : flexible;
}

export function themedLayout(layout: Figure["layout"], { text, line, font }: ThemeColours): Json {
  const axis = { gridcolor: line, linecolor: line, zerolinecolor: line, tickcolor: line, automargin: true };
  const clear = "rgba(0,0,0,0)";
  const scene = { xaxis: axis, yaxis: axis, zaxis: axis, bgcolor: clear };
  const under: Record<string, unknown> = {
    paper_bgcolor: clear,
    plot_bgcolor: clear,
    font: { color: text, family: font },
    margin: { l: 48, r: 16, t: layout.title ? 44 : 16, b: 40 },
    autosize: typeof layout.width !== "number",
    ...Object.fromEntries(axes(layout).map((name) => [name, axis])),
    ...(isObject(layout.scene) ? { scene } : {}),
  };
  return merge(under, layout);
}
