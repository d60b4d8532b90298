/**
 * Rows of named values as a table: the forward and reverse tables of automatic differentiation, arrays of plain
 * objects. Where a cell is mathematics the rich form is Markdown only: HTML would be preferred to it, and is not typeset
 * everywhere.
 */
import { type Bundle, HTML, MARKDOWN, TEXT } from "./bundle.js";
import { escapeHtml, escapeMarkdown, tableMath } from "./escape.js";
import { latexToText } from "./latexText/index.js";
import { type Digits, formatNumber, formatTogether } from "./number.js";

export interface Formula {
  readonly latex: string;
  /** For a terminal; made from the LaTeX when absent. */
  readonly text?: string;
}

export type TableCell = string | number | bigint | boolean | null | undefined | Formula | readonly number[] | object;
export type TableRow = Readonly<Record<string, TableCell>>;

export interface TableOptions {
  /** Keys in order; every key of every row in order of appearance when absent. */
  readonly columns?: readonly string[];
  /** Headings by key, plain words or a formula; the key when absent. */
  readonly headings?: Readonly<Record<string, string | Formula>>;
  readonly caption?: string;
  readonly digits?: Digits;
  /** Rows shown; the rest is counted. 200 when absent. */
  readonly most?: number;
}

/** `tableBundle([{ name: "v1", value: 2, adjoint: 1 }])` */
export function tableBundle(rows: readonly TableRow[], options: TableOptions = {}): Bundle {
  const table = laidOut(rows, options);
  const cells = [table.headings, ...table.body].flat();
  const html = cells.some(({ latex }) => latex !== undefined) ? {} : { [HTML]: tableHtml(table) };
  return { ...html, [MARKDOWN]: tableMarkdown(table), [TEXT]: tableText(table) };
}

interface Shown {
  readonly text: string;
  readonly latex?: string | undefined;
}

interface Table {
  readonly headings: readonly Shown[];
  readonly body: readonly (readonly Shown[])[];
  /** Columns of numbers only stand at the right. */
  readonly numeric: readonly boolean[];
  readonly notes: readonly string[];
}

function laidOut(rows: readonly TableRow[], options: TableOptions): Table {
  const { digits = 3, most = 200, caption } = options;
  const columns = options.columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const shown = rows.slice(0, most);
  const byColumn = columns.map((key) =>
    column(
      shown.map((row) => row[key]),
      digits,
    ),
  );
  const rest = rows.length - shown.length;
  return {
    headings: columns.map((key) => cell(options.headings?.[key] ?? key, digits)),
    body: shown.map((_, r) => byColumn.map((cells) => cells[r]!)),
    numeric: columns.map((key) => shown.every((row) => row[key] == null || typeof row[key] === "number")),
    notes: [caption ?? "", rest > 0 ? `${rest} more rows` : ""].filter((note) => note !== ""),
  };
}

/** Numbers of one column line up at their decimal point. */
function column(values: readonly TableCell[], digits: Digits): Shown[] {
  const numbers = values.filter((value): value is number => typeof value === "number");
  const texts = formatTogether(numbers, digits);
  let next = 0;
  return values.map((value) => (typeof value === "number" ? { text: texts[next++]! } : cell(value, digits)));
}

function cell(value: TableCell, digits: Digits): Shown {
  if (value === null || value === undefined) return { text: "" };
  if (typeof value === "number") return { text: formatNumber(value, digits) };
  if (typeof value !== "object") return { text: String(value) };
  if (isFormula(value)) return { text: value.text ?? latexToText(value.latex), latex: value.latex };
  if (isNumbers(value)) return { text: `[${formatTogether(value, digits).join(", ")}]` };
  return { text: safeJson(value) };
}

const isFormula = (value: object): value is Formula => typeof (value as Partial<Formula>).latex === "string";
const isNumbers = (value: object): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => typeof item === "number");

/** Other objects as JSON; one that has none (a cycle) by its kind. */
function safeJson(value: object): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function tableMarkdown({ headings, body, numeric, notes }: Table): string {
  const shown = ({ text, latex }: Shown): string =>
    latex === undefined ? escapeMarkdown(text).replace(/\s*\n\s*/g, " ") : `$${tableMath(latex)}$`;
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const table = [
    line(headings.map(shown)),
    line(numeric.map((right) => (right ? "---:" : ":---"))),
    ...body.map((row) => line(row.map(shown))),
  ].join("\n");
  return [table, ...notes.map(escapeMarkdown)].join("\n\n");
}

function tableHtml({ headings, body, numeric, notes }: Table): string {
  const align = (c: number): string => `style="text-align:${numeric[c] ? "right" : "left"};"`;
  const heads = headings.map(({ text }, c) => `<th scope="col" ${align(c)}>${escapeHtml(text)}</th>`).join("");
  const rows = body.map(
    (row) => `<tr>${row.map(({ text }, c) => `<td ${align(c)}>${escapeHtml(text)}</td>`).join("")}</tr>`,
  );
  const caption = notes.length > 0 ? [`<caption>${notes.map(escapeHtml).join("<br>")}</caption>`] : [];
  return ["<table>", ...caption, `<thead><tr>${heads}</tr></thead>`, "<tbody>", ...rows, "</tbody>", "</table>"].join(
    "\n",
  );
}

function tableText({ headings, body, numeric, notes }: Table): string {
  const all = [headings, ...body].map((row) => row.map(({ text }) => text.replace(/\s*\n\s*/g, " ")));
  const widths = headings.map((_, c) => Math.max(...all.map((row) => [...row[c]!].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, c) => {
        const space = " ".repeat(widths[c]! - [...text].length);
        return numeric[c] ? space + text : text + space;
      })
      .join("  ")
      .trimEnd();
  const [head, ...rest] = all.map(line);
  return [head, widths.map((width) => "─".repeat(width)).join("  "), ...rest, ...notes].join("\n");
}
