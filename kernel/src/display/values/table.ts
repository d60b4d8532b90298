/**
 * Rows with named columns: an array of plain objects, a Map, a record of plain objects of one kind. A table is only made
 * when it says as much as an inspector would: each value that is shown fits into one line.
 */
import { type Cell, cellOf } from "./cell.js";
import { counted, isData, isList, isPlain, MOST_COLUMNS, MOST_ROWS, own, type Recogniser } from "./define.js";
import { type Grid, gridBundle, remaining } from "./grid.js";

interface Rows {
  readonly title: string;
  readonly count: number;
  /** The rows that are shown. */
  readonly values: readonly unknown[];
  /** Heading of the rows' names, and the names. */
  readonly side?: readonly string[] | undefined;
}

export const objectArray: Recogniser = {
  name: "array of objects",
  show(value) {
    if (!isList(value) || value.length === 0) return undefined;
    const values = firstItems(value);
    if (!value.every(isPlain)) return undefined;
    const grid = recordGrid({ title: counted(value.length, "row"), count: value.length, values });
    return grid && gridBundle(grid);
  },
};

export const recordOfRecords: Recogniser = {
  name: "record of records",
  show(value) {
    if (!isPlain(value) || !isData(value)) return undefined;
    const keys = Object.keys(value);
    if (keys.length < 2 || !keys.every((key) => isPlain(own(value, key)))) return undefined;
    const shown = keys.slice(0, MOST_ROWS);
    const values = shown.map((key) => own(value, key));
    const columns = values.map((each) => Object.keys(each as object).join());
    if (columns[0] === "" || columns.some((each) => each !== columns[0])) return undefined;
    const grid = recordGrid({ title: counted(keys.length, "row"), count: keys.length, values, side: shown });
    return grid && gridBundle(grid);
  },
};

const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, "size")?.get as (this: unknown) => number;

export const map: Recogniser = {
  name: "Map",
  show(value) {
    if (!(value instanceof Map)) return undefined;
    const count = mapSize.call(value);
    if (count === 0) return undefined;
    const keys: unknown[] = [];
    const values: unknown[] = [];
    const entries = Map.prototype.entries.call(value);
    for (let next = entries.next(); !next.done && keys.length < MOST_ROWS; next = entries.next()) {
      keys.push(next.value[0]);
      values.push(next.value[1]);
    }
    const names = keys.map((key) => cellOf(key)?.text);
    if (names.some((name) => name === undefined)) return undefined;
    const title = `Map(${count})`;
    const records = values.every(isPlain) && recordGrid({ title, count, values, side: names as string[] });
    const grid = records || pairs(title, count, keys, values);
    return grid && gridBundle(grid);
  },
};

function pairs(title: string, count: number, keys: unknown[], values: unknown[]): Grid | undefined {
  const rows = keys.map((key, r) => [cellOf(key), cellOf(values[r])]);
  if (!isWhole(rows)) return undefined;
  return { title, head: ["key", "value"], rows, rest: remaining(count - rows.length, 0) };
}

/** One column for each key, in order of appearance. */
function recordGrid({ title, count, values, side }: Rows): Grid | undefined {
  const objects = values as object[];
  if (!objects.every((row) => isData(row) && Object.getOwnPropertySymbols(row).length === 0)) return undefined;
  const lengths = objects.map((row) => Object.keys(row).length);
  const columns = [...new Set(objects.flatMap((row) => Object.keys(row)))];
  // Objects of different kinds would make a table of holes.
  const filled = lengths.reduce((sum, length) => sum + length, 0);
  if (columns.length === 0 || filled * 2 < columns.length * objects.length) return undefined;
  const head = columns.slice(0, MOST_COLUMNS);
  const rows = objects.map((row) => head.map((key) => cellOf(own(row, key))));
  if (!isWhole(rows)) return undefined;
  return { title, head, side, rows, rest: remaining(count - objects.length, columns.length - head.length) };
}

const isWhole = (rows: (Cell | undefined)[][]): rows is Cell[][] => rows.every((row) => row.every((cell) => cell));

const firstItems = (list: readonly unknown[]): unknown[] =>
  Array.from({ length: Math.min(list.length, MOST_ROWS) }, (_, i) => own(list, i));
