/**
 * A sheet as a table without scripts: colours are inline, since a notebook that is not trusted loses its style sheets.
 * Headings and notes have no colour of their own, so that they are readable in every theme.
 */
import { colourLimit, HATCH, hex } from "../colour.js";
import { escapeHtml } from "../escape.js";
import { type Cell, cellOf, cellTexts, places } from "./cell.js";
import { type Axis, isGrouped, type Sheet, valueAt } from "./sheet.js";
import { isListed, summarySentence } from "./summary.js";

export const sheetHtml = (sheet: Sheet): string =>
  isListed(sheet)
    ? `${table(sheet)}\n${notes(sheet.notes)}`
    : `<p>${caption(sheet)}</p>\n${notes([summarySentence(sheet), ...sheet.notes])}`;

const GAP = "border-left:4px solid transparent;";
const HEAD = "padding:2px 6px;font-weight:normal;text-align:center;white-space:nowrap;";

function table(sheet: Sheet): string {
  const limit = colourLimit(sheet.data);
  const texts = cellTexts(sheet);
  const [rows, cols] = [places(sheet.row), places(sheet.col)];
  const width = cols.length;
  const lines = rows.map(({ label, starts }, r) => {
    const cells = cols.map((place, c) => {
      const cell = cellOf(valueAt(sheet, r, c), texts[r * width + c]!, limit, sheet.emptyZeros);
      return `<td style="${cellStyle(cell, starts, place.starts)}" title="${escapeHtml(sheet.hover(r, c))}">${escapeHtml(cell.text)}</td>`;
    });
    return `<tr>${rowGroup(sheet.row, r)}<th scope="row" style="${HEAD}">${escapeHtml(label)}</th>${cells.join("")}</tr>`;
  });
  const corner = isGrouped(sheet.row) ? 2 : 1;
  const heads = cols.map(
    ({ label, starts }) => `<th scope="col" style="${HEAD}${starts ? GAP : ""}">${escapeHtml(label)}</th>`,
  );
  return [
    '<table style="border-collapse:separate;border-spacing:1px;">',
    `<caption style="text-align:left;padding:2px 0;white-space:nowrap;">${caption(sheet)}</caption>`,
    "<thead>",
    ...(isGrouped(sheet.col) ? [columnGroups(sheet.col, corner)] : []),
    `<tr><td colspan="${corner}"></td>${heads.join("")}</tr>`,
    "</thead>",
    "<tbody>",
    ...lines,
    "</tbody>",
    "</table>",
  ].join("\n");
}

function cellStyle({ text, background, colour, hatched }: Cell, top: boolean, start: boolean): string {
  const stripes = hatched
    ? `background-image:repeating-linear-gradient(45deg,${hex(HATCH.light)} 0 4px,${hex(HATCH.dark)} 4px 8px);`
    : "";
  const gaps = (start ? GAP : "") + (top ? "border-top:4px solid transparent;" : "");
  const clip = gaps ? "background-clip:padding-box;" : "";
  return `background-color:${hex(background)};${stripes}color:${hex(colour)};${gaps}${clip}padding:4px 8px;text-align:${text === "·" ? "center" : "right"};white-space:nowrap;`;
}

const caption = ({ title, row, col }: Sheet): string =>
  [
    title ? `<strong>${escapeHtml(title)}</strong>` : "",
    row.title ? escapeHtml(`rows: ${row.title}`) : "",
    col.title ? escapeHtml(`columns: ${col.title}`) : "",
  ]
    .filter((part) => part !== "")
    .join("<br>");

/** Below the table and not in its caption, which would be as narrow as the table. */
const notes = (lines: readonly string[]): string => `<p>${lines.map(escapeHtml).join("<br>")}</p>`;

const columnGroups = (axis: Axis, corner: number): string =>
  `<tr><td colspan="${corner}"></td>${axis.groups
    .map(
      ({ label, size }, i) =>
        `<th scope="colgroup" colspan="${size}" style="${HEAD}${i > 0 ? GAP : ""}">${escapeHtml(label)}</th>`,
    )
    .join("")}</tr>`;

/** The heading of a block of rows stands beside its first row. */
function rowGroup(axis: Axis, row: number): string {
  if (!isGrouped(axis)) return "";
  let at = 0;
  for (const { label, size } of axis.groups) {
    if (at === row) return `<th scope="rowgroup" rowspan="${size}" style="${HEAD}">${escapeHtml(label)}</th>`;
    at += size;
  }
  return "";
}
