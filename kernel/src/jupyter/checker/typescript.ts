// tslab's converter on a TypeScript of our choosing: the one patch of this kernel.
//
// tslab hard-codes its compiler options and host. Before its converter is loaded, the module-cache entry of its TypeScript is
// replaced by a copy with functions of our own; tslab and its TypeScript are pinned exactly, and a test says what broke.
//   createWatchCompilerHost  our options (module resolution, paths to our types, inline source maps), no watching of libraries
//   getPreEmitDiagnosticsOfFiles  syntax first; without the errors that a strict checker would not make (narrowing.ts)
//   transpileModule          tslab's last step is skipped: our own is lighter and keeps positions (cellModule.ts)
//   sys.watchFile, readFile  local files are looked at before each cell instead of polled; merged libraries

import { createRequire } from "node:module";
import type * as TS from "typescript";
import { packageEntries } from "../packageFace.js";
import { compilerPath } from "./cacheFolder.js";
import { ts } from "./compiler.js";
import { completeMember } from "./completeMember.js";
import type { Converter, TslabConverter } from "./converter.js";
import { documentOnDemand } from "./documentation.js";
import { ROOT } from "./libraries.js";
import { bindSourceFile, keepLibraryFiles, parseNodeTypes, readDeclarations } from "./libraryFiles.js";
import { offerModules } from "./moduleNames.js";
import { withoutLoose } from "./narrowing.js";
import { type NodeTypes, readNodeTypes } from "./nodeTypes.js";
import { expandShorthands } from "./shorthands.js";

type Watched = { path: string; changed: (path: string, kind: number) => void; modified: number };

const require = createRequire(import.meta.url);

let nodeTypes: NodeTypes | undefined;
let rootTypes: string[] = [];
const watched = new Map<string, Watched>();
/** The program that is made next is asked for the names that the cell declares and nothing else. */
let onlyNames = false;
/** Of the latest cell. */
let wrongSyntax = false;
let latestProgram: TS.Program | undefined;
let latestOptions: TS.CompilerOptions = {};

documentOnDemand();
patchModuleCache();
const tslab: { createConverter(): TslabConverter } = require("tslab/dist/converter.js");

/**
 * A converter.
 * @param types declaration files of ours
 * @param node Node's types
 */
export function createConverter(types: string[], node?: NodeTypes): Converter {
  nodeTypes = node;
  rootTypes = [...(node?.globals ?? []), ...types];
  watched.clear();
  const converter = tslab.createConverter();
  const convert: Converter["convert"] = (declarations, source) => {
    onlyNames = true;
    const converted = converter.convert(declarations, source);
    return { ...converted, wrongSyntax };
  };
  return { ...converter, convert, complete: completeMember(converter.complete) };
}

/** What the converter puts before a cell. */
const PREFIX = "export {};\n";
const SOURCE = "/__tslab__.ts";

interface Internals {
  getPreEmitDiagnosticsOfFiles(program: TS.Program, files: TS.SourceFile[]): readonly TS.Diagnostic[];
  Completions: { getCompletionEntryDetails(...all: unknown[]): TS.CompletionEntryDetails | undefined };
}

/** Signature and documentation of a name that the converter's last `complete` has offered at `position`. */
export function completionDetails(name: string, position: number): TS.CompletionEntryDetails | undefined {
  const program = latestProgram;
  const file = program?.getSourceFiles().find(({ fileName }) => fileName.endsWith(SOURCE));
  if (!program || !file) return undefined;
  const { Completions } = ts as unknown as Internals;
  const unlogged = () => undefined;
  const never = { isCancellationRequested: () => false, throwIfCancellationRequested: () => undefined };
  const at = PREFIX.length + position;
  return Completions.getCompletionEntryDetails(program, unlogged, file, at, { name }, {}, {}, {}, never);
}

/** Read Node's types ahead of the first converter that has them, a file at a time. */
export function* loadNodeTypes(): Generator<void, NodeTypes> {
  const types = readNodeTypes();
  yield* parseNodeTypes(types, latestOptions);
  return types;
}

/** Tell the converter which local files changed since the last call. */
export function refreshLocalFiles(): void {
  for (const file of watched.values()) {
    const modified = modifiedTime(file.path);
    if (modified === file.modified) continue;
    const kind =
      file.modified === 0
        ? ts.FileWatcherEventKind.Created
        : modified === 0
          ? ts.FileWatcherEventKind.Deleted
          : ts.FileWatcherEventKind.Changed;
    file.modified = modified;
    file.changed(file.path, kind);
  }
}

function patchModuleCache(): void {
  const entry = require.cache[compilerPath];
  if (!entry)
    throw new Error(
      "tslab's TypeScript is not in the module cache: the converter cannot be given our compiler options",
    );
  const unwatched = { close: () => undefined };
  const sys = {
    ...ts.sys,
    readFile: readDeclarations,
    watchFile: (path: string, changed: Watched["changed"]) => {
      watched.set(path, { path, changed, modified: modifiedTime(path) });
      return { close: () => watched.delete(path) };
    },
  };
  entry.exports = {
    ...ts,
    sys,
    getPreEmitDiagnosticsOfFiles(program: TS.Program, files: TS.SourceFile[]) {
      // As TypeScript's command line does: types are looked at when the syntax is right.
      const syntactic = files.flatMap((file) => program.getSyntacticDiagnostics(file));
      wrongSyntax = syntactic.length > 0;
      if (wrongSyntax) return syntactic;
      const found = (ts as unknown as Internals).getPreEmitDiagnosticsOfFiles(program, files);
      // Without Node's types the cell is only looked at once more when they are there.
      return nodeTypes ? withoutLoose(program, found) : found;
    },
    transpileModule: (input: string) => ({ outputText: input }),
    createWatchCompilerHost(
      files: string[],
      options: TS.CompilerOptions,
      system: TS.System,
      _create: unknown,
      ...rest: never[]
    ) {
      const own: TS.CompilerOptions = {
        ...options,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        allowImportingTsExtensions: true,
        customConditions: ["node"],
        lib: [ROOT],
        inlineSourceMap: true,
        strict: false,
        types: [],
        paths: {
          ...nodeTypes?.modules,
          ...Object.fromEntries(packageEntries().map(({ specifier, types }) => [specifier, [types]])),
        },
      };
      const create = ts.createWatchCompilerHost as unknown as (...all: unknown[]) => TS.WatchCompilerHost<Builder>;
      const host = create([...files, ...rootTypes], own, system, ts.createAbstractBuilder, ...rest);
      latestOptions = own;
      const watchFile = host.watchFile.bind(host);
      host.watchFile = (path, ...more) => (path.includes("/node_modules/") ? unwatched : watchFile(path, ...more));
      host.watchDirectory = () => unwatched;
      return withShorthands(withNamesOnly(host));
    },
  };
}

/** A program and nothing more: one that also tracks what changed looks at all files with every cell. */
type Builder = TS.BuilderProgram;

type BoundFile = TS.SourceFile & { locals?: Map<string, unknown> };

/** No name that can be exported: the compiler's own for `declare global`, and the quoted one of `declare module "fs"`. */
const isUnnamed = (name: string): boolean => name === "__global" || name.startsWith('"');

/**
 * The converter makes two programs of a cell: the first to learn which names the cell declares, the second of the cell with those
 * names exported. Names need no type checker (most of a program's cost): the first is the program before with the
 * new cell bound. It calls itself out of date, so that another is made after it in any case.
 */
function withNamesOnly<T extends TS.WatchCompilerHost<Builder>>(host: T): T {
  const create = host.createProgram;
  const real = new WeakMap<Builder, Builder>();
  const prepared = new WeakSet<TS.CompilerHost>();
  host.createProgram = (names, options = {}, compilerHost, old, ...rest) => {
    if (compilerHost && !prepared.has(compilerHost)) {
      prepared.add(compilerHost);
      keepLibraryFiles(compilerHost);
    }
    const before = old && (real.get(old) ?? old);
    const wanted = onlyNames;
    onlyNames = false;
    const path = names?.find((name) => name.endsWith(SOURCE));
    const file =
      wanted && before && path !== undefined
        ? compilerHost?.getSourceFile(path, { languageVersion: options.target ?? ts.ScriptTarget.Latest })
        : undefined;
    if (file && before && declaresNames(file, options)) {
      // Plain properties, so that hooks can replace them as they do a builder's own.
      const program: TS.Program = Object.assign(Object.create(before.getProgram()), { getSourceFiles: () => [file] });
      const builder: Builder = Object.assign(Object.create(before), {
        getSourceFile: (name: string) => (name === path ? file : before.getSourceFile(name)),
        getProgram: () => program,
        // What the next program is compared with: without it the one before, which a cell that is run again equals.
        getProgramOrUndefined: () => program,
      });
      real.set(builder, before);
      return builder;
    }
    return create(names, options, compilerHost, before, ...rest);
  };
  return host;
}

function declaresNames(file: BoundFile, options: TS.CompilerOptions): boolean {
  bindSourceFile(file, options);
  return [...(file.locals?.keys() ?? [])].some((name) => !isUnnamed(name));
}

/**
 * tslab turns `x` of an earlier cell into `exports.x` but misses the shorthand `{ x }`. A transformer before its own writes it
 * as `{ x: exports.x }`.
 */
function withShorthands<T extends TS.WatchCompilerHost<Builder>>(host: T): T {
  let after: ((program: Builder) => void) | undefined;
  Object.defineProperty(host, "afterProgramCreate", {
    get: () => after,
    set(hook: typeof after) {
      after = (program) => {
        latestProgram = program.getProgram();
        // tslab looks at names and parents before it asks for types: the files must be bound, which the type checker does.
        offerModules(latestProgram.getTypeChecker(), moduleNames);
        exportNoUnnamed(program);
        program.getAllDependencies = (file) => reachableFiles(program.getProgram(), file);
        const emit = program.emit.bind(program);
        program.emit = (file, write, token, declarationsOnly, transformers) =>
          emit(file, write, token, declarationsOnly, {
            ...transformers,
            before: [expandShorthands(program.getProgram().getTypeChecker()), ...(transformers?.before ?? [])],
          });
        hook?.(program);
      };
    },
  });
  return host;
}

/** tslab exports every local of the cell. */
function exportNoUnnamed(program: Builder): void {
  const getSourceFile = program.getSourceFile.bind(program);
  program.getSourceFile = (path) => {
    const file = getSourceFile(path) as BoundFile | undefined;
    for (const name of file?.locals?.keys() ?? []) if (isUnnamed(name)) file?.locals?.delete(name);
    return file;
  };
}

interface ResolvedFile extends TS.SourceFile {
  resolvedModules?: { forEach(visit: (resolution: { resolvedModule?: TS.ResolvedModule }) => void): void };
}

/** A file and all that it imports, directly or not. */
function reachableFiles(program: TS.Program, start: TS.SourceFile): string[] {
  const found = new Set([start.fileName]);
  for (const path of found) {
    const file = program.getSourceFile(path) as ResolvedFile | undefined;
    if (path.endsWith(".d.ts")) continue;
    file?.resolvedModules?.forEach(({ resolvedModule }) => {
      const imported = resolvedModule && program.getSourceFile(resolvedModule.resolvedFileName);
      if (imported) found.add(imported.fileName);
    });
  }
  return [...found];
}

/** What a cell can import without a package of its own. */
const moduleNames = (): string[] => [
  ...Object.keys(nodeTypes?.modules ?? {}),
  ...packageEntries().map(({ specifier }) => specifier),
];

/** Milliseconds, or 0 for a file that does not exist. */
function modifiedTime(path: string): number {
  return ts.sys.getModifiedTime?.(path)?.getTime() ?? 0;
}
