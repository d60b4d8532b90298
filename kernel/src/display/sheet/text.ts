/** A sheet for a terminal: numbers right-aligned under their labels, bars between blocks. */
import { cellTexts, places } from "./cell.js";
import { type Axis, isGrouped, type Sheet } from "./sheet.js";
import { isListed, summarySentence } from "./summary.js";

export function sheetText(sheet: Sheet): string {
  const head = [sheet.title, ...axisTitles(sheet)].filter((line) => line !== "");
  const body = isListed(sheet) ? grid(sheet) : [summarySentence(sheet)];
  return [...head, ...body, ...sheet.notes].join("\n");
}

const axisTitles = ({ row, col }: Sheet): string[] =>
  row.title || col.title
    ? [[row.title && `rows: ${row.title}`, col.title && `columns: ${col.title}`].filter(Boolean).join("; ")]
    : [];

const left = (text: string, width: number): string => " ".repeat(Math.max(0, width - [...text].length)) + text;
const right = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - [...text].length));
const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => [...text].length));

function grid(sheet: Sheet): string[] {
  const texts = cellTexts(sheet);
  const [rows, cols] = [places(sheet.row), places(sheet.col)];
  const widths = groupWidths(sheet, texts);
  const names = rowNames(sheet.row);
  const margin = widest(names);
  const line = (start: string, cells: readonly string[], bar: string): string =>
    right(start, margin) +
    cells.map((cell, c) => (cols[c]!.starts ? ` ${bar}  ` : "  ") + left(cell, widths[c]!)).join("");
  const out = sheet.col.labels.some((label) => label !== "") ? [line("", sheet.col.labels, "│")] : [];
  if (isGrouped(sheet.col)) out.unshift(groupLine(sheet.col, widths, margin));
  rows.forEach(({ starts }, r) => {
    if (starts)
      out.push(
        "─".repeat(margin) + cols.map(({ starts: bar }, c) => (bar ? "─┼──" : "──") + "─".repeat(widths[c]!)).join(""),
      );
    out.push(line(names[r]!, texts.slice(r * cols.length, (r + 1) * cols.length), "│"));
  });
  return out.map((text) => text.trimEnd());
}

/** Row labels with the label of the block before that of its first row. */
function rowNames(axis: Axis): string[] {
  if (!isGrouped(axis)) return [...axis.labels];
  const margin = widest(axis.groups.map(({ label }) => label));
  const names: string[] = [];
  for (const { label, size } of axis.groups)
    for (let i = 0; i < size; i++) names.push(`${right(i === 0 ? label : "", margin)}  ${axis.labels[names.length]}`);
  return names;
}

/** Widths of the columns, all equal in a block, and at least as wide together as the label of the block. */
function groupWidths(sheet: Sheet, texts: readonly string[]): number[] {
  const cols = sheet.col.labels.length;
  const own = sheet.col.labels.map((label, c) => widest([label, ...texts.filter((_, i) => i % cols === c)]));
  let at = 0;
  return sheet.col.groups.flatMap(({ label, size }) => {
    const part = own.slice(at, at + size);
    at += size;
    return part.map((width) => Math.max(width, Math.ceil([...label].length / size)));
  });
}

function groupLine(axis: Axis, widths: readonly number[], margin: number): string {
  let at = 0;
  const parts = axis.groups.map(({ label, size }) => {
    const width = widths.slice(at, at + size).reduce((sum, w) => sum + w + 2, 0);
    at += size;
    return right(`  ${label}`, width);
  });
  return " ".repeat(margin) + parts.join(" │");
}
