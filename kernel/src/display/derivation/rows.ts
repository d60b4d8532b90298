/** The lines of a page as rows of `aligned`: left & = right & reason. */

import type { PageLine } from "../../calculus/index.js";
import { latexToText } from "../latexText/index.js";

/** Two right-hand sides share a row when they are at most this long together, in characters of the terminal form. */
const ROW = 64;
/** A reason stands in a row of its own when it and the equation are longer than this. */
const PAGE = 100;

const width = (latex: string): number => latexToText(latex).length;

/**
 * Rows without the `\\` between them. A first line with no left-hand side stands alone, without "=": there is nothing
 * above it that it could be equal to.
 */
export function alignedRows(lines: readonly PageLine[], reason: (line: PageLine, i: number) => string): string[] {
  return lines.flatMap((line, i) => {
    const why = reason(line, i);
    const longest = Math.max(...line.right.map(width), 0) + width(line.left);
    const below = why !== "" && longest + width(why) > PAGE;
    const tail = why && !below ? ` && ${why}` : "";
    const after = below ? [`&\\qquad ${why}`] : [];
    const [first = "", ...more] = line.right;
    const opening = opens(lines, i) ? `& ${first}` : `${line.left} &${first ? `= ${first}` : ""}`;
    const together = line.right.reduce((n, right) => n + width(right), 0) <= ROW;
    if (together) return [`${opening}${more.map((right) => ` = ${right}`).join("")}${tail}`.trim(), ...after];
    return [`${opening}${tail}`.trim(), ...more.map((right) => `&= ${right}`), ...after];
  });
}

/** Whether the line has nothing on its left to be equal to. */
export const opens = (lines: readonly PageLine[], i: number): boolean =>
  lines[i]!.left === "" && lines.slice(0, i).every(({ left }) => left === "");
