/** The table of automatic differentiation as a value of a notebook: typeset in Markdown, the notes' own writing in text. */
import { type AutodiffTable, tablePlain } from "../calculus/index.js";
import { type Bundle, type Formula, type TableCell, type TableRow, tableBundle } from "../display/index.js";

export interface AutodiffView extends AutodiffTable {
  toString(): string;
}

type Value = AutodiffTable["forward"][number]["value"];

const HEADINGS: Readonly<Record<string, string | Formula>> = {
  v: { latex: "v_i" },
  expression: "expression",
  value: "value",
  dot: { latex: "\\dot v_i" },
  tangent: "tangent",
  bar: { latex: "\\bar v_i" },
  contribution: "contribution",
  adjoint: "adjoint so far",
  note: "",
};

export const autodiffView = (table: AutodiffTable): AutodiffView =>
  Object.freeze({
    ...table,
    toString: () => tablePlain(table),
    [Symbol.for("Jupyter.display")]: (): Bundle => ({
      "text/markdown": passes(table)
        .map(({ title, rows }) => `**${title}**\n\n${markdown(rows)}`)
        .join("\n\n"),
      "text/plain": tablePlain(table),
    }),
  });

function passes({ mode, forward, reverse }: AutodiffTable): { title: string; rows: TableRow[] }[] {
  const values = forward.map((row) => ({
    v: { latex: named(row.v) },
    expression: { latex: row.latex },
    value: cell(row.value),
    ...(mode === "forward" && { dot: { latex: row.tangentLatex! }, tangent: cell(row.tangent!) }),
    note: row.note,
  }));
  if (mode === "forward") return [{ title: "Forward mode", rows: values }];
  const adjoints = reverse.map((row) => ({
    bar: { latex: `\\bar ${named(row.v)}` },
    contribution: { latex: `${row.adds ? "\\mathrel{+}=" : ""}${row.latex}` },
    adjoint: cell(row.adjoint),
    note: row.note,
  }));
  return [
    { title: "Forward: values", rows: values },
    { title: "Reverse: adjoints", rows: adjoints },
  ];
}

/** v-1 as v_{-1}. */
const named = (v: string): string => `v_{${v.slice(1)}}`;

/** A number, a column as a list, a matrix as a matrix. */
function cell(value: Value): TableCell {
  if (typeof value === "number") return value;
  if (value.every((row) => row.length === 1)) return value.map((row) => row[0]!);
  const rows = value.map((row) => row.map((x) => String(Number(x.toFixed(6)))).join(" & "));
  return { latex: `\\begin{bmatrix}${rows.join(" \\\\ ")}\\end{bmatrix}` };
}

function markdown(rows: readonly TableRow[]): string {
  const columns = Object.keys(rows[0] ?? {}).filter((key) => key !== "note" || rows.some((row) => row.note !== ""));
  return String(tableBundle(rows, { columns, headings: HEADINGS, digits: 6 })["text/markdown"]);
}
