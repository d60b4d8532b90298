/**
 * A scalar of one number with its symbolic derivative. Kinks, jumps and poles are looked for where an argument of |·|,
 * relu, step, sign or a divisor changes its sign, and are told apart by the values and derivatives on both sides.
 */
import type { Slice } from "../calculus/index.js";
import type { Chart, ChartLine, ChartMark } from "../display/index.js";
import { sweep } from "./plotProgress.js";
import { gapNote, type Range, spread } from "./plotRanges.js";

export interface LineSource {
  readonly slice: Slice;
  readonly title: string;
  readonly valueName: string;
  readonly range: Range;
  readonly points: number;
  readonly derivative: boolean;
}

interface Sample {
  readonly x: number;
  readonly value: number;
  readonly slope: number;
}

/** Halvings of an interval: down to the spacing of doubles. */
const HALVINGS = 60;
/** Distance to both sides of a break, in widths of the range. */
const BESIDE = 1e-7;

export function lineChart(source: LineSource): Chart {
  const { slice, title, valueName, range, points } = source;
  const out = new Float64Array(2);
  const sample = (x: number): Sample => {
    slice.run([x], out);
    // Where there is no value the derivative of its formula means nothing.
    return { x, value: out[0]!, slope: Number.isFinite(out[0]) ? out[1]! : Number.NaN };
  };
  const xs = spread(range, points);
  const samples: Sample[] = [];
  sweep(points, "plot", (k) => samples.push(sample(xs[k]!)));
  const size = typical(samples.map(({ value }) => value));
  const breaks = rootsOf(slice, xs).map((x) => breakAt(sample, x, (range[1] - range[0]) * BESIDE, size));
  const found = breaks.filter((b): b is Break => b !== undefined);
  const line = withBreaks(samples, found);
  const axis = slice.axes[0]!;
  const derivative = `d${valueName}/d${axis}`;
  const lines: ChartLine[] = [
    { name: valueName, x: line.map(({ x }) => x), y: line.map(({ value }) => value) },
    ...(source.derivative ? [{ name: derivative, x: line.map(({ x }) => x), y: line.map(({ slope }) => slope) }] : []),
  ];
  const bands = bandsOf(samples, sample, found);
  const inBands = new Set(bands.flatMap(({ from, to }) => xs.flatMap((x, k) => (x >= from && x <= to ? [k] : []))));
  const values = Float64Array.from(samples.map(({ value }, k) => (inBands.has(k) ? value : 0)));
  return {
    title,
    x: { name: axis, scale: "linear", range },
    y: { name: lines.map(({ name }) => name).join(", "), scale: "linear", range: heightRange(lines) },
    lines,
    marks: found.map((b) => markOf(b, axis, { value: valueName, derivative, size })),
    bands,
    notes: gapNote(values, (k) => slice.why([xs[k]!])),
  };
}

interface Break {
  readonly kind: "kink" | "jump" | "pole";
  readonly x: number;
  readonly here: Sample;
  readonly left: Sample;
  readonly right: Sample;
}

/** The middle of the sorted magnitudes. */
function typical(values: readonly number[]): number {
  const sizes = values
    .filter(Number.isFinite)
    .map(Math.abs)
    .sort((p, q) => p - q);
  return sizes[Math.floor(sizes.length / 2)] || 1;
}

/** Where one of the signed quantities is 0 or changes its sign between two samples. */
function rootsOf(slice: Slice, xs: readonly number[]): number[] {
  const signs = xs.map((x) => slice.breaks([x]));
  const roots = new Set<number>();
  for (let q = 0; q < signs[0]!.length; q++)
    signs.forEach((now, k) => {
      if (now[q] === 0 && signs[k - 1]?.[q] !== 0 && signs[k + 1]?.[q] !== 0) roots.add(xs[k]!);
      const before = signs[k - 1];
      if (before && before[q]! * now[q]! < 0) roots.add(bisected((x) => slice.breaks([x])[q]! > 0, xs[k - 1]!, xs[k]!));
    });
  return [...roots].sort((p, q) => p - q);
}

/** Where a condition changes between two numbers. */
function bisected(holds: (x: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  const first = holds(low);
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (holds(middle) === first) low = middle;
    else high = middle;
  }
  // Of two neighbours the one with fewer digits: a root at 1 is told as 1.
  return String(low).length < String(high).length ? low : high;
}

/** Differences of values and derivatives that are no rounding, and values that are no part of the plot any more. */
const JUMP = 1e-5;
const KINK = 1e-4;
const POLE = 1e4;

function breakAt(sample: (x: number) => Sample, x: number, beside: number, size: number): Break | undefined {
  const [left, here, right] = [sample(x - beside), sample(x), sample(x + beside)];
  const made = (kind: Break["kind"]): Break => ({ kind, x, here, left, right });
  const sides = [left, right];
  if (sides.some(({ value }) => Number.isNaN(value))) return undefined;
  if (sides.some(({ value }) => Math.abs(value) > POLE * size)) return made("pole");
  const slopes = Math.max(...sides.map(({ slope }) => Math.abs(slope)));
  if (Math.abs(right.value - left.value) > JUMP * size + 4 * beside * slopes) return made("jump");
  return Math.abs(right.slope - left.slope) > KINK * (slopes + size * 1e-3) ? made("kink") : undefined;
}

/** At a break the lines end on its left and begin again on its right; a kink has its value. */
function withBreaks(samples: readonly Sample[], breaks: readonly Break[]): Sample[] {
  const NONE = Number.NaN;
  const inside = breaks.flatMap(({ kind, x, here, left, right }): Sample[] => {
    const gap = { x, value: kind === "kink" ? here.value : NONE, slope: NONE };
    return kind === "pole" ? [gap] : [{ ...left, x }, gap, { ...right, x }];
  });
  const others = samples.filter(({ x }) => !breaks.some((b) => b.x === x));
  // Stable: the three at one x keep their order.
  return [...others, ...inside].sort((p, q) => p.x - q.x);
}

/** What is left of 0 beside a break. */
const LOST = 1e-6;

function markOf(
  { kind, x, here, left, right }: Break,
  axis: string,
  name: { value: string; derivative: string; size: number },
): ChartMark {
  const number = (v: number): string =>
    String(Math.abs(v) < LOST * name.size ? 0 : Number(v.toPrecision(4)))
      .replace("-", "−")
      .replace("Infinity", "∞");
  const place = `${kind} at ${axis} = ${number(x)}`;
  const sentence = {
    kink: `${place}: ${name.derivative} from ${number(left.slope)} to ${number(right.slope)}`,
    jump: `${place}: ${name.value} from ${number(left.value)} to ${number(right.value)}`,
    pole: `${place}: ${name.value} has no bound there`,
  };
  return { x, y: kind === "pole" ? Number.NaN : here.value, text: sentence[kind] };
}

/** Runs of samples without a value, up to where values begin. A single one at a pole is told by its mark. */
function bandsOf(samples: readonly Sample[], sample: (x: number) => Sample, breaks: readonly Break[]) {
  const finite = ({ value }: Sample): boolean => Number.isFinite(value);
  const bands: { from: number; to: number }[] = [];
  for (let k = 0; k < samples.length; k++) {
    if (finite(samples[k]!)) continue;
    let end = k;
    while (end + 1 < samples.length && !finite(samples[end + 1]!)) end++;
    const alone = end === k && breaks.some(({ x }) => x === samples[k]!.x);
    const edge = (inside: number, outside: number): number =>
      samples[outside]
        ? bisected((x) => finite(sample(x)), samples[outside]!.x, samples[inside]!.x)
        : samples[inside]!.x;
    if (!alone) bands.push({ from: edge(k, k - 1), to: edge(end, end + 1) });
    k = end;
  }
  return bands;
}

/** So much of the values lies inside, where a pole would flatten all the rest. */
const KEPT = 0.04;
const TOO_TALL = 6;

function heightRange(lines: readonly ChartLine[]): readonly [number, number] {
  const values = lines
    .flatMap(({ y }) => y)
    .filter(Number.isFinite)
    .sort((p, q) => p - q);
  if (values.length === 0) return [-1, 1];
  const at = (share: number): number => values[Math.round(share * (values.length - 1))]!;
  const [whole, inner] = [
    [at(0), at(1)],
    [at(KEPT), at(1 - KEPT)],
  ] as const;
  const spreadOf = ([low, high]: readonly [number, number]): number => high - low;
  const [low, high] = spreadOf(whole) > TOO_TALL * spreadOf(inner) ? inner : whole;
  const room = low === high ? Math.abs(low) * 0.1 || 1 : (high - low) * 0.06;
  return [low - room, high + room];
}
