/** Where everything of a sheet's picture is, in pixels (two per CSS pixel). */
import { colourLimit } from "../colour.js";
import { formatNumber } from "../number.js";
import { LINE_HEIGHT, textWidth, wrap } from "../png/canvas.js";
import { cellTexts, places } from "./cell.js";
import { type Axis, isGrouped, type Sheet } from "./sheet.js";

export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Left edge of each column and top edge of each row. */
  readonly lefts: readonly number[];
  readonly tops: readonly number[];
  readonly numbered: boolean;
  /** Every how many places have a label; 0: none fits. */
  readonly labelled: { readonly row: number; readonly col: number };
  readonly titleLines: readonly string[];
  readonly noteLines: readonly string[];
  readonly notesTop: number;
  /** Right edge of the row labels, and of the labels of blocks of rows. */
  readonly rowLabelsRight: number;
  readonly rowGroupsRight: number;
  /** Middle of the column labels, and of the labels of blocks of columns. */
  readonly colLabelsMiddle: number;
  readonly colGroupsMiddle: number;
  readonly bar: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

const PAD = 20;
const BLOCK_GAP = 12;
/** With numbers up to this many columns, without up to MOST_CELLS. */
const MOST_NUMBERED = 20;
/** Larger sheets are drawn smaller; see reduce.ts. */
export const MOST_CELLS = 320;
/** Wide enough for the title and notes of a tiny matrix. */
const NARROWEST = 440;
const BAR = { gap: 28, width: 20 };

export function geometry(sheet: Sheet): Geometry {
  const [rows, cols] = [sheet.row.labels.length, sheet.col.labels.length];
  const numbered = cols <= MOST_NUMBERED && rows <= 2 * MOST_NUMBERED;
  const [cellWidth, cellHeight] = numbered ? numberedCell(sheet) : plainCell(rows, cols);
  const labelled = { row: every(sheet.row, cellHeight, true), col: every(sheet.col, cellWidth, false) };
  const rowLabels = labelled.row ? widest(sheet.row.labels) + 12 : 0;
  const rowGroups = isGrouped(sheet.row) ? widest(sheet.row.groups.map(({ label }) => label)) + 20 : 0;
  const left = PAD + rowGroups + rowLabels;
  const lefts = edges(sheet.col, left, cellWidth);
  const right = lefts.at(-1)! + cellWidth;
  const width = Math.max(
    NARROWEST,
    right + BAR.gap + BAR.width + 8 + textWidth(formatNumber(-colourLimit(sheet.data))) + PAD,
  );
  const titleLines = sheet.title ? wrap(sheet.title, width - 2 * PAD) : [];
  const header = PAD + titleLines.length * LINE_HEIGHT;
  const grouped = isGrouped(sheet.col) ? LINE_HEIGHT : 0;
  const top = header + grouped + (labelled.col ? LINE_HEIGHT + 6 : 6);
  const tops = edges(sheet.row, top, cellHeight);
  const bottom = tops.at(-1)! + cellHeight;
  const noteLines = [...axisTitles(sheet), ...sheet.notes].flatMap((note) => wrap(note, width - 2 * PAD));
  const barHeight = Math.max(bottom - top, 120);
  const notesTop = Math.max(bottom, top + barHeight) + 14;
  return {
    width,
    height: notesTop + noteLines.length * LINE_HEIGHT + PAD,
    cellWidth,
    cellHeight,
    lefts,
    tops,
    numbered,
    labelled,
    titleLines,
    noteLines,
    notesTop,
    rowLabelsRight: left - 8,
    rowGroupsRight: PAD + rowGroups - 16,
    colLabelsMiddle: header + grouped + LINE_HEIGHT / 2,
    colGroupsMiddle: header + LINE_HEIGHT / 2,
    bar: { left: right + BAR.gap, top, width: BAR.width, height: barHeight },
  };
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(textWidth));

const axisTitles = ({ row, col }: Sheet): string[] =>
  [row.title && `rows: ${row.title}`, col.title && `columns: ${col.title}`].filter((title) => title !== "");

/** Square while the matrix is small. */
function numberedCell(sheet: Sheet): [width: number, height: number] {
  const [rows, cols] = [sheet.row.labels.length, sheet.col.labels.length];
  const width = Math.max(56, widest(cellTexts(sheet)) + 24, groupedWidth(sheet.col));
  const square = rows <= 8 && cols <= 12 && width <= 120;
  return [width, square ? Math.max(56, Math.min(width, 104)) : 48];
}

/** So wide that the labels of the places and of the blocks fit. */
const groupedWidth = (axis: Axis): number =>
  Math.max(
    widest(axis.labels) + 12,
    ...axis.groups.map(({ label, size }) => Math.ceil((textWidth(label) + 12) / size)),
  );

function plainCell(rows: number, cols: number): [width: number, height: number] {
  const side = Math.max(3, Math.min(32, Math.floor(1200 / Math.max(rows, cols))));
  return [side, side];
}

/** Every how many places a label fits. */
function every({ labels }: Axis, size: number, down: boolean): number {
  const need = down ? LINE_HEIGHT : widest(labels) + 10;
  const step = Math.ceil(need / size);
  return step > Math.max(1, labels.length / 2) ? 0 : step;
}

function edges(axis: Axis, from: number, size: number): number[] {
  let at = from;
  return places(axis).map(({ starts }) => {
    if (starts) at += BLOCK_GAP;
    const edge = at;
    at += size;
    return edge;
  });
}
