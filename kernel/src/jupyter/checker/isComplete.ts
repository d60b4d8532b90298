// is_complete: does Enter run the cell? Exact for what the parser can tell: an error at the very end of the text means that
// something is still to come, an error before it means that nothing can mend it.

import type * as TS from "typescript";
import type { IsComplete } from "../protocol.js";
import { ts } from "./compiler.js";

/** Errors that stand where the construct begins though its end is what is missing. */
const UNTERMINATED = new Set([
  1010, // '*/' expected
  1160, // unterminated template literal
]);
const UNTERMINATED_STRING = 1002;
const INDENT = "  ";
/** What the parser takes for a whole statement though no one ends one so. */
const HANGING = /(?:=>|\b(?<!\bas\s+)const|\b(?:let|var|await))$/;
/** What could come next. Where the parser gives up early (`<T>(x: T`, `import`) one of these moves its error behind the text. */
const CONTINUATIONS = [" x", ")", ") => x", "]", "}", "x}"];

export function isComplete(code: string): IsComplete {
  const { file, error } = parse(code);
  const incomplete: IsComplete = { status: "incomplete", indent: indentAfter(code) };
  if (!error) {
    const last = file.statements.at(-1)?.getText(file) ?? "";
    return HANGING.test(last) ? { status: "incomplete", indent: INDENT } : { status: "complete" };
  }
  // A string goes on in the next line after a backslash only.
  if (error.code === UNTERMINATED_STRING) return /\\\s*$/.test(code) ? incomplete : { status: "invalid" };
  const goesOn = isAtEnd(error, code) || CONTINUATIONS.some((next) => mended(code, next));
  return goesOn ? incomplete : { status: "invalid" };
}

type ParsedFile = TS.SourceFile & { parseDiagnostics: TS.Diagnostic[] };

function parse(code: string): { file: TS.SourceFile; error: TS.Diagnostic | undefined } {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS) as ParsedFile;
  return { file, error: file.parseDiagnostics[0] };
}

function isAtEnd({ start = 0, code: kind }: TS.Diagnostic, code: string): boolean {
  return start >= code.trimEnd().length || UNTERMINATED.has(kind);
}

function mended(code: string, next: string): boolean {
  const { error } = parse(code + next);
  return !error || (error.start ?? 0) > code.length;
}

/** The indent of the last line, one step deeper after an opening bracket. */
function indentAfter(code: string): string {
  const line = code.slice(code.lastIndexOf("\n") + 1);
  const current = /^\s*/.exec(line)?.[0] ?? "";
  return /[{([]\s*$/.test(line) ? current + INDENT : current;
}
