// What tslab's converter forgets of a notebook's declarations.

import type * as TS from "typescript";
import { ts } from "./compiler.js";

/**
 * The declarations after a cell.
 * @param previous those before it
 * @param converted those that the converter gave
 * @param nested `var`s of blocks and loops, which have no declaration of their own: any
 */
export function declarationsAfter(previous: string, converted: string, nested: string[]): string {
  const variables = nested.map((name) => `declare var ${name}: any;\n`).join("");
  return variables + keptNamespaces(previous, converted) + converted;
}

/** The converter drops the namespaces of earlier cells, and what they added to the global scope and to modules. */
function keptNamespaces(previous: string, converted: string): string {
  if (!/^(?:declare )?(?:namespace|global|module) /m.test(previous)) return "";
  const taken = new Set(parse(converted).statements.flatMap(declaredNames));
  const file = parse(previous);
  return file.statements
    .filter((statement): statement is TS.ModuleDeclaration => ts.isModuleDeclaration(statement))
    .filter((statement) => {
      const isUnnamed = (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0 || ts.isStringLiteral(statement.name);
      return isUnnamed ? !converted.includes(statement.getText(file)) : !taken.has(statement.name.text);
    })
    .map((statement) => `${statement.getText(file)}\n`)
    .join("");
}

function parse(text: string): TS.SourceFile {
  return ts.createSourceFile("declarations.d.ts", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

function declaredNames(statement: TS.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  }
  const name = (statement as TS.Statement & { name?: TS.Node }).name;
  return name && ts.isIdentifier(name) ? [name.text] : [];
}
