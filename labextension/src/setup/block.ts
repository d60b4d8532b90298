/**
 * A block of numbers from the clipboard: cells of a spreadsheet (tabs), CSV, NumPy or PyTorch as printed or as code,
 * MATLAB, JSON. The answer is its rows, all of one length, or one sentence with the place.
 */
import type { TranslationBundle } from "@jupyterlab/translation";
import { readNumber } from "./number.js";

export type Block = { readonly rows: readonly (readonly number[])[] } | { readonly problem: string };

/** More text than this is refused before it is read. */
const LONGEST = 100_000; // characters

export function readBlock(text: string, trans: TranslationBundle): Block {
  if (text.length > LONGEST) return { problem: trans.__("The pasted text is too long.") };
  const lines = linesOf(text);
  if (lines.length === 0) return { problem: trans.__("There is nothing to paste.") };
  const rows: number[][] = [];
  for (const [i, cells] of lines.entries()) {
    const row: number[] = [];
    for (const [j, cell] of cells.entries()) {
      const read = readNumber(cell, trans);
      if ("problem" in read) return { problem: trans.__("Pasted row %1, column %2: %3.", i + 1, j + 1, read.problem) };
      row.push(read.value);
    }
    if (row.length !== (rows[0]?.length ?? row.length))
      return {
        problem: trans.__("Pasted row %1 has length %2, row 1 has length %3.", i + 1, row.length, rows[0]!.length),
      };
    rows.push(row);
  }
  return { rows };
}

/** The cells, row by row, as text. */
function linesOf(text: string): string[][] {
  const bare = text
    .trim()
    .replace(/^[\w.]*\(\s*/u, "") // np.array(
    .replace(/(,\s*\w+\s*=\s*[\w.'"]+)*\s*\)$/u, "") // , dtype=float32)
    .replace(/;?\s*$/u, "");
  const rows = bare.startsWith("[") ? bracketed(bare) : bare.split(/\r\n|[\r\n;]/u);
  return rows.filter((row) => row.trim() !== "").map(cellsOf);
}

/** What stands in the innermost brackets; one pair alone may hold rows between semicolons, as MATLAB writes them. */
function bracketed(text: string): string[] {
  const inner = text.slice(1, text.endsWith("]") ? -1 : undefined);
  return inner.includes("[") ? inner.split(/[[\]]/u).filter((row) => !/^[\s,]*$/u.test(row)) : inner.split(/;/u);
}

/** Tabs and commas leave empty cells empty, so that a hole in a spreadsheet is found. */
const cellsOf = (row: string): string[] => {
  const line = row.replace(/^ +| +$/gu, "");
  if (line.includes("\t")) return line.split("\t");
  if (line.includes(",")) return line.replace(/,\s*$/u, "").split(",");
  return line
    .trim()
    .replace(/\s*\/\s*/gu, "/")
    .split(/\s+/u);
};
