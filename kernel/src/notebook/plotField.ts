/**
 * A scalar of two numbers: level lines or a surface, with paths of gradient descent and the field −∇f over it. Values and
 * gradients are those of the compiled expression and of its symbolic derivative. Immutable: every call gives a new plot.
 */
import { NablaError, type Slice } from "../calculus/index.js";
import { type Arrow, type Bundle, contourBundle, type Field, type Path, surfaceBundle } from "../display/index.js";
import { sweep } from "./plotProgress.js";
import { gapNote, type Range, spread } from "./plotRanges.js";

export interface DescentOptions {
  /** The step is rate·∇f; 0.1 when absent. */
  readonly rate?: number;
  /** The share of the last step that is kept, from 0 up to (not including) 1. */
  readonly momentum?: number;
  /** At most so many; 50 when absent. */
  readonly steps?: number;
  /** By the names of the axes; when absent, the point of `at`, or a quarter in from the upper right corner. */
  readonly start?: Readonly<Record<string, number>>;
  readonly name?: string;
}

export interface QuiverOptions {
  /** Arrows along every axis; 13 when absent. */
  readonly arrows?: number;
}

/** A plot of a scalar over two numbers. */
export interface FieldPlot {
  readonly kind: "nabla.plot";
  /** The numbers that are drawn: `value[row]` of `y[row]`, a number for every x. */
  numbers(): {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly value: readonly (readonly number[])[];
  };
  /** The descents so far, step by step. */
  paths(): readonly Path[];
  /** A path of gradient descent in the plane of the two axes, with a slider over its steps. */
  descent(options?: DescentOptions): FieldPlot;
  /** Arrows along −∇f. */
  quiver(options?: QuiverOptions): FieldPlot;
  toString(): string;
}

/** What a plot is made from; `z` is computed once, when first needed. */
export interface FieldSource {
  readonly what: "surface" | "contour";
  readonly slice: Slice;
  readonly title: string;
  readonly valueName: string;
  readonly ranges: readonly [Range, Range];
  readonly points: number;
  readonly scale: "linear" | "log";
  readonly notes: readonly string[];
}

export function fieldPlot(source: FieldSource): FieldPlot {
  let made: Float64Array | undefined;
  return withOverlays(source, () => (made ??= sampled(source)), [], []);
}

function withOverlays(
  source: FieldSource,
  z: () => Float64Array,
  paths: readonly Path[],
  arrows: readonly Arrow[],
): FieldPlot {
  const field = (): Field => ({
    title: source.title,
    valueName: source.valueName,
    ...axes(source),
    z: z(),
    scale: source.scale,
    floor: floorOf(z()),
    paths,
    arrows,
    notes: [...source.notes, ...notesOf(source, z(), paths, arrows)],
  });
  const bundle = (): Bundle => (source.what === "surface" ? surfaceBundle(field()) : contourBundle(field()));
  return Object.freeze({
    kind: "nabla.plot" as const,
    numbers: () => {
      const { x, y } = axes(source);
      const rows = y.values.map((_, r) => [...z().subarray(r * x.values.length, (r + 1) * x.values.length)]);
      return { x: x.values, y: y.values, value: rows };
    },
    paths: () => paths,
    descent: (options: DescentOptions = {}) =>
      withOverlays(
        source,
        z,
        [
          ...paths,
          descended(
            source,
            options,
            paths.map(({ name }) => name),
          ),
        ],
        arrows,
      ),
    quiver: (options: QuiverOptions = {}) => withOverlays(source, z, paths, arrowsOf(source, options)),
    toString: () => String(bundle()["text/plain"]),
    [Symbol.for("Jupyter.display")]: bundle,
  });
}

function axes({ slice, ranges, points }: FieldSource) {
  const [x, y] = ranges.map((range, n) => ({ name: slice.axes[n]!, values: spread(range, points) }));
  return { x: x!, y: y! };
}

function sampled(source: FieldSource): Float64Array {
  const { x, y } = axes(source);
  const cols = x.values.length;
  const z = new Float64Array(cols * y.values.length);
  sweep(z.length, `points of the ${source.what}`, (k) => {
    z[k] = source.slice.value([x.values[k % cols]!, y.values[Math.floor(k / cols)]!]);
  });
  if (source.scale === "log") refuseLog(source, z);
  return z;
}

function refuseLog({ what, valueName }: FieldSource, z: Float64Array): void {
  const least = z.reduce((a, b) => (b < a ? b : a), Number.POSITIVE_INFINITY);
  if (least >= 0) return;
  throw new NablaError(
    "bad_argument",
    `${what}: a logarithmic scale needs values that are not negative, the smallest of ${valueName} is ${least}`,
    {
      got: String(least),
      want: 'values from 0 on, or scale: "linear"',
    },
  );
}

/** The smallest positive value; 1 where there is none. */
function floorOf(z: Float64Array): number {
  const least = z.reduce((a, b) => (b > 0 && b < a ? b : a), Number.POSITIVE_INFINITY);
  return Number.isFinite(least) ? least : 1;
}

const DEFAULT_STEPS = 50;
const MOST_STEPS = 10_000;
/** A path this far outside of its ranges, in widths, is not followed further. */
const FAR = 20;

function descended(source: FieldSource, options: DescentOptions, before: readonly string[]): Path {
  const { slice, ranges } = source;
  const { rate = 0.1, momentum = 0, steps = DEFAULT_STEPS } = options;
  const number = (ok: boolean, name: string, got: number, want: string): void => {
    if (!ok)
      throw new NablaError("bad_argument", `descent: ${name} must be ${want}, got ${got}`, { got: String(got), want });
  };
  number(Number.isFinite(rate) && rate > 0, "rate", rate, "a number above 0");
  number(momentum >= 0 && momentum < 1, "momentum", momentum, "a number from 0 up to, but not, 1");
  number(
    Number.isInteger(steps) && steps >= 1 && steps <= MOST_STEPS,
    "steps",
    steps,
    `a whole number from 1 to ${MOST_STEPS}`,
  );
  const at = [0, 1].map((n) => startOf(source, options, n as 0 | 1)) as [number, number];
  const path = { x: [] as number[], y: [] as number[], value: [] as number[], slope: [] as number[] };
  const velocity = [0, 0];
  const out = new Float64Array(3);
  for (let step = 0; step <= steps; step++) {
    slice.run(at, out);
    const [value, du, dv] = out as unknown as [number, number, number];
    if (!out.every(Number.isFinite)) {
      if (step > 0) break;
      throw new NablaError(
        "bad_argument",
        `descent: no value or no gradient where it starts: ${slice.why(at) ?? "the gradient is not finite"}`,
        {
          got: slice.axes.map((name, n) => `${name} = ${at[n]}`).join(", "),
          want: "a start inside the domain",
        },
      );
    }
    path.x.push(at[0]);
    path.y.push(at[1]);
    path.value.push(value);
    path.slope.push(Math.hypot(du, dv));
    for (const [n, slope] of [du, dv].entries()) {
      velocity[n] = momentum * velocity[n]! - rate * slope;
      at[n]! += velocity[n]!;
    }
    if (ranges.some(([from, to], n) => Math.abs(at[n]! - (from + to) / 2) > FAR * (to - from))) break;
  }
  const name =
    options.name ?? `${momentum > 0 ? "momentum" : "descent"}, rate ${rate}${momentum > 0 ? `, ${momentum}` : ""}`;
  return Object.freeze({ name: before.includes(name) ? `${name} (${before.length + 1})` : name, ...path });
}

function startOf({ slice, ranges }: FieldSource, { start }: DescentOptions, n: 0 | 1): number {
  const name = slice.axes[n]!;
  const unknown = Object.keys(start ?? {}).find((key) => !slice.axes.includes(key));
  if (unknown)
    throw new NablaError("unknown_symbol", `descent: ${unknown} is no axis of this plot`, {
      got: unknown,
      want: slice.axes.join(", "),
    });
  const given = start?.[name] ?? slice.start[n];
  if (given !== undefined && !Number.isFinite(given))
    throw new NablaError("bad_argument", `descent: start of ${name} must be a finite number, got ${given}`, {
      got: String(given),
      want: `start: { ${slice.axes.map((axis) => `${axis}: 1`).join(", ")} }`,
    });
  const [from, to] = ranges[n];
  return given ?? from + 0.8 * (to - from);
}

/** The longest arrow in distances of the grid of arrows; a third root, so that short ones are seen. */
const LONGEST = 0.85;

function arrowsOf(source: FieldSource, { arrows = 13 }: QuiverOptions): Arrow[] {
  if (!(Number.isInteger(arrows) && arrows >= 2 && arrows <= 40))
    throw new NablaError("bad_argument", `quiver: arrows must be a whole number from 2 to 40, got ${arrows}`, {
      got: String(arrows),
      want: "2 to 40",
    });
  const [xr, yr] = source.ranges;
  const [wide, tall] = [xr[1] - xr[0], yr[1] - yr[0]];
  const inner = ([from, to]: Range): number[] =>
    Array.from({ length: arrows }, (_, i) => from + ((to - from) * (i + 0.5)) / arrows);
  const out = new Float64Array(3);
  const all = inner(yr).flatMap((y) =>
    inner(xr).flatMap((x) => {
      source.slice.run([x, y], out);
      const [value, du, dv] = out as unknown as [number, number, number];
      return [value, du, dv].every(Number.isFinite)
        ? [{ x, y, value, du, dv, seen: Math.hypot(du / wide, dv / tall) }]
        : [];
    }),
  );
  const most = Math.max(...all.map(({ seen }) => seen));
  return all.flatMap(({ x, y, value, du, dv, seen }) => {
    if (seen === 0) return [];
    const size = (LONGEST / arrows) * Math.cbrt(seen / most);
    // Its middle at the grid point; the direction is that of −∇f in the units of the axes.
    const [dx, dy] = [(-du * size) / seen, (-dv * size) / seen];
    return [{ x: x - dx / 2, y: y - dy / 2, dx, dy, value }];
  });
}

function notesOf(source: FieldSource, z: Float64Array, paths: readonly Path[], arrows: readonly Arrow[]): string[] {
  const { x, y } = axes(source);
  const cols = x.values.length;
  const why = (k: number): string | undefined =>
    source.slice.why([x.values[k % cols]!, y.values[Math.floor(k / cols)]!]);
  return [
    ...gapNote(z, why),
    ...(source.scale === "log" && z.includes(0)
      ? [`Heights by powers of ten; 0 is drawn as ${Number(floorOf(z).toPrecision(2))}, the smallest value above it.`]
      : []),
    ...(arrows.length > 0
      ? [`Arrows: −∇${source.valueName}, their length by the third root of ‖∇${source.valueName}‖.`]
      : []),
    ...paths.map((path) => pathNote(source, path)),
  ];
}

function pathNote({ valueName, slice, ranges }: FieldSource, { name, x, y, value, slope }: Path): string {
  const last = x.length - 1;
  const number = (v: number): string => String(Number(v.toPrecision(4))).replace("-", "−");
  const away = ranges.some(([from, to], n) => [x, y][n]!.some((v) => v < from || v > to));
  return `${name}: ${last} steps, ${valueName} from ${number(value[0]!)} to ${number(value[last]!)} at ${slice.axes[0]} = ${number(x[last]!)}, ${slice.axes[1]} = ${number(y[last]!)}, ‖∇${valueName}‖ = ${number(slope[last]!)}${away ? "; it leaves the plot" : ""}.`;
}
