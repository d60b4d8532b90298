// Type and syntax errors of a cell → one CellError, shown as TypeScript's own command line shows them:
// code, message, cell, line, column, and the line with the place underlined.

import { excerpt, paint } from "../excerpt.js";
import type { CellError, CellName } from "../protocol.js";
import type { Diagnostic } from "./typescript.js";

/** More than these would push the first, which usually causes the others, off the screen. */
const SHOWN = 5;

export function diagnosticsError(diagnostics: Diagnostic[], code: string, cell: CellName): CellError {
  const grouped = group(diagnostics);
  const shown = grouped.slice(0, SHOWN).map((diagnostic) => describe(diagnostic, code, cell));
  if (grouped.length > SHOWN) shown.push(`… and ${grouped.length - SHOWN} more`);
  const [first] = grouped;
  return {
    ename: first ? `TS${first.code}` : "TypeScript",
    evalue: first?.messageText ?? "the cell does not compile",
    traceback: shown,
  };
}

/** A message chain arrives as diagnostics at one place: the first is the message, the others its reasons. The same error twice is said once. */
function group(diagnostics: Diagnostic[]): (Diagnostic & { reasons: string[] })[] {
  const groups: (Diagnostic & { reasons: string[] })[] = [];
  const seen = new Set<string>();
  for (const diagnostic of diagnostics) {
    const key = `${diagnostic.fileName} ${diagnostic.start.offset} ${diagnostic.messageText}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const last = groups.at(-1);
    const samePlace =
      last && last.start.offset === diagnostic.start.offset && last.end.offset === diagnostic.end.offset;
    if (samePlace) last.reasons.push(diagnostic.messageText);
    else groups.push({ ...diagnostic, reasons: [] });
  }
  return groups;
}

function describe(
  { code, messageText, reasons, start, end, fileName }: Diagnostic & { reasons: string[] },
  source: string,
  cell: CellName,
): string {
  const where = fileName
    ? `${fileName}:${start.line + 1}:${start.character + 1}`
    : `[${cell}]:${start.line + 1}:${start.character + 1}`;
  const lines = [
    `${paint.red(`TS${code}`)}: ${messageText}`,
    ...reasons.map((reason) => `  ${reason}`),
    `  at ${paint.green(where)}`,
  ];
  if (!fileName)
    lines.push(
      excerpt(source, start.line, start.character, end.line === start.line ? end.character - start.character : 1),
    );
  return lines.join("\n");
}
