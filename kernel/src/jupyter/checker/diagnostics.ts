// Type and syntax errors of a cell → one CellError, shown as TypeScript's own command line shows them:
// code, message, cell, line, column, and the line with the place underlined.

import { readFileSync } from "node:fs";
import { excerpt, paint } from "../excerpt.js";
import type { CellError, CellName } from "../protocol.js";
import type { Diagnostic } from "./converter.js";
import { hint } from "./hints.js";

/** More than these would push the first, which usually causes the others, off the screen. */
const SHOWN = 5;
const USING = /\busing\s+[\p{L}_$][\p{L}\p{N}_$]*\s*=/gu;

export function diagnosticsError(diagnostics: Diagnostic[], code: string, cell: CellName): CellError {
  const usings = [...code.matchAll(USING)].map(({ index = 0, 0: { length } }) => ({ from: index, to: index + length }));
  const isUsing = ({ start: { offset }, fileName }: Diagnostic) =>
    !fileName && usings.some(({ from, to }) => from <= offset && offset < to);
  const grouped = group(diagnostics.some(isUsing) ? diagnostics.filter(isUsing).map(explainUsing) : diagnostics);
  const shown = grouped.slice(0, SHOWN).map((diagnostic) => describe(diagnostic, code, cell));
  if (grouped.length > SHOWN) shown.push(`… and ${grouped.length - SHOWN} more`);
  const [first] = grouped;
  return {
    ename: first ? `TS${first.code}` : "TypeScript",
    evalue: first?.messageText ?? "the cell does not compile",
    traceback: shown,
  };
}

/** The compiler knows no `using` and says something else about it. */
function explainUsing(diagnostic: Diagnostic): Diagnostic {
  const messageText =
    "'using' declarations came with TypeScript 5.2, and this kernel has 5.0: call [Symbol.dispose]() in a 'finally' block instead.";
  return { ...diagnostic, messageText };
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
  const advice = hint(code, messageText, fileName !== undefined);
  const text = fileName ? readFileSync(fileName, "utf8") : source;
  return [
    `${paint.red(`TS${code}`)}: ${messageText}`,
    ...reasons.map((reason) => `  ${reason}`),
    ...(advice ? [`  ${advice}`] : []),
    `  at ${paint.green(where)}`,
    excerpt(text, start.line, start.character, end.line === start.line ? end.character - start.character : 1),
  ].join("\n");
}
