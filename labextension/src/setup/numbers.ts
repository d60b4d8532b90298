/**
 * The numbers of a network as they stand in its matrices, and the change that other numbers are: samples are stored in
 * rows or columns, but `NetworkConfig` has one row per sample.
 */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { NetworkConfig, TraceDocument } from "nabla";
import { readBlock } from "./block.js";
import { readNumber } from "./number.js";

export const GIVEN = ["x", "y", "W1", "b1", "W2", "b2"] as const;
export type Given = (typeof GIVEN)[number];

/** What is asked for, or why not. */
export type Changed = { readonly change: NetworkConfig } | { readonly problem: string };

type Rows = readonly (readonly number[])[];

const rowsOf = ({ tensors }: TraceDocument, name: Given): number[][] => {
  const { shape, data } = tensors[name]!;
  return Array.from({ length: shape[0] }, (_, i) => data.slice(i * shape[1], (i + 1) * shape[1]));
};

const transposed = (rows: Rows): number[][] => (rows[0] ?? []).map((_, j) => rows.map((row) => row[j]!));

const samplesAsColumns = ({ network, conventions }: TraceDocument): boolean =>
  network.batch === 1 || conventions.samples === "columns";

/** One entry typed in. */
export function typed(
  document: TraceDocument,
  name: Given,
  [row, col]: readonly [number, number],
  text: string,
  trans: TranslationBundle,
): Changed {
  const read = readNumber(text, trans);
  const label = document.tensors[name]!.label;
  if ("problem" in read)
    return { problem: trans.__("%1, row %2, column %3: %4.", label, row + 1, col + 1, read.problem) };
  const rows = rowsOf(document, name);
  rows[row]![col] = read.value;
  if (name === "y" && document.network.loss === "cross-entropy") completeTarget(document, rows, row, col);
  return { change: changeTo(document, name, rows) };
}

/**
 * A class is chosen with one number: a 1 makes the others 0, and of two entries the other is what is missing to 1.
 * Otherwise no single entry of a distribution could ever be changed.
 */
function completeTarget(document: TraceDocument, rows: number[][], row: number, col: number): void {
  const value = rows[row]![col]!;
  const k = document.network.sizes[2];
  if (value !== 1 && !(k === 2 && value >= 0 && value < 1)) return;
  for (let i = 0; i < k; i++) {
    const [r, c] = samplesAsColumns(document) ? [i, col] : [row, i];
    if (r !== row || c !== col) rows[r]![c] = 1 - value;
  }
}

/** A block pasted with its first number at a place. The whole matrix is taken wherever it is pasted. */
export function pasted(
  document: TraceDocument,
  name: Given,
  [row, col]: readonly [number, number],
  text: string,
  trans: TranslationBundle,
): Changed {
  const block = readBlock(text, trans);
  if ("problem" in block) return block;
  const { label, shape } = document.tensors[name]!;
  const fits = (rows: Rows, down: number, across: number): boolean => rows.length <= down && rows[0]!.length <= across;
  // A list is written as a row, also where a column is meant.
  const given =
    shape[1] === 1 && block.rows.length === 1 && block.rows[0]!.length === shape[0]
      ? transposed(block.rows)
      : block.rows;
  const whole = given.length === shape[0] && given[0]!.length === shape[1];
  const [top, left] = whole ? [0, 0] : [row, col];
  if (!fits(given, shape[0] - top, shape[1] - left))
    return {
      problem: trans.__(
        "%1: %2×%3 numbers were pasted at row %4, column %5, where %6×%7 fit.",
        label,
        given.length,
        given[0]!.length,
        top + 1,
        left + 1,
        shape[0] - top,
        shape[1] - left,
      ),
    };
  const rows = rowsOf(document, name);
  for (const [i, line] of given.entries()) for (const [j, value] of line.entries()) rows[top + i]![left + j] = value;
  return { change: changeTo(document, name, rows) };
}

/** The matrix as a spreadsheet takes it. */
export const copied = (document: TraceDocument, name: Given): string =>
  rowsOf(document, name)
    .map((row) => row.join("\t"))
    .join("\n");

function changeTo(document: TraceDocument, name: Given, rows: Rows): NetworkConfig {
  if (name === "W1" || name === "W2") return { [name]: rows };
  if (name === "b1" || name === "b2") return { [name]: rows.flat() };
  const samples = samplesAsColumns(document) ? transposed(rows) : rows;
  return document.network.batch === 1 ? { [name]: samples[0]! } : { [name === "x" ? "X" : "Y"]: samples };
}
