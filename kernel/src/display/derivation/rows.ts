/** The lines of a page as rows of `aligned`: left & = right & reason. */
import { latexToText } from "../latexText/index.js";
import type { PageLine } from "./page.js";

/** Two right-hand sides share a row when they are at most this long together, in characters of the terminal form. */
const ROW = 64;

/**
 * Rows without the `\\` between them. A first line with no left-hand side stands alone, without "=": there is nothing
 * above it that it could be equal to.
 */
export function alignedRows(lines: readonly PageLine[], reason: (line: PageLine, i: number) => string): string[] {
  return lines.flatMap((line, i) => {
    const why = reason(line, i);
    const tail = why ? ` && ${why}` : "";
    const [first = "", ...more] = line.right;
    const opening = opens(lines, i) ? `& ${first}` : `${line.left} &${first ? `= ${first}` : ""}`;
    const together = line.right.reduce((n, right) => n + latexToText(right).length, 0) <= ROW;
    if (together) return [`${opening}${more.map((right) => ` = ${right}`).join("")}${tail}`.trim()];
    return [`${opening}${tail}`.trim(), ...more.map((right) => `&= ${right}`)];
  });
}

/** Whether the line has nothing on its left to be equal to. */
export const opens = (lines: readonly PageLine[], i: number): boolean =>
  lines[i]!.left === "" && lines.slice(0, i).every(({ left }) => left === "");
