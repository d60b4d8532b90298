/** A sheet with fewer rows and columns, for what cannot draw all of it; the sheet says so. */
import { parts } from "../parts.js";
import { plainAxis, type Sheet, valueAt } from "./sheet.js";

export function reduced(sheet: Sheet, most: number): Sheet {
  const [rows, cols] = [sheet.row.labels.length, sheet.col.labels.length];
  if (rows <= most && cols <= most) return sheet;
  const cut = parts({ rows, cols }, (row, col) => valueAt(sheet, row, col), most);
  const from = Array.from({ length: cut.rows * cut.cols }, (_, i) => cut.place(Math.floor(i / cut.cols), i % cut.cols));
  return {
    ...sheet,
    row: plainAxis(thinned(sheet.row.labels, cut.down), sheet.row.title),
    col: plainAxis(thinned(sheet.col.labels, cut.across), sheet.col.title),
    data: from.map(([row, col]) => valueAt(sheet, row, col)),
    notes: [
      ...sheet.notes,
      `Drawn smaller than it is (${rows}×${cols}): each place is the entry of largest magnitude of a ${cut.down}×${cut.across} part.`,
    ],
    hover: (row, col) => sheet.hover(...from[row * cut.cols + col]!),
  };
}

const thinned = (labels: readonly string[], step: number): string[] => labels.filter((_, i) => i % step === 0);
