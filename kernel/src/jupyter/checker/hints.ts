// What a type error does not say though the kernel knows it: a name that is only one import away, a package that is not installed,
// syntax that this TypeScript reads otherwise.

import { readFileSync } from "node:fs";
import type * as TS from "typescript";
import { packageEntries } from "../packageFace.js";
import { ts } from "./compiler.js";

/** A decorator that cannot be called so. */
const DECORATOR = new Set([1238, 1239, 1240, 1241]);
const DECORATOR_HINT =
  "This kernel's decorators are TypeScript's experimental ones, (target, key, descriptor); standard ones, (value, context), are not supported.";

const CANNOT_FIND_NAME = new Set([2304, 2552]);
const CANNOT_FIND_MODULE = 2307;

/** Names of browsers and of other kernels, and what does the same here. */
const SAME_HERE: Record<string, string> = { prompt: "input", confirm: "input", alert: "display" };

const AWAIT_OUTSIDE = 1308;
const AWAIT_HINT =
  "A local file is loaded at once, and so has no 'await' outside of functions: put it into an async function, and await that in the cell.";

/** A line to add to the diagnostic of a cell, or of a local file; undefined for most. */
export function hint(code: number, message: string, isLocalFile: boolean): string | undefined {
  if (DECORATOR.has(code)) return DECORATOR_HINT;
  if (code === AWAIT_OUTSIDE && isLocalFile) return AWAIT_HINT;
  const [, quoted = ""] = /'([^']+)'/.exec(message) ?? [];
  if (code === CANNOT_FIND_MODULE) return missingPackage(quoted);
  return CANNOT_FIND_NAME.has(code) ? missingImport(SAME_HERE[quoted] ?? quoted) : undefined;
}

function missingPackage(specifier: string): string | undefined {
  if (/^[./]/.test(specifier)) return undefined;
  const [name] = /^(?:@[^/]+\/)?[^/:]+/.exec(specifier) ?? [];
  return name && `Packages are looked up from ${process.cwd()}: run npm install ${name} there.`;
}

function missingImport(name: string): string | undefined {
  const entry = packageEntries().find(({ types }) => exportedNames(types).includes(name));
  return entry && `It is one import away: import { ${name} } from "${entry.specifier}"`;
}

/** The values that a declaration file exports, by its text alone. */
function exportedNames(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
  return file.statements.flatMap((statement): string[] => {
    if (ts.isExportDeclaration(statement) && !statement.isTypeOnly && statement.exportClause)
      return ts.isNamedExports(statement.exportClause)
        ? statement.exportClause.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text)
        : [];
    const isExported = ts.canHaveModifiers(statement) && statement.modifiers?.some(isExport);
    if (!isExported) return [];
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      return statement.name ? [statement.name.text] : [];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  });
}

const isExport = ({ kind }: TS.ModifierLike): boolean => kind === ts.SyntaxKind.ExportKeyword;
