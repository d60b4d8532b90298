// Node's types: which files every cell needs (what declares globals), and in which file each module is declared. Two thirds of
// the modules come with the globals; the others (http2, inspector, test, zlib, …), a third of all nodes, only with a cell that imports them.
//
// A file is brought into a program by the path of its module; that module is then known by its own declaration in the file, as it
// would be if all had been read.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, posix } from "node:path";

const require = createRequire(import.meta.url);

/** The folder of a package, as TypeScript spells paths. */
const folderOf = (name: string, paths?: string[]): string =>
  dirname(require.resolve(`${name}/package.json`, paths && { paths })).replaceAll("\\", "/");

const home = folderOf("@types/node");
const undici = folderOf("undici-types", [home]);
/** The files for this TypeScript, as package.json's `typesVersions` says. */
const INDEX = `${home}/ts5.6/index.d.ts`;

/** The folders of Node's types. */
export const NODE_TYPES = [`${home}/`, `${undici}/`];

export interface NodeTypes {
  /** Files that declare globals. */
  globals: string[];
  /** The file of each module, as the compiler's `paths`. */
  modules: Record<string, string[]>;
}

export function readNodeTypes(): NodeTypes {
  const globals: string[] = [];
  const modules: NodeTypes["modules"] = {};
  for (const [, path = ""] of readFileSync(INDEX, "utf8").matchAll(/^\/\/\/ <reference path="(.+?)"/gm)) {
    const file = posix.join(dirname(INDEX), path);
    const text = readFileSync(file, "latin1");
    const names = [...text.matchAll(/^\s*declare module ["'](.+?)["']/gm)].map(([, name = ""]) => name);
    for (const name of names) modules[name] ??= [file];
    if (names.length === 0 || /^\s*global \{/m.test(text)) globals.push(file);
  }
  return { globals, modules };
}

/**
 * What would bring in all modules after all: `process.getBuiltinModule` names each (its answer is then `any`), and undici-types the
 * whole package.
 */
export function withoutAllModules(text: string): string {
  return text
    .replace(/(interface BuiltInModule \{)([^}]*)/, (_, head: string, body: string) => {
      return head + body.replace(/typeof import\(.*?\)/g, "any");
    })
    .replace(/^\/\/\/ <reference types="node" \/>$/m, "");
}

/** The files that a file's imports lead to. */
export function importedFiles(path: string, text: string, { modules }: NodeTypes): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
  const specifiers = [...code.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*["']([^"']+)["']/g)].map(
    ([, name = ""]) => name,
  );
  const references = [...text.matchAll(/^\/\/\/ <reference path="(.+?)"/gm)].map(([, name = ""]) => `./${name}`);
  return [...specifiers, ...references].flatMap((name) => {
    if (name === "undici-types") return [`${undici}/index.d.ts`];
    if (!name.startsWith(".")) return modules[name] ?? [];
    const file = posix.join(dirname(path), name);
    return [file.endsWith(".d.ts") ? file : `${file}.d.ts`];
  });
}
