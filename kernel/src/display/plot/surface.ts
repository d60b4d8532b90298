/** A function of two numbers as a surface in space, to be turned with the mouse: a plotly figure. */
import { formatNumber } from "../number.js";
import { plotlyText } from "../sheet/plotlyAxes.js";
import { levels } from "./contour.js";
import { drawn, type Field, heights, lowHigh } from "./field.js";
import { baseLayout, headRoom, short } from "./layout.js";
import { arrows, marks, paths, SLIDER_ROOM, slider, solid, stripes } from "./overlays.js";
import { GREY, HEIGHTS } from "./palette.js";

export function surfaceFigure(field: Field): object {
  const { x, y, z } = field;
  const cols = x.values.length;
  const [low, high] = heights(field);
  const space = solid(field);
  const over = [...stripes(field, space, low), ...arrows(field, space), ...paths(field, space)];
  const head = headRoom(field.notes);
  const sliders = slider(field, space, 1 + over.length);
  const ticks = levels(field, 6);
  const axis = (name: string, range: readonly number[]) => ({
    title: { text: plotlyText(name) },
    range,
    gridcolor: "rgba(128,128,128,0.4)",
    linecolor: GREY,
    tickcolor: GREY,
    zerolinecolor: "rgba(128,128,128,0.4)",
    showbackground: false,
  });
  const rows = y.values.map((_, r) => Array.from(z.subarray(r * cols, (r + 1) * cols)));
  const numbers = { tickvals: ticks.map(({ value }) => value), ticktext: ticks.map(({ label }) => label) };
  const hover = (value: number, r: number, c: number): string =>
    `${x.name} = ${formatNumber(x.values[c]!)}<br>${y.name} = ${formatNumber(y.values[r]!)}<br>${field.valueName} = ${formatNumber(value, 6)}`;
  return {
    data: [
      {
        type: "surface",
        name: field.valueName,
        x: x.values.map(short),
        y: y.values.map(short),
        z: rows.map((row) => row.map((value) => short(drawn(field, value)))),
        cmin: low,
        cmax: high,
        colorscale: HEIGHTS,
        connectgaps: false,
        lighting: { ambient: 0.85, diffuse: 0.4, specular: 0.05, roughness: 0.9 },
        contours: { z: { show: true, usecolormap: false, color: "rgba(255,255,255,0.35)", width: 1 } },
        colorbar: {
          thickness: 14,
          outlinewidth: 0,
          title: { text: plotlyText(field.valueName), side: "top" },
          ...numbers,
        },
        ...(field.scale === "log"
          ? { hovertext: rows.map((row, r) => row.map((value, c) => hover(value, r, c))), hoverinfo: "text" }
          : {
              hovertemplate: `${plotlyText(x.name)} = %{x}<br>${plotlyText(y.name)} = %{y}<br>${plotlyText(field.valueName)} = %{z:.6g}<extra></extra>`,
            }),
      },
      ...over,
      ...marks(field, space),
    ],
    layout: {
      ...baseLayout(field.title, field.notes),
      width: 680,
      height: head + 480 + (sliders.length > 0 ? SLIDER_ROOM : 0),
      margin: { t: head, l: 8, r: 8, b: 8 + (sliders.length > 0 ? SLIDER_ROOM : 0) },
      scene: {
        xaxis: axis(x.name, lowHigh(x)),
        yaxis: axis(y.name, lowHigh(y)),
        zaxis: { ...axis(field.valueName, [low - 0.02 * (high - low), high + 0.03 * (high - low)]), ...numbers },
        aspectmode: "manual",
        aspectratio: { x: 1, y: 1, z: 0.7 },
        camera: { eye: { x: -1.15, y: -1.55, z: 0.95 }, center: { x: 0, y: 0, z: -0.12 } },
      },
      showlegend: field.paths.length > 1,
      legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom" },
      ...(sliders.length > 0 ? { sliders } : {}),
    },
  };
}
