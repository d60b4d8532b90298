/** What stands over the cells of a plot: lines between blocks, dots for empty zeros, hatches for what is not finite. */
import { HATCH, hex } from "../colour.js";
import { formatNumber } from "../number.js";
import { groupStarts, isGrouped, type Sheet } from "./sheet.js";

/** A frame around a sheet of blocks and lines between them. */
export function blockLines(sheet: Sheet, color: string): object[] {
  if (!isGrouped(sheet.row) && !isGrouped(sheet.col)) return [];
  const [right, bottom] = [sheet.col.labels.length + 0.5, sheet.row.labels.length + 0.5];
  const line = { color, width: 2 };
  return [
    { type: "rect", x0: 0.5, x1: right, y0: 0.5, y1: bottom, line },
    ...[...groupStarts(sheet.row)].map((r) => ({ type: "line", x0: 0.5, x1: right, y0: r + 0.5, y1: r + 0.5, line })),
    ...[...groupStarts(sheet.col)].map((c) => ({ type: "line", y0: 0.5, y1: bottom, x0: c + 0.5, x1: c + 0.5, line })),
  ];
}

/** "·" at every zero that is empty, in the colour of the text: its cell has no colour. */
export function zeroDots(sheet: Sheet): object {
  const cols = sheet.col.labels.length;
  const zeros = Array.from(sheet.data, (value, i) => ({ value, i })).filter(({ value }) => value === 0);
  return {
    type: "scatter",
    mode: "text",
    x: zeros.map(({ i }) => (i % cols) + 1),
    y: zeros.map(({ i }) => Math.floor(i / cols) + 1),
    text: "·",
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** Places whose number is not finite, at most 400 of them: more would be slow, and the note has counted all. */
function gaps(sheet: Sheet): { row: number; col: number; value: number }[] {
  const found = [];
  const cols = sheet.col.labels.length;
  for (let i = 0; i < sheet.data.length && found.length < 400; i++)
    if (!Number.isFinite(sheet.data[i]))
      found.push({ row: Math.floor(i / cols) + 1, col: (i % cols) + 1, value: sheet.data[i]! });
  return found;
}

export function hatches(sheet: Sheet): object[] {
  return gaps(sheet).flatMap(({ row, col }) => [
    {
      type: "rect",
      x0: col - 0.5,
      x1: col + 0.5,
      y0: row - 0.5,
      y1: row + 0.5,
      fillcolor: hex(HATCH.light),
      line: { width: 0 },
    },
    { type: "path", path: stripes(row, col), line: { color: hex(HATCH.dark), width: 3 } },
  ]);
}

/** Diagonals of a cell from bottom left to top right. */
function stripes(row: number, col: number): string {
  const [x, y] = [col - 0.5, row - 0.5];
  return [0.25, 0.5, 0.75, 1]
    .flatMap((t) => [`M${x},${y + t} L${x + t},${y}`, ...(t < 1 ? [`M${x + t},${y + 1} L${x + 1},${y + t}`] : [])])
    .join(" ");
}

export const marks = (sheet: Sheet): object[] =>
  gaps(sheet).map(({ row, col, value }) => ({
    x: col,
    y: row,
    text: formatNumber(value),
    showarrow: false,
    font: { color: "#000000" },
  }));
