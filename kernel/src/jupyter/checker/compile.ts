// A cell → checked JavaScript, or its errors.
//
// All of Node's types take half a second to read and are read while nobody asks; the short declarations (assets/globals.d.ts) take a
// quarter of that. A cell that is right by the short ones runs; one that is not is left to the full ones, so a name
// that only the full types know is never reported as an error.

import { fileURLToPath } from "node:url";
import type { CellName, Compiled, CompiledCell, LocalFile } from "../protocol.js";
import { toCellFunction } from "./cellModule.js";
import { ts } from "./compiler.js";
import type { Converted, Converter } from "./converter.js";
import { declarationsAfter } from "./declarations.js";
import { diagnosticsError } from "./diagnostics.js";
import type { NodeTypes } from "./nodeTypes.js";
import { prepareCell } from "./prepare.js";
import { createConverter, loadNodeTypes, refreshLocalFiles } from "./typescript.js";

const asset = (name: string): string => fileURLToPath(new URL(`../../../assets/${name}`, import.meta.url));

/** What this Node has and the compiler's own libraries do not. */
const NEWER = [
  asset("node20.d.ts"),
  ...("groupBy" in Object && "union" in Set.prototype ? [asset("node22.d.ts")] : []),
];

/** Until the full types are there. */
const SHORT = [asset("globals.d.ts"), ...NEWER];

/** "Cannot find module": the file or package may have been made since the last look. */
const CANNOT_FIND_MODULE = 2307;

export function createCompiler() {
  let converter = createConverter(SHORT);
  let loading: Generator<void, NodeTypes> | undefined;
  let nodeTypes: NodeTypes | undefined;

  /** Do a part of what the full types need, of some milliseconds. @returns whether they are there */
  function advance(): boolean {
    if (nodeTypes) return true;
    loading ??= loadNodeTypes();
    const { done, value } = loading.next();
    if (!done) return false;
    loading = undefined;
    nodeTypes = value;
    renew();
    return true;
  }

  function complete(): void {
    while (!advance());
  }

  function renew(): void {
    converter.close();
    converter = nodeTypes ? createConverter(NEWER, nodeTypes) : createConverter(SHORT);
  }

  function convert(declarations: string, source: string): Converted {
    refreshLocalFiles();
    const first = converter.convert(declarations, source);
    if (first.diagnostics.length === 0 || first.wrongSyntax) return first;
    if (!nodeTypes) complete();
    else if (first.diagnostics.some(({ code }) => code === CANNOT_FIND_MODULE)) renew();
    else return first;
    return converter.convert(declarations, source);
  }

  function compile(declarations: string, code: string, cell: CellName, expression: boolean): Compiled {
    const source = prepareCell(code);
    const converted = convert(declarations, source);
    if (converted.diagnostics.length > 0) return { error: diagnosticsError(converted.diagnostics, code, cell) };
    const { nested, ...module } = toCellFunction(converted.output ?? "", converted.lastExpressionVar);
    const compiled: CompiledCell = { ...module, files: (converted.sideOutputs ?? []).map(localFile) };
    if (expression) return { compiled, declarations };
    return { compiled, declarations: declarationsAfter(declarations, converted.declOutput ?? "", nested) };
  }

  return {
    compile,
    advance,
    /** A new converter: one that has thrown is left in the middle of its work. */
    renew,
    isFull: (): boolean => nodeTypes !== undefined,
    converter: (): Converter => converter,
  };
}

/** A local `./model.ts` that the cell imports, as a CommonJS module; `path` is where its JavaScript would be. */
function localFile({ path }: { path: string }): LocalFile {
  const stem = path.replace(/\.js$/, "");
  const source = [`${stem}.ts`, `${stem}.tsx`].find((each) => ts.sys.fileExists(each)) ?? path;
  const { outputText, sourceMapText = "" } = ts.transpileModule(ts.sys.readFile(source) ?? "", {
    fileName: source,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      target: ts.ScriptTarget.ES2022,
      jsx: ts.JsxEmit.React,
      experimentalDecorators: true,
      sourceMap: true,
      newLine: ts.NewLineKind.LineFeed,
    },
  });
  return { path, source, text: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ""), map: sourceMapText };
}
