// A cell → checked JavaScript, or its errors.
//
// TypeScript with all of Node's types takes a second and more to get ready; the short declarations (assets/globals.d.ts) take a
// quarter of that. A cell that is right by the short ones runs; one that is not is left to the full ones, so a name
// that only the full types know is never reported as an error.

import { fileURLToPath } from "node:url";
import type { CellName, Compiled, CompiledCell, LocalFile } from "../protocol.js";
import { toCellFunction } from "./cellModule.js";
import { ts } from "./compiler.js";
import { declarationsAfter } from "./declarations.js";
import { diagnosticsError } from "./diagnostics.js";
import { prepareCell } from "./prepare.js";
import { type Converted, type Converter, createConverter, refreshLocalFiles } from "./typescript.js";

const asset = (name: string): string => fileURLToPath(new URL(`../../../assets/${name}`, import.meta.url));

/** What this Node has and the compiler's own libraries do not. */
const NEWER = [
  asset("node20.d.ts"),
  ...("groupBy" in Object && "union" in Set.prototype ? [asset("node22.d.ts")] : []),
];

/** "Cannot find module": the file or package may have been made since the last look. */
const CANNOT_FIND_MODULE = 2307;

/** @param full with all of Node's types */
export function createCompiler(full: boolean) {
  const types = full ? NEWER : [asset("globals.d.ts"), ...NEWER];
  let converter = createConverter({ full, types });

  function convert(declarations: string, source: string): Converted {
    refreshLocalFiles();
    const first = converter.convert(declarations, source);
    if (!full || !first.diagnostics.some(({ code }) => code === CANNOT_FIND_MODULE)) return first;
    converter.close();
    converter = createConverter({ full, types });
    return converter.convert(declarations, source);
  }

  /** @returns `undefined` when only the full types can tell whether the cell is right */
  function compile(declarations: string, code: string, cell: CellName, expression: boolean): Compiled | undefined {
    const source = prepareCell(code);
    const converted = convert(declarations, source);
    if (converted.diagnostics.length > 0)
      return full ? { error: diagnosticsError(converted.diagnostics, code, cell) } : undefined;
    const { nested, ...module } = toCellFunction(converted.output ?? "", converted.lastExpressionVar);
    const compiled: CompiledCell = { ...module, files: (converted.sideOutputs ?? []).map(localFile) };
    if (expression) return { compiled, declarations };
    return { compiled, declarations: declarationsAfter(declarations, converted.declOutput ?? "", nested) };
  }

  return { compile, converter: (): Converter => converter };
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
