// TypeScript's libraries and Node's types as parsed files, kept for all converters of this thread: they never change. Node's
// types are parsed and bound one file at a time, so that a question that comes meanwhile waits for one and not for sixty.

import { dirname } from "node:path";
import type * as TS from "typescript";
import { compilerPath } from "./cacheFolder.js";
import { ts } from "./compiler.js";
import { mergedLibrary } from "./libraries.js";
import { importedFiles, NODE_TYPES, type NodeTypes, withoutAllModules } from "./nodeTypes.js";
import { quietened } from "./quietened.js";

type ParseOptions = TS.ScriptTarget | TS.CreateSourceFileOptions;

interface BinderInternals {
  bindSourceFile(file: TS.SourceFile, options: TS.CompilerOptions): void;
}
export const { bindSourceFile } = ts as unknown as BinderInternals;

const folders = [`${dirname(compilerPath).replaceAll("\\", "/")}/`, ...NODE_TYPES];

const parsed = new Map<string, TS.SourceFile>();
let parseOptions: ParseOptions = ts.ScriptTarget.Latest;

function libraryFile(path: string): TS.SourceFile | undefined {
  const known = parsed.get(path);
  if (known) return known;
  const text = readDeclarations(path);
  if (text === undefined) return undefined;
  const file = ts.createSourceFile(path, text, parseOptions);
  parsed.set(path, file);
  return file;
}

/** The text of a file; that of a declaration file without documentation. */
export function readDeclarations(path: string, encoding?: string): string | undefined {
  const merged = mergedLibrary(path);
  if (merged !== undefined) return ts.sys.readFile(merged);
  const text = ts.sys.readFile(path, encoding);
  if (text === undefined || !/\.d\.[cm]?ts$/.test(path)) return text;
  return NODE_TYPES.some((folder) => path.startsWith(folder)) ? withoutAllModules(quietened(text)) : quietened(text);
}

/** Let a compiler host take library files from here. */
export function keepLibraryFiles(host: TS.CompilerHost): void {
  const kept = (path: string, options: ParseOptions): TS.SourceFile | undefined => {
    if (!folders.some((folder) => path.startsWith(folder))) return undefined;
    parseOptions = options;
    return libraryFile(path);
  };
  const { getSourceFile, getSourceFileByPath } = host;
  host.getSourceFile = (path, options, ...rest) => kept(path, options) ?? getSourceFile(path, options, ...rest);
  host.getSourceFileByPath = (path, resolved, options, ...rest) =>
    kept(path, options) ?? getSourceFileByPath?.(path, resolved, options, ...rest);
}

/** Parse and bind what every cell needs of Node's types, a file at a time; what is missed is parsed with the first program that has it. */
export function* parseNodeTypes(types: NodeTypes, options: TS.CompilerOptions): Generator<void, void> {
  const paths = new Set(types.globals);
  for (const path of paths) {
    const file = libraryFile(path);
    if (!file) continue;
    bindSourceFile(file, options);
    for (const imported of importedFiles(path, file.text, types)) paths.add(imported);
    yield;
  }
}
