import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { TYPESCRIPT_VERSION } from "../../kernel/dist/jupyter/transport/info.js";

// The kernel replaces some things of the TypeScript that tslab's converter loads (checker/typescript.ts). Each test says in its
// title what would have to be looked at again when tslab or its TypeScript changes under us.

const require = createRequire(new URL("../../kernel/dist/jupyter/main.js", import.meta.url));
const versionOf = (name: string): string => require(`${name}/package.json`).version;
const CONVERTER = "tslab/dist/converter.js";
const COMPILER = "@tslab/typescript-for-tslab";
const converter = readFileSync(require.resolve(CONVERTER), "utf8");

test("tslab is the version whose converter was read: after an upgrade read converter.js again, then change this number", () => {
  expect(versionOf("tslab")).toBe("1.0.22");
});

test("its TypeScript is the version that kernel_info states", () => {
  expect(versionOf("@tslab/typescript-for-tslab")).toBe(TYPESCRIPT_VERSION);
});

test.each([
  ["it loads TypeScript under the name whose cache entry we replace", 'require("@tslab/typescript-for-tslab")'],
  ["it makes its host where we set compiler options", "ts.createWatchCompilerHost("],
  ["its CommonJS step is the function that we skip", "ts.transpileModule("],
  ["it asks for errors by the function that we filter", "ts.getPreEmitDiagnosticsOfFiles("],
  ["it watches local files by the function that we replace", "ts.sys.watchFile("],
  ["it hands the program to the hook that we wrap", "host.afterProgramCreate ="],
  ["it stores the last expression under a name that it reports", "lastExpressionVar"],
  ["earlier declarations are in the file that shorthand properties are looked up in", '"__prev__.d.ts"'],
  ["the cell has the name by which completion finds it", '"__tslab__.ts"'],
  [
    "it exports what the cell's file lists as its locals, where `declare global` is taken away",
    "const locals = srcFile.locals;",
  ],
  ["it hands out the compiler's own list beside the names that it offers", "original: info"],
  [
    "it puts one line before the cell, which positions take off again",
    'const srcPrefix = "export {};" + ts.sys.newLine',
  ],
])("%s", (_, text) => {
  expect(converter.includes(text), `${CONVERTER} no longer has ${text}: see checker/typescript.ts`).toBe(true);
});

test.each([
  ["names are explained in completions by the compiler's own details", "Completions.getCompletionEntryDetails", 9],
  [
    "tslab's own entry of the compiler, whose list those details belong to",
    "Completions.getCompletionsAtPositionForTslab",
    9,
  ],
  ["the errors of files, of which those of loose checking are taken", "getPreEmitDiagnosticsOfFiles", 3],
  ["a cell's names are learnt by binding it, without a type checker", "bindSourceFile", 2],
])("its TypeScript has what is not in the declarations: %s", (_, path, parameters) => {
  const compiler = require(COMPILER);
  const found = path.split(".").reduce((object, name) => object?.[name], compiler);
  expect([path, typeof found, found?.length]).toEqual([path, "function", parameters]);
});
