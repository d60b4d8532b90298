/**
 * A sheet as a picture, for what shows neither plots nor tables: cells with their numbers, labels, colour bar, notes.
 * White paper in every theme, so that the black text is readable wherever the picture ends up.
 */
import { BLACK, cellColour, colourLimit, HATCH, type Rgb, WHITE } from "../colour.js";
import { formatNumber } from "../number.js";
import { type Canvas, canvas, drawText, fillRect, hatch, LINE_HEIGHT, toPng } from "../png/canvas.js";
import { cellOf, cellTexts } from "./cell.js";
import { type Geometry, geometry, MOST_CELLS } from "./geometry.js";
import { reduced } from "./reduce.js";
import { isGrouped, type Sheet, valueAt } from "./sheet.js";

const DARK: Rgb = [34, 34, 34];
const GREY: Rgb = [90, 90, 90];
const LINE: Rgb = [208, 208, 208];

export function sheetPng(whole: Sheet): string {
  const sheet = reduced(whole, MOST_CELLS);
  const g = geometry(sheet);
  const picture = canvas(g.width, g.height, WHITE);
  g.titleLines.forEach((line, i) => {
    drawText(picture, line, { x: 20, y: 20 + (i + 0.5) * LINE_HEIGHT, colour: DARK });
  });
  drawCells(picture, sheet, g);
  drawLabels(picture, sheet, g);
  drawBar(picture, colourLimit(sheet.data), g);
  g.noteLines.forEach((line, i) => {
    drawText(picture, line, { x: 20, y: g.notesTop + (i + 0.5) * LINE_HEIGHT, colour: GREY });
  });
  return toPng(picture);
}

function drawCells(picture: Canvas, sheet: Sheet, g: Geometry): void {
  const limit = colourLimit(sheet.data);
  const texts = g.numbered ? cellTexts(sheet) : [];
  // Grid lines would cover a cell of a few pixels.
  const line = g.cellWidth >= 12 ? 2 : 0;
  const [w, h] = [g.cellWidth - line, g.cellHeight - line];
  g.tops.forEach((y, r) => {
    g.lefts.forEach((x, c) => {
      const text = texts[r * g.lefts.length + c] ?? "";
      const cell = cellOf(valueAt(sheet, r, c), text, limit, sheet.emptyZeros);
      if (line) fillRect(picture, x - line, y - line, g.cellWidth + line, g.cellHeight + line, LINE);
      fillRect(picture, x, y, w, h, cell.background);
      if (cell.hatched) hatch(picture, [x, y, w, h], HATCH.dark);
      if (g.numbered)
        drawText(picture, cell.text, { x: x + w / 2, y: y + h / 2, colour: cell.colour, align: "center" });
    });
  });
}

function drawLabels(picture: Canvas, sheet: Sheet, g: Geometry): void {
  const { row, col } = g.labelled;
  if (row)
    g.tops.forEach((y, r) => {
      const at = { x: g.rowLabelsRight, y: y + g.cellHeight / 2, colour: GREY, align: "right" as const };
      if (r % row === 0) drawText(picture, sheet.row.labels[r]!, at);
    });
  if (col)
    g.lefts.forEach((x, c) => {
      const at = { x: x + g.cellWidth / 2, y: g.colLabelsMiddle, colour: GREY, align: "center" as const };
      if (c % col === 0) drawText(picture, sheet.col.labels[c]!, at);
    });
  if (isGrouped(sheet.col)) {
    let at = 0;
    for (const { label, size } of sheet.col.groups) {
      const middle = (g.lefts[at]! + g.lefts[at + size - 1]! + g.cellWidth) / 2;
      drawText(picture, label, { x: middle, y: g.colGroupsMiddle, colour: DARK, align: "center" });
      at += size;
    }
  }
  if (isGrouped(sheet.row)) {
    let at = 0;
    for (const { label, size } of sheet.row.groups) {
      const middle = (g.tops[at]! + g.tops[at + size - 1]! + g.cellHeight) / 2;
      drawText(picture, label, { x: g.rowGroupsRight, y: middle, colour: DARK, align: "right" });
      at += size;
    }
  }
}

/** The scale from −limit (below) to limit (above). */
function drawBar(picture: Canvas, limit: number, { bar }: Geometry): void {
  const { left, top, width, height } = bar;
  for (let y = 0; y < height; y++)
    fillRect(picture, left, top + y, width, 1, cellColour(1 - (2 * y) / (height - 1), 1));
  const label = (text: string, y: number): void => drawText(picture, text, { x: left + width + 8, y, colour: BLACK });
  label(formatNumber(limit), top + 8);
  label("0", top + height / 2);
  label(formatNumber(-limit), top + height - 8);
}
