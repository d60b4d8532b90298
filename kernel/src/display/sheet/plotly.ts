/**
 * A sheet as a plotly heatmap: diverging around zero, row 1 on top, square cells, the entry's name on hover. Paper and
 * plot are transparent. The greys of text and lines stand in a small template, so that a viewer that knows its theme
 * (ours does) puts its own colours over them, and any other shows greys that are readable on light and on dark.
 */
import { colourLimit, hex, PUOR } from "../colour.js";
import { formatNumber } from "../number.js";
import { cellTexts } from "./cell.js";
import { axisLayout, groupNames, labelRoom, plotlyText, widthOf } from "./plotlyAxes.js";
import { blockLines, hatches, marks, zeroDots } from "./plotlyMarks.js";
import { reduced } from "./reduce.js";
import { type Sheet, valueAt } from "./sheet.js";

/** A figure with more rows or columns is drawn smaller. */
const MOST_DRAWN = 200;
/** Numbers are written into the cells up to this many columns. */
const MOST_NUMBERED = 16;
/** Pixels. */
const WIDEST = 560;
const LARGEST_CELL = 56;
const SHORTEST_BAR = 96;
/** The colour bar with its numbers. */
const BAR_ROOM = 96;
const EDGE = 24;
const LINE = 18;
const GREY = "#7a7a7a";
const CLEAR = "rgba(0,0,0,0)";
/** Behind empty zeros: a little darker than a light page, a little lighter than a dark one. */
const TINT = "rgba(128,128,128,0.12)";

const COLOUR_SCALE = PUOR.map((colour, i) => [i / (PUOR.length - 1), hex(colour)] as const);

export function sheetFigure(whole: Sheet): object {
  const sheet = reduced(whole, MOST_DRAWN);
  const [rows, cols] = [sheet.row.labels.length, sheet.col.labels.length];
  const limit = colourLimit(sheet.data) || 1;
  const texts = cellTexts(sheet);
  const byRow = <T>(at: (row: number, col: number) => T): T[][] =>
    sheet.row.labels.map((_, r) => sheet.col.labels.map((_, c) => at(r, c)));
  const cell = Math.min(LARGEST_CELL, WIDEST / Math.max(rows, cols));
  const numbered = cols <= MOST_NUMBERED && rows <= 2 * MOST_NUMBERED && cell > 20;
  const gap = rows * cols <= 2500 ? 1 : 0;
  const empty = (value: number): boolean => sheet.emptyZeros && value === 0;
  const margin = margins(sheet, cell);
  return {
    data: [
      {
        type: "heatmap",
        name: sheet.title || "matrix",
        z: byRow((r, c) => shownValue(valueAt(sheet, r, c), empty)),
        x: sheet.col.labels.map((_, c) => c + 1),
        y: sheet.row.labels.map((_, r) => r + 1),
        zmin: -limit,
        zmax: limit,
        zsmooth: false,
        xgap: gap,
        ygap: gap,
        colorscale: COLOUR_SCALE,
        colorbar: {
          thickness: 12,
          outlinewidth: 0,
          ticks: "",
          lenmode: "pixels",
          len: barLength(rows * cell),
          y: 1,
          yanchor: "top",
          tickvals: [-limit, 0, limit],
          ticktext: bounds(limit),
        },
        hovertext: byRow((r, c) => plotlyText(sheet.hover(r, c))),
        hoverinfo: "text",
        hoverongaps: true,
        ...(numbered ? { text: byRow((r, c) => texts[r * cols + c]!), texttemplate: "%{text}" } : {}),
      },
      ...(numbered && sheet.emptyZeros ? [zeroDots(sheet)] : []),
    ],
    layout: {
      title: {
        text: titleText(sheet),
        x: 0,
        y: 1,
        xanchor: "left",
        yanchor: "top",
        pad: { t: 18, l: 8 },
        font: { size: 14 },
      },
      xaxis: { ...axisLayout(sheet.col, cell, false), side: "top", scaleanchor: "y" },
      yaxis: axisLayout(sheet.row, cell, true),
      paper_bgcolor: CLEAR,
      plot_bgcolor: sheet.emptyZeros ? TINT : CLEAR,
      width: Math.round(cols * cell) + margin.l + margin.r,
      height: Math.round(rows * cell) + margin.t + margin.b,
      margin,
      shapes: [...blockLines(sheet, GREY), ...hatches(sheet)],
      annotations: [...marks(sheet), ...groupNames(sheet.row, true), ...groupNames(sheet.col, false)],
      template: template(),
    },
  };
}

/** JSON has no NaN; a place without a number is a gap, hatched by a shape. An empty zero is a gap too. */
const shownValue = (value: number, empty: (value: number) => boolean): number | null =>
  Number.isFinite(value) && !empty(value) ? value : null;

const barLength = (height: number): number => Math.max(Math.round(height), SHORTEST_BAR);

/** Around the cells, so that they stand at the left with their colour bar beside them, and the title has room. */
function margins(sheet: Sheet, cell: number): { t: number; b: number; l: number; r: number } {
  const [height, width] = [sheet.row.labels.length * cell, sheet.col.labels.length * cell];
  const left = EDGE + labelRoom(sheet.row, true);
  const words = Math.max(widthOf(sheet.title), ...sheet.notes.map(widthOf));
  return {
    t: EDGE + LINE * (sheet.notes.length + (sheet.title ? 1 : 0)) + labelRoom(sheet.col, false),
    b: EDGE + barLength(height) - Math.round(height),
    l: left,
    r: Math.max(BAR_ROOM, Math.min(words, WIDEST) + EDGE - left - Math.round(width)),
  };
}

const bounds = (limit: number): string[] => [formatNumber(-limit), "0", formatNumber(limit)];

const titleText = (sheet: Sheet): string =>
  [
    `<b>${plotlyText(sheet.title)}</b>`,
    ...sheet.notes.map((note) => `<span style="font-size:12px">${plotlyText(note)}</span>`),
  ]
    .filter((line) => line !== "<b></b>")
    .join("<br>");

/** Labels at whole numbers; of a long axis every so many. */
function template(): object {
  const line = { gridcolor: GREY, linecolor: GREY, tickcolor: GREY, zerolinecolor: GREY };
  return { layout: { font: { color: GREY }, xaxis: line, yaxis: line } };
}
