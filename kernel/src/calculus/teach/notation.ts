/** What an answer or a statement is written in: text of the grammar, or LaTeX with its own places and remarks. */
import { NablaError } from "../core/errors.js";
import type { Declarations } from "../text/scope.js";
import { texText } from "../text/tex/texText.js";

export type Notation = "text" | "tex";

/** A text that is ready to be read, in the words of the grammar. */
interface Read {
  /** How it was read, and which escapes were repaired. */
  readonly notes: readonly string[];
  /** Runs a reader; its errors point into what was written. */
  readonly run: <T>(read: (text: string) => T) => T;
}

const plain = (written: string): Read => ({ notes: [], run: (read) => read(written) });

function tex(latex: string, scope: Declarations): Read {
  const { notes, run } = lines(latex, scope);
  const whole = <T>(read: (text: string) => T): T =>
    run((text) => {
      refuseSeveral(text);
      return read(text);
    });
  return { notes, run: whole };
}

/** LaTeX of several lines: a derivation. */
function lines(latex: string, scope: Declarations): Read {
  const { notes, warnings, run } = texText(latex, scope);
  return { notes: [...warnings, ...notes], run };
}

/** A line goes on with the one before when it starts with a sign; with a left side of its own it is another statement. */
function refuseSeveral(text: string): void {
  for (const { index, 0: line } of text.matchAll(/\n[^\n]*/g)) {
    if (!/^\s*[^\s=+\-*./][^\n=]*=/.test(line)) continue;
    const from = index + line.search(/\S/);
    throw new NablaError("syntax", "this line is a statement of its own", {
      span: [from, index + line.trimEnd().length],
      text,
      want: "one statement, or a chain a = b = c",
      hint: "check one statement at a time",
    });
  }
}

type Reader = (written: string, scope: Declarations) => Read;

export const readerOf = (notation: Notation = "text"): Reader => (notation === "tex" ? tex : plain);

/** The same for a derivation, where a line may be a statement of its own. */
export const lineReaderOf = (notation: Notation = "text"): Reader => (notation === "tex" ? lines : plain);
