/** A sheet too large to be listed, in one sentence: its size, its range, how much of it is zero. */
import { formatNumber } from "../number.js";
import type { Sheet } from "./sheet.js";

/** More rows or columns than this are described, not listed. */
export const MOST_LISTED = 40;

export const isListed = ({ row, col }: Sheet): boolean =>
  row.labels.length <= MOST_LISTED && col.labels.length <= MOST_LISTED;

export function summarySentence({ row, col, data, digits }: Sheet): string {
  let [min, max, zeros] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value === 0) zeros++;
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const range = min <= max ? `from ${formatNumber(min, digits)} to ${formatNumber(max, digits)}` : "no finite number";
  const share = (100 * zeros) / data.length;
  const shown = share > 0 && share < 0.1 ? "under 0.1" : String(Math.round(10 * share) / 10);
  return `${row.labels.length}×${col.labels.length}: too large to list (more than ${MOST_LISTED} rows or columns); ${range}, ${shown} % zeros.`;
}
