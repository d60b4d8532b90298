/**
 * A small line chart in SVG, drawn for a width in pixels so that its text stays readable: linear or logarithmic axes,
 * lines told apart by their dashes and their names, marks. Values that an axis cannot hold break the line.
 */
import { svg } from "./dom.js";

export interface Axis {
  readonly title: string;
  readonly log?: boolean;
  readonly from: number;
  readonly to: number;
}

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface ChartOptions {
  readonly width: number;
  readonly height: number;
  /** What a screen reader says in place of the picture. */
  readonly label: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  /** Vertical lines with a name. */
  readonly verticals?: readonly { readonly x: number; readonly name?: string }[];
  readonly dots?: readonly { readonly x: number; readonly y: number; readonly title: string }[];
}

const MARGIN = { left: 44, right: 16, top: 8, bottom: 32 } as const;
const CHARACTER = 6.2; // pixels of a character at 11 px
const DASHES = ["", "6 3", "2 3"] as const;

type Place = (value: number) => number;

export function chart({ width, height, label, x, y, lines, verticals = [], dots = [] }: ChartOptions): SVGElement {
  const right = width - MARGIN.right;
  const bottom = height - MARGIN.bottom;
  const across = placeOn(x, MARGIN.left, right);
  const down = placeOn(y, bottom, MARGIN.top);
  const room = { across: Math.max(2, Math.floor((right - MARGIN.left) / 56)), down: 5 };
  return svg(
    "svg",
    { class: "jp-nabla-Chart", role: "img", "aria-label": label, width, height, viewBox: `0 0 ${width} ${height}` },
    ...ticks(x, room.across).map((value) => tickX(value, across(value), bottom, x)),
    ...ticks(y, room.down).map((value) => tickY(value, down(value), right, y)),
    svg("path", { class: "jp-nabla-Chart-axes", d: `M${MARGIN.left} ${MARGIN.top}V${bottom}H${right}` }),
    svg("text", { x: right, y: height - 4, "text-anchor": "end" }, x.title),
    ...verticals.flatMap((vertical) => verticalMark(vertical, across(vertical.x), bottom, width)),
    ...lines.map(({ points }, i) =>
      svg("path", {
        class: "jp-nabla-Chart-line",
        "data-line": i,
        "stroke-dasharray": DASHES[i % DASHES.length],
        d: pathOf(points, across, down),
      }),
    ),
    ...dots.map((dot) =>
      svg(
        "circle",
        { class: "jp-nabla-Chart-dot", cx: across(dot.x), cy: down(dot.y), r: 4 },
        svg("title", {}, dot.title),
      ),
    ),
    ...(lines.length > 1 ? legend(lines, width) : []),
  );
}

const scaleOf = ({ log }: Axis): Place => (log ? Math.log10 : (value) => value);

function placeOn(axis: Axis, start: number, end: number): Place {
  const scale = scaleOf(axis);
  const [from, to] = [scale(axis.from), scale(axis.to)];
  return (value) => start + ((scale(value) - from) / (to - from || 1)) * (end - start);
}

/** The polyline; a value that is not finite on its axis lifts the pen. */
function pathOf(points: Line["points"], across: Place, down: Place): string {
  let pen = "M";
  return points
    .map(([x, y]) => {
      const [px, py] = [across(x), down(y)];
      if (!Number.isFinite(px) || !Number.isFinite(py)) {
        pen = "M";
        return "";
      }
      const piece = `${pen}${px.toFixed(1)} ${py.toFixed(1)}`;
      pen = "L";
      return piece;
    })
    .join("");
}

/** Round values on the axis, at most so many. */
function ticks(axis: Axis, most: number): number[] {
  if (axis.log) {
    const [low, high] = [Math.ceil(Math.log10(axis.from) - 1e-9), Math.floor(Math.log10(axis.to) + 1e-9)];
    const every = Math.max(1, Math.ceil((high - low + 1) / most));
    return Array.from({ length: Math.max(0, Math.floor((high - low) / every) + 1) }, (_, i) => 10 ** (low + i * every));
  }
  const rough = (axis.to - axis.from || 1) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!;
  const first = Math.ceil(axis.from / step);
  const count = Math.floor(axis.to / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [..."-0123456789"].map((c, i) => [c, "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"[i]!]),
);

/** "10⁻⁵" on a logarithmic axis, "0.25" on a linear one. */
export function tickText(value: number, log = false): string {
  if (!log) return String(value).replace("-", "−");
  const exponent = Math.round(Math.log10(value));
  return exponent === 0 ? "1" : `10${[...String(exponent)].map((c) => SUPERSCRIPTS[c]).join("")}`;
}

const tickX = (value: number, at: number, bottom: number, { log }: Axis): SVGElement =>
  svg(
    "g",
    { class: "jp-nabla-Chart-tick" },
    svg("path", { d: `M${at} ${bottom}v4` }),
    svg("text", { x: at, y: bottom + 15, "text-anchor": "middle" }, tickText(value, log)),
  );

const tickY = (value: number, at: number, right: number, { log }: Axis): SVGElement =>
  svg(
    "g",
    { class: "jp-nabla-Chart-tick" },
    svg("path", { class: "jp-nabla-Chart-rule", d: `M${MARGIN.left} ${at}H${right}` }),
    svg("text", { x: MARGIN.left - 5, y: at + 4, "text-anchor": "end" }, tickText(value, log)),
  );

/** The name stands on the side where there is room. */
function verticalMark(
  { name = "" }: { readonly name?: string },
  at: number,
  bottom: number,
  width: number,
): SVGElement[] {
  const left = at + 6 + name.length * CHARACTER > width;
  return [
    svg("path", { class: "jp-nabla-Chart-vertical", d: `M${at} ${MARGIN.top}V${bottom}` }),
    svg("text", { x: at + (left ? -5 : 5), y: MARGIN.top + 10, "text-anchor": left ? "end" : "start" }, name),
  ];
}

function legend(lines: readonly Line[], width: number): SVGElement[] {
  const longest = Math.max(...lines.map(({ name }) => name.length));
  const left = width - MARGIN.right - longest * CHARACTER - 30;
  return lines.flatMap(({ name }, i) => [
    svg("path", {
      class: "jp-nabla-Chart-line",
      "data-line": i,
      "stroke-dasharray": DASHES[i % DASHES.length],
      d: `M${left} ${MARGIN.top + 7 + 14 * i}h24`,
    }),
    svg("text", { x: left + 29, y: MARGIN.top + 11 + 14 * i }, name),
  ]);
}
