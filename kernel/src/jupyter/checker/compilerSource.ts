// Loading tslab's TypeScript quickly: one minified file (a third of the memory) with V8's code cache of a compiler that has
// already worked (nothing is compiled again), and the library's declarations without comments (half of the time to read them).
// All of it is written when the kernelspec is, for the Node that runs then; where it is
// missing or does not fit (another Node, other flags) the original file is loaded, which only takes longer.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL("./cache/", import.meta.url));
const sourceFile = join(folder, "typescript.min.cjs");
const cacheFile = join(folder, `typescript-node-${process.versions.node}.cache`);

export const compilerPath = require.resolve("@tslab/typescript-for-tslab");

const stamp = `// ${require("@tslab/typescript-for-tslab/package.json").version}\n`;
const libraryFolder = join(folder, "lib");
/** As TypeScript spells paths. */
const libraryHome = dirname(compilerPath).replaceAll("\\", "/");

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

const libraries = new Set(existsSync(libraryFolder) ? readdirSync(libraryFolder) : []);

/** The short copy of one of TypeScript's own libraries, or the path itself. */
export function leanLibrary(path: string): string {
  const name = basename(path);
  return libraries.has(name) && dirname(path) === libraryHome ? join(libraryFolder, name) : path;
}

/** Write the minified file and the short libraries. @returns whether there was anything to do */
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
  mkdirSync(libraryFolder, { recursive: true });
  for (const name of readdirSync(dirname(compilerPath)).filter((each) =>
    /^lib\.(es|decorators).*\.d\.ts$/.test(each),
  )) {
    const text = readFileSync(join(dirname(compilerPath), name), "utf8");
    replaceFile(join(libraryFolder, name), text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\n\s*\n+/g, "\n"));
  }
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

/** A kernel that starts meanwhile sees the old file or the new one, never a half. */
function replaceFile(path: string, content: string | Buffer): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
