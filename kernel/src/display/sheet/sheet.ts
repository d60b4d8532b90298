/**
 * A sheet: numbers in rows and columns with their labels, ready to be drawn. Heatmaps of matrices and blocks of tensors
 * of order three and four are both sheets; the picture, the table, the plot and the text are each made from a sheet.
 * Invariant: `data` is row-major with `row.labels.length` × `col.labels.length` numbers; the sizes of the groups of an
 * axis add up to its length.
 */
import type { Digits } from "../number.js";

export interface Axis {
  readonly labels: readonly string[];
  /** Blocks along the axis. One group without a label is no block. */
  readonly groups: readonly { readonly label: string; readonly size: number }[];
  /** What the labels count; empty when there is nothing to say. */
  readonly title: string;
}

export interface Sheet {
  readonly title: string;
  readonly row: Axis;
  readonly col: Axis;
  readonly data: ArrayLike<number>;
  /** Zeros are shown as "·": in a δ-tensor most entries are zero by structure. */
  readonly emptyZeros: boolean;
  readonly digits: Digits;
  /** Sentences below: the layout, the caption, what could not be shown. */
  readonly notes: readonly string[];
  /** "∂y₂/∂W₂₁ = x₁ = 1". */
  readonly hover: (row: number, col: number) => string;
}

export const plainAxis = (labels: readonly string[], title = ""): Axis => ({
  labels,
  groups: [{ label: "", size: labels.length }],
  title,
});

export const valueAt = (sheet: Sheet, row: number, col: number): number =>
  sheet.data[row * sheet.col.labels.length + col]!;

/** Whether an axis is cut into blocks. */
export const isGrouped = (axis: Axis): boolean =>
  axis.groups.length > 1 || axis.groups.some(({ label }) => label !== "");

/** Of each place on the axis, whether a block begins there (the first place of the axis is not counted). */
export function groupStarts(axis: Axis): ReadonlySet<number> {
  const starts = new Set<number>();
  let at = 0;
  for (const { size } of axis.groups) {
    if (at > 0) starts.add(at);
    at += size;
  }
  return starts;
}

/** "2 entries are not finite: 1 NaN, 1 ∞"; undefined when all are. */
export function notFinite(data: ArrayLike<number>): string | undefined {
  let nan = 0;
  let infinite = 0;
  for (let i = 0; i < data.length; i++) {
    if (Number.isNaN(data[i])) nan++;
    else if (!Number.isFinite(data[i])) infinite++;
  }
  const kinds = [nan > 0 ? `${nan} NaN` : "", infinite > 0 ? `${infinite} ±∞` : ""].filter((kind) => kind !== "");
  const count = nan + infinite;
  return count === 0
    ? undefined
    : `${count} ${count === 1 ? "entry is" : "entries are"} not finite (${kinds.join(", ")}), hatched.`;
}
