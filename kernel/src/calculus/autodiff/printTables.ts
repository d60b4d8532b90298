/** The tables as Markdown, plain text and LaTeX. Numbers with six decimals unless told. */
import { nameLatex } from "./tableText.js";
import type { AutodiffTable, ForwardRow, ReverseRow, Value } from "./tableTypes.js";

export interface TablePrinting {
  readonly digits?: number;
}

type Cells = readonly (readonly string[])[];

/** "v̄3 · v2   (first use of y)", "+= v̄1   (second use) = ∂f/∂y". */
export const adjointText = (row: ReverseRow): string =>
  [`${row.adds ? "+= " : ""}${row.expression}`, row.note].filter((part) => part !== "").join("   ");

export const valueText = (row: ForwardRow): string =>
  [row.expression, row.note].filter((part) => part !== "").join("   ");

function numberText(value: Value, digits: number): string {
  const one = (x: number): string => String(Number(x.toFixed(digits)));
  if (typeof value === "number") return one(value);
  const column = value.every((row) => row.length === 1);
  return `[${value.map((row) => (column ? one(row[0]!) : `[${row.map(one).join(", ")}]`)).join(", ")}]`;
}

function blocks(table: AutodiffTable, { digits = 6 }: TablePrinting): { title: string; cells: Cells }[] {
  const number = (value: Value): string => numberText(value, digits);
  if (table.mode === "forward")
    return [
      {
        title: "Forward",
        cells: [
          ["", "value", "", "tangent", ""],
          ...table.forward.map((row) => [
            row.v,
            valueText(row),
            number(row.value),
            row.tangentExpression!,
            number(row.tangent!),
          ]),
        ],
      },
    ];
  return [
    {
      title: "Forward",
      cells: [["", "value", ""], ...table.forward.map((row) => [row.v, valueText(row), number(row.value)])],
    },
    {
      title: "Reverse",
      cells: [["", "adjoint", ""], ...table.reverse.map((row) => [row.v, adjointText(row), number(row.adjoint)])],
    },
  ];
}

/** The table as Markdown, formulas in $…$. */
export function tableMarkdown(table: AutodiffTable, options: TablePrinting = {}): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((c) => c.replaceAll("|", "\\|")).join(" | ")} |`;
  return blocks(table, options)
    .map(({ title, cells }) =>
      [`**${title}**`, "", line(cells[0]!), line(cells[0]!.map(() => "---")), ...cells.slice(1).map(line)].join("\n"),
    )
    .join("\n\n");
}

/** The table in aligned columns for a terminal. */
export function tablePlain(table: AutodiffTable, options: TablePrinting = {}): string {
  // Combining marks take no room on the line.
  const width = (s: string): number => [...s].filter((c) => !/\p{M}/u.test(c)).length;
  return blocks(table, options)
    .map(({ title, cells }) => {
      const widths = cells[0]!.map((_, j) => Math.max(...cells.map((row) => width(row[j]!))));
      const line = (row: readonly string[]): string =>
        row
          .map((cell, j) => cell + " ".repeat(widths[j]! - width(cell)))
          .join("  ")
          .trimEnd();
      return [title, ...cells.map(line)].join("\n");
    })
    .join("\n\n");
}

/** One array per pass. */
export function tableLatexArray(table: AutodiffTable, { digits = 6 }: TablePrinting = {}): string {
  const number = (value: Value): string => numberLatex(value, digits);
  const array = (columns: string, rows: readonly string[]): string =>
    `\\begin{array}{${columns}}${rows.join("\\\\")}\\end{array}`;
  const name = (v: string): string => nameLatex(v)!;
  const bar = (v: string): string => `\\bar ${name(v)}`;
  if (table.mode === "forward")
    return array(
      "llrlr",
      table.forward.map(
        (row) =>
          `${name(row.v)}&${row.latex}&${number(row.value)}&\\dot ${name(row.v)}=${row.tangentLatex}&${number(row.tangent!)}`,
      ),
    );
  const forward = array(
    "llr",
    table.forward.map((row) => `${name(row.v)}&${row.latex}&${number(row.value)}`),
  );
  const reverse = array(
    "llr",
    table.reverse.map((row) => `${bar(row.v)}&${row.adds ? "\\mathrel{+}=" : ""}${row.latex}&${number(row.adjoint)}`),
  );
  return `${forward}\\qquad ${reverse}`;
}

function numberLatex(value: Value, digits: number): string {
  if (typeof value === "number") return numberText(value, digits);
  const rows = value.map((row) => row.map((x) => numberText(x, digits)).join("&"));
  return `\\begin{bmatrix}${rows.join("\\\\")}\\end{bmatrix}`;
}
