/**
 * Several sheets of the same numbers as one plotly figure, with a button for each. The figure is as large as the largest
 * of them, and every sheet stands at its top left, its cells as large as they are alone.
 */
import { sheetFigure } from "./plotly.js";
import type { Sheet } from "./sheet.js";

interface Trace {
  readonly [key: string]: unknown;
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly margin: { readonly t: number; readonly b: number; readonly l: number; readonly r: number };
  readonly [key: string]: unknown;
}

/** Room for the buttons below the cells, in pixels. */
const BUTTONS = 56;
/** Of a button by its label. */
const LETTER = 8;
const PAD = 30;

export function switchedFigure(views: readonly { readonly label: string; readonly sheet: Sheet }[]): object {
  const figures = views.map(({ sheet }) => sheetFigure(sheet) as { data: readonly Trace[]; layout: Layout });
  const buttons = views.reduce((sum, { label }) => sum + LETTER * label.length + PAD, 0);
  const width = Math.max(buttons, ...figures.map(({ layout }) => layout.width));
  const height = Math.max(...figures.map(({ layout }) => layout.height)) + BUTTONS;
  const placed = figures.map(({ data, layout }) => {
    const { margin } = layout;
    const grown = { ...margin, r: margin.r + width - layout.width, b: margin.b + height - layout.height };
    // Every view has both traces, so that a button finds what it changes.
    return { data: [data[0]!, data[1] ?? { ...NO_DOTS }], layout: { ...layout, width, height, margin: grown } };
  });
  const [first] = placed;
  return {
    data: first!.data,
    layout: {
      ...first!.layout,
      updatemenus: [
        {
          type: "buttons",
          direction: "right",
          active: 0,
          showactive: true,
          x: 0,
          y: 0,
          xanchor: "left",
          yanchor: "top",
          pad: { t: 16 },
          // Its own light grey: plotly paints the active button light in every theme.
          bgcolor: "#e4e4e4",
          bordercolor: "#7a7a7a",
          font: { color: "#222222", size: 12 },
          buttons: placed.map(({ data, layout }, n) => ({
            label: views[n]!.label,
            method: "update",
            args: [changed(data), { ...pick(layout, CHANGED_LAYOUT) }],
          })),
        },
      ],
    },
  };
}

const NO_DOTS: Trace = { type: "scatter", mode: "text", x: [], y: [], text: "·", hoverinfo: "skip", showlegend: false };
const CHANGED = ["z", "x", "y", "hovertext", "text", "texttemplate"] as const;
const CHANGED_LAYOUT = ["title", "xaxis", "yaxis", "margin", "shapes", "annotations"];

/** Of every trace, the values that differ between views; what one lacks is empty. */
const changed = (data: readonly Trace[]): Record<string, unknown[]> =>
  Object.fromEntries(
    CHANGED.map((key) => [key, data.map((trace) => trace[key] ?? (key === "texttemplate" ? "" : null))]),
  );

const pick = (layout: Layout, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.map((key) => [key, layout[key] ?? []]));
