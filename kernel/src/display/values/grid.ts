/** Rows of cells, drawn twice: as an HTML table without scripts or style sheets, and as aligned text. */
import { type Bundle, HTML, TEXT } from "../bundle.js";
import { escapeHtml } from "../escape.js";
import type { Cell } from "./cell.js";
import { counted } from "./define.js";

export interface Grid {
  /** What it is, in a line above: "3×2", "Map(4)". */
  readonly title: string;
  /** Headings of the columns; a matrix has none. */
  readonly head?: readonly string[] | undefined;
  /** Headings of the rows. */
  readonly side?: readonly string[] | undefined;
  readonly rows: readonly (readonly Cell[])[];
  /** What is not shown, in a line below. */
  readonly rest: string;
}

const CELL = "padding:2px 8px;white-space:nowrap;";
const RIGHT = "text-align:right;font-variant-numeric:tabular-nums;";
const LEFT = "text-align:left;";
/** The heading stays when a long table is scrolled. */
const HEAD = `${CELL}position:sticky;top:0;background:var(--jp-layout-color0,Canvas);`;
const QUIET = "opacity:0.7;font-weight:normal;";

export const gridBundle = (grid: Grid): Bundle => ({ [HTML]: gridHtml(grid), [TEXT]: gridText(grid) });

/** "… 1,980 more rows, 3 more columns"; nothing when nothing is left. */
export function remaining(rows: number, columns: number): string {
  const parts = [
    ...(rows > 0 ? [counted(rows, "more row")] : []),
    ...(columns > 0 ? [counted(columns, "more column")] : []),
  ];
  return parts.length > 0 ? `… ${parts.join(", ")}` : "";
}

function gridHtml({ title, head, side, rows, rest }: Grid): string {
  const right = numericColumns(rows);
  const corner = side ? `<td style="${HEAD}"></td>` : "";
  const heads = head?.map(
    (text, c) => `<th scope="col" style="${HEAD}${right[c] ? RIGHT : LEFT}">${escapeHtml(text)}</th>`,
  );
  const lines = rows.map((cells, r) => {
    const label = side ? `<th scope="row" style="${CELL}${LEFT}${QUIET}">${escapeHtml(side[r] ?? "")}</th>` : "";
    const shown = cells.map(({ text }, c) => `<td style="${CELL}${right[c] ? RIGHT : LEFT}">${escapeHtml(text)}</td>`);
    return `<tr>${label}${shown.join("")}</tr>`;
  });
  return [
    '<div style="max-height:32em;overflow:auto;">',
    '<table style="border-collapse:collapse;">',
    `<caption style="${LEFT}${QUIET}">${escapeHtml(title)}</caption>`,
    ...(heads ? [`<thead><tr>${corner}${heads.join("")}</tr></thead>`] : []),
    `<tbody>${lines.join("\n")}</tbody>`,
    "</table>",
    ...(rest ? [`<p style="${QUIET}">${escapeHtml(rest)}</p>`] : []),
    "</div>",
  ].join("\n");
}

function gridText({ title, head, side, rows, rest }: Grid): string {
  const right = [...(side ? [false] : []), ...numericColumns(rows)];
  const corner = side ? [""] : [];
  const body = rows.map((cells, r) => [...(side ? [side[r] ?? ""] : []), ...cells.map(({ text }) => text)]);
  const all = head ? [[...corner, ...head], ...body] : body;
  const widths = right.map((_, c) => Math.max(0, ...all.map((row) => width(row[c] ?? ""))));
  const line = (row: readonly string[]): string =>
    row
      .map((text, c) => {
        const space = " ".repeat((widths[c] ?? 0) - width(text));
        return right[c] ? space + text : text + space;
      })
      .join("  ")
      .trimEnd();
  const rule = head ? [widths.map((each) => "─".repeat(each)).join("  ")] : [];
  const [first, ...others] = all.map(line);
  return [title, ...(head ? [first ?? "", ...rule, ...others] : all.map(line)), ...(rest ? [rest] : [])].join("\n");
}

/** Columns that hold a number and nothing but numbers and empty cells. */
function numericColumns(rows: Grid["rows"]): boolean[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  return Array.from({ length: columns }, (_, c) => {
    const filled = rows.flatMap((cells) => (cells[c] && cells[c].text !== "" ? [cells[c]] : []));
    return filled.length > 0 && filled.every(({ isNumber }) => isNumber);
  });
}

/** Columns of a terminal: wide letters (CJK, emoji) take two. */
function width(text: string): number {
  let columns = 0;
  for (const letter of text) columns += /\p{Mn}/u.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
  return columns;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Emoji_Presentation}/u;
