/** What lies over a contour or a surface: stripes where there is no value, arrows, and paths with a slider over their steps. */
import { hex } from "../colour.js";
import { formatNumber } from "../number.js";
import { plotlyText } from "../sheet/plotlyAxes.js";
import { type Arrow, drawn, type Field, gapStripes, heights, lowHigh, type Path } from "./field.js";
import { short } from "./layout.js";
import { CLEAR, GREY, OVER } from "./palette.js";

type Trace = Readonly<Record<string, unknown>>;

/** Three numbers per point on a surface, two on a contour. */
export interface Space {
  readonly type: "scatter" | "scatter3d";
  /** Drawn height at a point, for a surface. */
  readonly height: (field: Field, value: number) => number;
}

export const FLAT: Space = { type: "scatter", height: () => 0 };

/** A little above the surface, which would hide half of what lies in it. */
const LIFT = 0.015;

export function solid(field: Field): Space {
  const [low, high] = heights(field);
  return { type: "scatter3d", height: (_, value) => drawn(field, value) + LIFT * (high - low) };
}

const coordinates = (
  space: Space,
  points: readonly (readonly [x: number, y: number, z: number] | undefined)[],
): Trace => ({
  x: points.map((p) => (p ? short(p[0]) : null)),
  y: points.map((p) => (p ? short(p[1]) : null)),
  ...(space.type === "scatter3d" ? { z: points.map((p) => (p ? short(p[2]) : null)) } : {}),
});

const quiet = { showlegend: false, hoverinfo: "skip" } as const;

export function stripes(field: Field, space: Space, floor: number): Trace[] {
  const lines = gapStripes(field).flatMap((points) => [...points.map(([x, y]) => [x, y, floor] as const), undefined]);
  if (lines.length === 0) return [];
  return [
    {
      type: space.type,
      name: "no value",
      mode: "lines",
      ...quiet,
      ...coordinates(space, lines),
      line: { color: GREY, width: 1.5 },
    },
  ];
}

/** The head of an arrow: two strokes back from its point, as seen with axes of equal length. */
export function arrowHead(field: Field, { x, y, dx, dy }: Arrow): readonly [number, number][] {
  const [sx, sy] = [field.x, field.y].map((axis) => lowHigh(axis)[1] - lowHigh(axis)[0]) as [number, number];
  const [u, v] = [dx / sx, dy / sy];
  const back = (side: 1 | -1): [number, number] => [
    x + dx - sx * (0.35 * u + side * 0.2 * v),
    y + dy - sy * (0.35 * v - side * 0.2 * u),
  ];
  return [back(1), [x + dx, y + dy], back(-1)];
}

export function arrows(field: Field, space: Space): Trace[] {
  if (field.arrows.length === 0) return [];
  const lines = field.arrows.flatMap((arrow) => {
    const height = space.height(field, arrow.value);
    const at = ([x, y]: readonly [number, number]) => [x, y, height] as const;
    const tip = [arrow.x + arrow.dx, arrow.y + arrow.dy] as const;
    return [at([arrow.x, arrow.y]), at(tip), undefined, ...arrowHead(field, arrow).map(at), undefined];
  });
  return [
    {
      type: space.type,
      name: `−∇${field.valueName}`,
      mode: "lines",
      ...quiet,
      ...coordinates(space, lines),
      line: { color: "#ffffff", width: space.type === "scatter" ? 1.5 : 3 },
    },
  ];
}

const pointsOf = (field: Field, space: Space, { x, y, value }: Path) =>
  x.map((u, k) => [u, y[k]!, space.height(field, value[k]!)] as const);

/** Steps of a path that are dots too; of a longer one they would hide it. */
const MOST_DOTS = 80;

/** Black below, colour above: seen on dark and on light heights. */
export const paths = (field: Field, space: Space): Trace[] =>
  field.paths.flatMap((path, n) => {
    const points = pointsOf(field, space, path);
    const colour = hex(OVER[n % OVER.length]!);
    const hover = path.x.map((_, k) => plotlyText(stepText(field, path, k)));
    const line = (color: string, width: number): Trace => ({
      type: space.type,
      ...coordinates(space, points),
      line: { color, width },
    });
    return [
      { ...line("#000000", 5), mode: "lines", ...quiet },
      {
        ...line(colour, 2.5),
        name: path.name,
        mode: path.x.length <= MOST_DOTS ? "lines+markers" : "lines",
        marker: { color: colour, size: space.type === "scatter" ? 5 : 2.5, line: { color: "#000000", width: 0.5 } },
        hovertext: hover,
        hoverinfo: "text",
      },
    ];
  });

const stepText = (field: Field, path: Path, k: number): string =>
  `${path.name}, step ${k}: ${field.valueName} = ${formatNumber(path.value[k]!, 6)}, ‖∇${field.valueName}‖ = ${formatNumber(path.slope[k]!, 3)}`;

/** One mark on every path, at its last step until the slider moves it. */
export const marks = (field: Field, space: Space): Trace[] =>
  field.paths.map((path, n) => ({
    type: space.type,
    mode: "markers",
    ...quiet,
    ...coordinates(space, pointsOf(field, space, path).slice(-1)),
    marker: {
      color: hex(OVER[n % OVER.length]!),
      size: space.type === "scatter" ? 13 : 6,
      symbol: "circle",
      line: { color: "#000000", width: 2 },
    },
  }));

/** Steps that the slider stops at; every so many of a long path. */
const MOST_STOPS = 60;

/** Moves the marks of all paths together; `first` is the place of the first mark among the traces. */
export function slider(field: Field, space: Space, first: number): Trace[] {
  const last = Math.max(0, ...field.paths.map(({ x }) => x.length - 1));
  if (last === 0) return [];
  const every = Math.ceil(last / MOST_STOPS);
  const stops = [...new Set([...Array.from({ length: Math.floor(last / every) + 1 }, (_, i) => i * every), last])];
  const steps = stops.map((step) => {
    const points = field.paths.map((path) => {
      const k = Math.min(step, path.x.length - 1);
      return coordinates(space, [pointsOf(field, space, path)[k]]);
    });
    const moved = Object.fromEntries(
      ["x", "y", "z"].flatMap((key) => (points[0]![key] ? [[key, points.map((p) => p[key])]] : [])),
    );
    const values = field.paths.map(({ value, slope }) => {
      const k = Math.min(step, value.length - 1);
      return `${field.valueName} = ${formatNumber(value[k]!, 6)}, ‖∇${field.valueName}‖ = ${formatNumber(slope[k]!, 3)}`;
    });
    return {
      method: "restyle",
      label: `${step}: ${plotlyText(values.join(" · "))}`,
      args: [moved, field.paths.map((_, n) => first + n)],
    };
  });
  return [
    {
      active: stops.length - 1,
      steps,
      currentvalue: { prefix: "step ", font: { color: GREY, size: 13 }, xanchor: "left" },
      // Labels below the rail would be as long as the sentence above it.
      font: { color: CLEAR, size: 1 },
      ticklen: 0,
      minorticklen: 0,
      bordercolor: GREY,
      bgcolor: "rgba(128,128,128,0.3)",
      pad: { t: 60, b: 4 },
    },
  ];
}

/** Room for the slider below the axes, in pixels. */
export const SLIDER_ROOM = 98;
