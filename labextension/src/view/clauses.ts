/** A formula that lists several things is cut behind its commas, so that a narrow page can break the line there. */
import type { Typeset } from "./typeset.js";

const SPACE = /,\\q?quad(?![A-Za-z])\s*/y;

/** The things listed, each with its comma; braces, \left … \right and environments are not opened. */
export function clauses(latex: string): string[] {
  const out: string[] = [];
  let [start, depth] = [0, 0];
  for (let i = 0; i < latex.length; ) {
    SPACE.lastIndex = i;
    const space = depth === 0 ? SPACE.exec(latex) : null;
    if (space) {
      out.push(latex.slice(start, i + 1));
      start = i += space[0].length;
      continue;
    }
    const command = latex[i] === "\\" ? /^\\(?:[A-Za-z]+|.)/s.exec(latex.slice(i))![0] : latex[i]!;
    if (command === "{" || command === "\\left" || command === "\\begin") depth++;
    if (command === "}" || command === "\\right" || command === "\\end") depth--;
    i += command.length;
  }
  return [...out, latex.slice(start)];
}

/** The clauses typeset one by one, with a wide space between them that may end a line. */
export const typesetClauses = (latex: string, typeset: Typeset, display = false): (HTMLElement | string)[] =>
  clauses(latex).flatMap((clause, i) => [...(i > 0 ? ["\u2003"] : []), typeset(clause, { display })]);
