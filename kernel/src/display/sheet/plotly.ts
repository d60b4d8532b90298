/**
 * A sheet as a plotly heatmap: diverging around zero, row 1 on top, square cells, the entry's name on hover. Paper and
 * plot are transparent. The greys of text and lines stand in a small template, so that a viewer that knows its theme
 * (ours does) puts its own colours over them, and any other shows greys that are readable on light and on dark.
 */
import { colourLimit, HATCH, hex, PUOR } from "../colour.js";
import { formatNumber } from "../number.js";
import { cellTexts } from "./cell.js";
import { reduced } from "./reduce.js";
import { type Axis, groupStarts, isGrouped, type Sheet, valueAt } from "./sheet.js";

/** A figure with more rows or columns is drawn smaller. */
const MOST_DRAWN = 200;
/** Numbers are written into the cells up to this many columns. */
const MOST_NUMBERED = 16;
/** Most labels along an axis. */
const MOST_LABELS = 40;
/** Pixels. */
const WIDEST = 560;
const LARGEST_CELL = 56;
const MARGIN = { top: 48, bottom: 24, left: 64, right: 24 };
const LINE = 18;
const GREY = "#7a7a7a";

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
  const top = MARGIN.top + LINE * (sheet.notes.length + (sheet.title ? 1 : 0)) + (sheet.col.title ? LINE : 0);
  return {
    data: [
      {
        type: "heatmap",
        name: sheet.title || "matrix",
        z: byRow((r, c) => finite(valueAt(sheet, r, c))),
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
          len: 1,
          tickvals: [-limit, 0, limit],
          ticktext: bounds(limit),
        },
        hovertext: byRow((r, c) => plotlyText(sheet.hover(r, c))),
        hoverinfo: "text",
        hoverongaps: true,
        ...(numbered ? { text: byRow((r, c) => texts[r * cols + c]!), texttemplate: "%{text}" } : {}),
      },
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
      xaxis: { ...axis(sheet.col), side: "top", scaleanchor: "y", constrain: "domain" },
      yaxis: { ...axis(sheet.row), autorange: "reversed", constrain: "domain" },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      height: Math.round(Math.max(3, rows) * cell) + top + MARGIN.bottom,
      margin: { t: top, b: MARGIN.bottom, l: MARGIN.left, r: MARGIN.right },
      shapes: [...blockLines(sheet), ...hatches(sheet)],
      annotations: marks(sheet),
      template: template(),
    },
  };
}

/** JSON has no NaN; a place without a number is a gap, hatched by a shape. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const bounds = (limit: number): string[] => [formatNumber(-limit), "0", formatNumber(limit)];

/** Plotly reads a little HTML in texts. */
const plotlyText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const titleText = (sheet: Sheet): string =>
  [
    `<b>${plotlyText(sheet.title)}</b>`,
    ...sheet.notes.map((note) => `<span style="font-size:12px">${plotlyText(note)}</span>`),
  ]
    .filter((line) => line !== "<b></b>")
    .join("<br>");

/** Labels at whole numbers; of a long axis every so many. */
function axis({ labels, title, groups }: Axis): object {
  const step = Math.ceil(labels.length / MOST_LABELS);
  const shown = labels.map((label, i) => ({ label, at: i + 1 })).filter((_, i) => i % step === 0);
  const blocks = groups.some(({ label }) => label !== "") ? groupNames(groups) : undefined;
  return {
    title: { text: plotlyText(title) },
    tickvals: blocks ? blocks.map(({ at }) => at) : shown.map(({ at }) => at),
    ticktext: blocks ? blocks.map(({ label }) => plotlyText(label)) : shown.map(({ label }) => plotlyText(label)),
    showgrid: false,
    zeroline: false,
    ticks: "",
  };
}

function groupNames(groups: Axis["groups"]): { label: string; at: number }[] {
  let before = 0;
  return groups.map(({ label, size }) => {
    const at = before + (size + 1) / 2;
    before += size;
    return { label, at };
  });
}

function blockLines(sheet: Sheet): object[] {
  const [rows, cols] = [sheet.row.labels.length, sheet.col.labels.length];
  const line = { color: GREY, width: 2 };
  const across = isGrouped(sheet.row) ? [...groupStarts(sheet.row)] : [];
  const down = isGrouped(sheet.col) ? [...groupStarts(sheet.col)] : [];
  return [
    ...across.map((r) => ({ type: "line", x0: 0.5, x1: cols + 0.5, y0: r + 0.5, y1: r + 0.5, line })),
    ...down.map((c) => ({ type: "line", y0: 0.5, y1: rows + 0.5, x0: c + 0.5, x1: c + 0.5, line })),
  ];
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

function hatches(sheet: Sheet): object[] {
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

const marks = (sheet: Sheet): object[] =>
  gaps(sheet).map(({ row, col, value }) => ({
    x: col,
    y: row,
    text: formatNumber(value),
    showarrow: false,
    font: { color: "#000000" },
  }));

function template(): object {
  const line = { gridcolor: GREY, linecolor: GREY, tickcolor: GREY, zerolinecolor: GREY };
  return { layout: { font: { color: GREY }, xaxis: line, yaxis: line } };
}
