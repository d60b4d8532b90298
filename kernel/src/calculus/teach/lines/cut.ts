/**
 * A derivation as it is handed in, cut into lines: at semicolons and line ends outside brackets, a line that is plainly
 * unfinished going on in the next. Places stay those of what was written.
 */
import type { Span } from "../../core/errors.js";

export interface Line {
  /** From 1. */
  readonly number: number;
  /** As it was written, without the white space around it. */
  readonly written: string;
  /** What is claimed; everything else is blank, so that places are those of the whole. */
  readonly claim: string;
  /** Definitions behind "with", "where" or "let", blank elsewhere. */
  readonly definitions: readonly string[];
}

/** The lines of a text, or of a list of them; empty ones fall away. */
export function cutLines(written: string): readonly Line[] {
  return spans(written)
    .map(([from, to]): Line => lineOf(written, [from, to]))
    .filter((line) => line.claim.trim() !== "" || line.definitions.length > 0)
    .map((line, i) => ({ ...line, number: i + 1 }));
}

/** Between the lines of a list: a bracket that is left open there stays in its line. */
export const LINE_BREAK = "\u2029";

const OPEN = "([{";
const CLOSE = ")]}";

function spans(text: string): Span[] {
  const out: Span[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    if (c !== undefined && OPEN.includes(c)) depth++;
    if (c !== undefined && CLOSE.includes(c)) depth = Math.max(0, depth - 1);
    const ends =
      c === undefined ||
      c === LINE_BREAK ||
      (depth === 0 && c === ";") ||
      (c === "\n" && depth === 0 && finished(text, from, i));
    if (!ends) continue;
    out.push([from, i]);
    from = i + 1;
  }
  return out;
}

/** Does nothing hang on to the next line, and does that not go on with an operator? A sign begins a line of its own. */
const finished = (text: string, from: number, to: number): boolean =>
  !/[-+*/^=,(]\s*$/.test(text.slice(from, to)) && !/^\s*(?:[*/^+∘⊙]|\.[*/^])/u.test(text.slice(to + 1));

const REASON = /(?:\s(?:\/\/|#|%)|[\s,(]+(?:from|since|because|by)\s).*$/su;
const DEFINES = /(?:^|[\s,(|])(?:with|where|let)\s/gu;

function lineOf(text: string, [from, to]: Span): Line {
  const whole = text.slice(from, to);
  const reason = REASON.exec(whole)?.index ?? whole.length;
  const said = whole.slice(0, reason);
  const cuts = [...said.matchAll(DEFINES)].map((m) => [m.index, m.index + m[0].length] as const);
  const end = cuts[0]?.[0] ?? said.length;
  const definitions = cuts.flatMap(([, start], i) => {
    const stop = cuts[i + 1]?.[0] ?? said.length;
    return listed(said, start, stop).map(([a, b]) => padded(text, from + a, from + b));
  });
  return {
    number: 0,
    written: whole.trim(),
    claim: padded(text, from, from + end),
    definitions: definitions.filter((d) => d.trim() !== ""),
  };
}

/** "y = W x + b, z = σ(y) and a = z" at its commas and "and" outside brackets. */
function listed(text: string, from: number, to: number): Span[] {
  const out: Span[] = [];
  let depth = 0;
  let start = from;
  for (let i = from; i < to; i++) {
    if (OPEN.includes(text[i]!)) depth++;
    if (CLOSE.includes(text[i]!)) depth--;
    const and = /^\sand\s/.exec(text.slice(i, to))?.[0].length ?? 0;
    if (depth !== 0 || (text[i] !== "," && and === 0)) continue;
    out.push([start, i]);
    start = i + Math.max(1, and);
  }
  out.push([start, to]);
  return out;
}

/** This part in its place, the rest blank. */
const padded = (text: string, from: number, to: number): string =>
  " ".repeat(from) + text.slice(from, to).replace(/[,\s]+$/, (s) => " ".repeat(s.length));
