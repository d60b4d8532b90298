// Cells are checked without strictNullChecks, so that what may be null needs no `!`. But then the compiler does not tell
// `true` from `false` where a union is narrowed: after `if (result.ok) … else` it still misses `result.error`. So an error at a
// place where the strict checker has none is no error. The strict one shares all files and is made only when there is an error.

import type * as TS from "typescript";
import { ts } from "./compiler.js";

/** The converter puts `export {};` before a cell, so that the compiler does not see this comment at its top. */
const UNCHECKED = /^export \{\};\s*\/\/\s*@ts-nocheck\b/;
/** Errors of syntax have the numbers below. */
const SEMANTIC = 2000;

export function withoutLoose(program: TS.Program, all: readonly TS.Diagnostic[]): readonly TS.Diagnostic[] {
  const diagnostics = all.filter(({ file, code }) => !(file && code >= SEMANTIC && UNCHECKED.test(file.text)));
  if (diagnostics.every(({ file }) => !file)) return diagnostics;
  const strict = strictProgram(program);
  const places = new Map<TS.SourceFile, Set<number | undefined>>();
  const strictPlaces = (file: TS.SourceFile): Set<number | undefined> => {
    const known = places.get(file) ?? new Set(diagnosticsOf(strict, file).map(({ start }) => start));
    places.set(file, known);
    return known;
  };
  return diagnostics.filter(({ file, start }) => !file || strictPlaces(file).has(start));
}

const diagnosticsOf = (program: TS.Program, file: TS.SourceFile): TS.Diagnostic[] => [
  ...program.getSyntacticDiagnostics(file),
  ...program.getSemanticDiagnostics(file),
  ...program.getDeclarationDiagnostics(file),
];

function strictProgram(program: TS.Program): TS.Program {
  const host: TS.CompilerHost = {
    getSourceFile: (name) => program.getSourceFile(name),
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    getCurrentDirectory: () => program.getCurrentDirectory(),
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getNewLine: () => "\n",
    fileExists: (name) => program.getSourceFile(name) !== undefined,
    readFile: (name) => program.getSourceFile(name)?.text,
    writeFile: () => undefined,
  };
  return ts.createProgram({
    rootNames: program.getRootFileNames(),
    options: { ...program.getCompilerOptions(), strictNullChecks: true },
    oldProgram: program,
    host,
  });
}
