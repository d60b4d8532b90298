/**
 * The text of the grammar that a formula becomes, growing from left to right. Character k was written at
 * `starts[k]` … `ends[k]` of the LaTeX, so that every error finds its place in the user's own text.
 */
import type { Span } from "../../core/errors.js";

export interface Written {
  text: string;
  readonly starts: number[];
  readonly ends: number[];
}

export const empty = (): Written => ({ text: "", starts: [], ends: [] });

/** Whether a space keeps two words apart; grad_ and hess_ wait for their function. */
const apart = (left: string, right: string): boolean =>
  /[\w𝟏]$/u.test(left) && !/(?:grad|hess)_$/.test(left) && /^[\w𝟏]/u.test(right);

/** Names and numbers that stand side by side stay apart, except a differential sign and its name. */
export function put(to: Written, text: string, span: Span, glued = false): void {
  if (!glued && apart(to.text, text)) append(to, " ", [span[0], span[0]]);
  append(to, text, span);
}

function append(to: Written, text: string, [start, end]: Span): void {
  to.text += text;
  for (let k = 0; k < text.length; k++) {
    to.starts.push(start);
    to.ends.push(end);
  }
}

/** Puts what was written apart. */
export function join(to: Written, part: Written): void {
  if (part.text === "") return;
  if (apart(to.text, part.text)) append(to, " ", [part.starts[0]!, part.starts[0]!]);
  to.text += part.text;
  to.starts.push(...part.starts);
  to.ends.push(...part.ends);
}

/** One number or name, which needs no parentheses. */
export const isSimple = (part: Written): boolean => /^(?:[A-Za-z]\w*|\d+(?:\.\d+)?)$/.test(part.text.trim());

/** A place of the text as a place of the LaTeX; a place without width points at what stands there. */
export function placeIn(part: Written, [from, to]: Span): Span {
  if (part.text === "") return [0, 0];
  const last = part.text.length - 1;
  const start = part.starts[Math.min(from, last)]!;
  const end = to > from ? part.ends[Math.min(to - 1, last)]! : part.ends[Math.min(from, last)]!;
  return [Math.min(start, end), Math.max(start, end)];
}
