// A cell as people write or paste it → what tslab's converter accepts, with every character at its place.
//   `export` before a declaration is blanked (the converter exports everything itself), `export { a }` too;
//   empty statements at the end are blanked, so that `x;;` still has a last expression.

import type * as TS from "typescript";
import { ts } from "./typescript.js";

export function prepareCell(code: string): string {
  if (!/\bexport\b|;\s*;|^#!/.test(code)) return code;
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const blanks: [number, number][] = [];
  for (const statement of file.statements) {
    if (ts.isExportAssignment(statement) && !statement.isExportEquals)
      blanks.push([statement.getStart(), statement.expression.getStart()]);
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier)
      blanks.push([statement.getStart(), statement.end]);
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    for (const modifier of modifiers)
      if (isExport(modifier, statement)) blanks.push([modifier.getStart(), modifier.end]);
  }
  for (let i = file.statements.length - 1; i > 0; i--) {
    const statement = file.statements[i];
    if (!statement || !ts.isEmptyStatement(statement)) break;
    blanks.push([statement.getStart(), statement.end]);
  }
  let result = code;
  for (const [start, end] of blanks)
    result = result.slice(0, start) + result.slice(start, end).replace(/[^\n]/g, " ") + result.slice(end);
  return result;
}

function isExport(modifier: TS.Modifier, statement: TS.Statement): boolean {
  if (modifier.kind === ts.SyntaxKind.ExportKeyword) return true;
  // `export default function () {}` has no name to keep: without its modifiers it would be no statement at all.
  const named =
    (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name !== undefined;
  return modifier.kind === ts.SyntaxKind.DefaultKeyword && named;
}
