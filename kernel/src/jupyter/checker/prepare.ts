// A cell as people write or paste it → what tslab's converter accepts, with every character at its place.
//   `export` before a declaration is blanked (the converter exports everything itself), `export { a }` too;
//   `export default class {}`, which has no name to be known by, becomes an expression: `void … class {}`;
//   empty statements at the end are blanked, so that `x;;` still has a last expression.

import type * as TS from "typescript";
import { ts } from "./compiler.js";

export function prepareCell(code: string): string {
  if (!/\bexport\b|;\s*;|^#!/.test(code)) return code;
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const blanks: [number, number][] = [];
  const unnamed: number[] = [];
  for (const statement of file.statements) {
    if (ts.isExportAssignment(statement) && !statement.isExportEquals)
      blanks.push([statement.getStart(), statement.expression.getStart()]);
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier)
      blanks.push([statement.getStart(), statement.end]);
    if (isNamelessDefault(statement)) {
      const [first, second] = statement.modifiers ?? [];
      if (first && second) {
        unnamed.push(first.getStart());
        blanks.push([first.getStart(), second.end]);
      }
      continue;
    }
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    for (const modifier of modifiers) if (isExport(modifier)) blanks.push([modifier.getStart(), modifier.end]);
  }
  for (let i = file.statements.length - 1; i > 0; i--) {
    const statement = file.statements[i];
    if (!statement || !ts.isEmptyStatement(statement)) break;
    blanks.push([statement.getStart(), statement.end]);
  }
  let result = code;
  for (const [start, end] of blanks)
    result = result.slice(0, start) + result.slice(start, end).replace(/[^\n]/g, " ") + result.slice(end);
  for (const start of unnamed) result = result.slice(0, start) + VOID + result.slice(start + VOID.length);
  return result;
}

const VOID = "void";

function isNamelessDefault(statement: TS.Statement): statement is TS.FunctionDeclaration | TS.ClassDeclaration {
  if (!ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement)) return false;
  return statement.name === undefined && statement.modifiers?.[0]?.kind === ts.SyntaxKind.ExportKeyword;
}

function isExport(modifier: TS.Modifier): boolean {
  if (modifier.kind === ts.SyntaxKind.ExportKeyword) return true;
  return modifier.kind === ts.SyntaxKind.DefaultKeyword;
}
