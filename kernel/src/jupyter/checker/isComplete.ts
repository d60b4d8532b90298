// is_complete: does Enter run the cell? Exact for what the parser can tell: an error at the very end of the text means that
// something is still to come, an error before it means that nothing can mend it.

import type * as TS from "typescript";
import type { IsComplete } from "../protocol.js";
import { ts } from "./typescript.js";

/** Errors that stand where the construct begins though its end is what is missing. */
const UNTERMINATED = new Set([
  1010, // '*/' expected
  1160, // unterminated template literal
]);
const INDENT = "  ";

export function isComplete(code: string): IsComplete {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS) as TS.SourceFile & {
    parseDiagnostics: TS.Diagnostic[];
  };
  const [first] = file.parseDiagnostics;
  if (!first) return endsWithOperator(code) ? { status: "incomplete", indent: INDENT } : { status: "complete" };
  const end = code.trimEnd().length;
  const atEnd = (first.start ?? 0) >= end || UNTERMINATED.has(first.code);
  return atEnd ? { status: "incomplete", indent: indentAfter(code) } : { status: "invalid" };
}

function endsWithOperator(code: string): boolean {
  return /=>\s*$/.test(code);
}

/** The indent of the last line, one step deeper after an opening bracket. */
function indentAfter(code: string): string {
  const line = code.slice(code.lastIndexOf("\n") + 1);
  const current = /^\s*/.exec(line)?.[0] ?? "";
  return /[{([]\s*$/.test(line) ? current + INDENT : current;
}
