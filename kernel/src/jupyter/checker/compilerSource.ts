// Loading tslab's TypeScript quickly: one minified file (a third of the memory) with V8's code cache of a compiler that has
// already worked (nothing is compiled again). It is written when the kernelspec is, for the Node that runs then; where it is
// missing or does not fit (another Node, other flags) the original file is loaded, which only takes longer.

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { dirname, join } from "node:path";
import vm from "node:vm";
import { cacheFolder, compilerPath, replaceFile } from "./cacheFolder.js";
import { writeLibraries } from "./libraries.js";

const require = createRequire(import.meta.url);
const sourceFile = join(cacheFolder, "typescript.min.cjs");
const cacheFile = join(cacheFolder, `typescript-node-${process.versions.node}.cache`);

/** The last number is that of the form of what is written. */
const stamp = `// ${require("@tslab/typescript-for-tslab/package.json").version} 4\n`;

let script: vm.Script | undefined;

/** TypeScript's module, also put into the module cache under its own path, where tslab will find it. */
export function loadCompiler(): unknown {
  const source = readMinified();
  if (source === undefined) return require(compilerPath);
  const cachedData = existsSync(cacheFile) ? readFileSync(cacheFile) : undefined;
  script = new vm.Script(source, { filename: compilerPath, cachedData });
  const wrapper = script.runInThisContext() as (...values: unknown[]) => void;
  const module = new Module(compilerPath);
  module.filename = compilerPath;
  module.loaded = true;
  require.cache[compilerPath] = module;
  // Its own path, so that it finds its lib files.
  wrapper.call(
    module.exports,
    module.exports,
    createRequire(compilerPath),
    module,
    compilerPath,
    dirname(compilerPath),
  );
  return module.exports;
}

/** The minified file, unless it is of another version. */
function readMinified(): string | undefined {
  const text = existsSync(sourceFile) ? readFileSync(sourceFile, "latin1") : "";
  return text.startsWith(stamp) ? text : undefined;
}

/** Write the minified file and the merged libraries. @returns whether there was anything to do */
export async function writeMinified(): Promise<boolean> {
  if (readMinified() !== undefined) return false;
  const { transform } = await import("esbuild");
  const source = readFileSync(compilerPath, "utf8");
  // ASCII only: V8 keeps such a text in one byte a character.
  const { code } = await transform(source, {
    minify: true,
    charset: "ascii",
    legalComments: "none",
    target: "node20",
  });
  mkdirSync(cacheFolder, { recursive: true });
  writeLibraries(require(compilerPath) as { libs: string[] });
  replaceFile(sourceFile, stamp + Module.wrap(code));
  return true;
}

/** Write the code cache of the compiler as it is now, with every function that it has used so far. */
export function writeCodeCache(): void {
  if (script) replaceFile(cacheFile, script.createCachedData());
}

export function hasCodeCache(): boolean {
  return existsSync(cacheFile);
}
