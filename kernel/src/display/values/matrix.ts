/** Numbers in rows of one length, and long typed arrays: a grid under a line with the shape. */
import { type Cell, numberText } from "./cell.js";
import { grouped, isList, MOST_COLUMNS, MOST_ROWS, own, type Recogniser } from "./define.js";
import { gridBundle, remaining } from "./grid.js";

type NumberArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

export type Numbers = NumberArray | readonly number[];

export const matrix: Recogniser = {
  name: "matrix",
  show(value) {
    if (!isList(value) || value.length === 0) return undefined;
    const rows = Array.from({ length: value.length }, (_, r) => own(value, r));
    const columns = isNumbers(rows[0]) ? rows[0].length : 0;
    if (rows.length * columns < 2 || !rows.every((row) => isNumbers(row) && row.length === columns)) return undefined;
    return gridBundle({
      title: `${rows.length}×${columns}`,
      rows: rows.slice(0, MOST_ROWS).map((row) => numberCells(row as Numbers, 0, MOST_COLUMNS)),
      rest: remaining(rows.length - MOST_ROWS, columns - MOST_COLUMNS),
    });
  },
};

/** Shorter ones are a line of the inspector's. */
const SHORT = 12;
const PER_LINE = 10;

export const typedArray: Recogniser = {
  name: "typed array",
  show(value) {
    const kind = typedKind(value);
    if (kind === undefined) return undefined;
    const numbers = value as NumberArray;
    if (numbers.length <= SHORT) return undefined;
    const lines = Math.min(MOST_ROWS, Math.ceil(numbers.length / PER_LINE));
    const starts = Array.from({ length: lines }, (_, line) => line * PER_LINE);
    const left = numbers.length - lines * PER_LINE;
    return gridBundle({
      title: `${kind}(${numbers.length})`,
      side: starts.map(String),
      rows: starts.map((start) => numberCells(numbers, start, start + PER_LINE)),
      rest: left > 0 ? `… ${grouped(left)} more` : "",
    });
  },
};

/** Entries of a row that are looked at before it counts as numbers. */
const MOST_CHECKED = 1000;

/** A list with holes, getters or anything but numbers is none. */
export function isNumbers(value: unknown): value is Numbers {
  if (typeof value !== "object" || value === null) return false;
  if (typedKind(value) !== undefined) return true;
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < Math.min(value.length, MOST_CHECKED); i++) if (typeof own(value, i) !== "number") return false;
  return true;
}

const tagOfTyped = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)
  ?.get as (this: unknown) => string | undefined;

/** "Float64Array"; undefined for other things, for big integers and for subclasses such as Buffer, which have forms of their own. */
function typedKind(value: object): string | undefined {
  const kind = tagOfTyped.call(value);
  if (kind === undefined || kind.startsWith("Big")) return undefined;
  const { prototype } = (globalThis as Record<string, unknown>)[kind] as { prototype: object };
  return Object.getPrototypeOf(value) === prototype ? kind : undefined;
}

export const numberCells = (numbers: Numbers, from: number, to: number): Cell[] =>
  Array.from({ length: Math.min(to, numbers.length) - from }, (_, i) => ({
    text: numberText(numbers[from + i] ?? Number.NaN),
    isNumber: true,
  }));
