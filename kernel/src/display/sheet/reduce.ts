/**
 * A sheet with fewer rows and columns, for what cannot draw all of it. Each place shows the entry of largest magnitude
 * of a block of the original (a number that is not finite counts as the largest), and the sheet says so.
 */
import { plainAxis, type Sheet } from "./sheet.js";

export function reduced(sheet: Sheet, most: number): Sheet {
  const [rows, cols] = [sheet.row.labels.length, sheet.col.labels.length];
  if (rows <= most && cols <= most) return sheet;
  const [down, across] = [Math.ceil(rows / most), Math.ceil(cols / most)];
  const data: number[] = [];
  const from: [row: number, col: number][] = [];
  for (let r = 0; r < rows; r += down)
    for (let c = 0; c < cols; c += across) {
      const place = largest(sheet, r, Math.min(rows, r + down), c, Math.min(cols, c + across));
      from.push(place);
      data.push(sheet.data[place[0] * cols + place[1]]!);
    }
  const width = Math.ceil(cols / across);
  return {
    ...sheet,
    row: plainAxis(thinned(sheet.row.labels, down), sheet.row.title),
    col: plainAxis(thinned(sheet.col.labels, across), sheet.col.title),
    data,
    notes: [
      ...sheet.notes,
      `Drawn smaller than it is (${rows}×${cols}): each place is the entry of largest magnitude of a ${down}×${across} part.`,
    ],
    hover: (row, col) => sheet.hover(...from[row * width + col]!),
  };
}

const thinned = (labels: readonly string[], step: number): string[] => labels.filter((_, i) => i % step === 0);

function largest(sheet: Sheet, top: number, bottom: number, left: number, right: number): [number, number] {
  const cols = sheet.col.labels.length;
  let best: [number, number] = [top, left];
  let most = -1;
  for (let r = top; r < bottom; r++)
    for (let c = left; c < right; c++) {
      const value = sheet.data[r * cols + c]!;
      const size = Number.isFinite(value) ? Math.abs(value) : Number.POSITIVE_INFINITY;
      if (size > most) {
        most = size;
        best = [r, c];
      }
    }
  return best;
}
