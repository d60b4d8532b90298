/**
 * Lines over one axis: a function with its derivative, the errors of a gradient check. A number that is not finite breaks
 * its line; logarithmic axes hold exponents of ten. Bands are places without a value.
 */
import { formatNumber } from "../number.js";
import { linearTicks, logTicks, type Tick } from "./ticks.js";

export interface ChartAxis {
  readonly name: string;
  readonly scale: "linear" | "log";
  /** In exponents of a logarithmic axis. */
  readonly range: readonly [low: number, high: number];
}

export interface ChartLine {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface ChartMark {
  readonly x: number;
  /** NaN of a pole: a line from bottom to top. */
  readonly y: number;
  /** "kink at x = 0: f′ from −1 to 1" */
  readonly text: string;
}

export interface Chart {
  readonly title: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly lines: readonly ChartLine[];
  readonly marks: readonly ChartMark[];
  readonly bands: readonly { readonly from: number; readonly to: number }[];
  readonly notes: readonly string[];
}

export const ticksOf = ({ scale, range }: ChartAxis): Tick[] =>
  scale === "log" ? logTicks(...range, 8) : linearTicks(...range);

/** Where a number stands on an axis. */
export const onAxis = ({ scale }: ChartAxis, value: number): number => (scale === "log" ? Math.log10(value) : value);

export function chartText({ title, x, lines, marks, notes }: Chart): string {
  const rows = lines.map(({ name, y }) => {
    const finite = y.filter(Number.isFinite);
    return finite.length === 0
      ? `${name}: no value`
      : `${name}: from ${formatNumber(Math.min(...finite))} to ${formatNumber(Math.max(...finite))}`;
  });
  const range = x.range.map((value) => (x.scale === "log" ? `1e${value}` : formatNumber(value)));
  return [title, `${x.name} from ${range.join(" to ")}`, ...rows, ...marks.map(({ text }) => text), ...notes].join(
    "\n",
  );
}
