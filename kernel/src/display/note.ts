/**
 * A note as the engine writes it, LaTeX such as `\text{let }\mathbf y`, becomes words with $…$: words can be broken
 * over lines, a formula cannot. A note that has a $ already is taken as it is.
 */
import { trimMath } from "./escape.js";

export function noteWords(note: string): string {
  if (note.includes("$") || !note.includes("\\")) return note;
  let words = "";
  let from = 0;
  for (let at = nextText(note, 0); at >= 0; at = nextText(note, from)) {
    const end = closing(note, at + TEXT.length);
    if (end < 0) break;
    words += math(note.slice(from, at)) + note.slice(at + TEXT.length, end);
    from = end + 1;
  }
  return (words + math(note.slice(from))).replace(/ {2,}/gu, " ");
}

const TEXT = "\\text{";

/** The next `\text{` that stands in no braces. */
function nextText(note: string, from: number): number {
  let depth = 0;
  for (let i = from; i < note.length; i++) {
    if (depth === 0 && note.startsWith(TEXT, i)) return i;
    if (note[i] === "\\") i++;
    else if (note[i] === "{") depth++;
    else if (note[i] === "}") depth--;
  }
  return -1;
}

/** Place of the brace that closes the one before `from`. */
function closing(note: string, from: number): number {
  let depth = 1;
  for (let i = from; i < note.length; i++) {
    if (note[i] === "{") depth++;
    else if (note[i] === "}" && --depth === 0) return i;
  }
  return -1;
}

/** What holds no symbol (a comma, a space, `\ `) needs no formula. */
function math(latex: string): string {
  const bare = latex.replace(/\\[ ,;:!]|\\q?quad(?![a-z])/gu, " ");
  return /[\p{L}\p{N}\\=+|]/u.test(bare)
    ? `${/^\s/u.test(bare) ? " " : ""}$${trimMath(latex)}$${/\s$/u.test(bare) ? " " : ""}`
    : bare;
}
