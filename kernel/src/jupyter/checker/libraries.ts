// TypeScript's own libraries merged into one text: what `lib.es2023.d.ts` refers to stands in it, and those sixty files are
// empty. With every program of every cell the compiler looks at all files again and merges their globals.
// Written when the kernelspec is (compilerSource.ts); where it is missing the original files are read.

import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cacheFolder, compilerPath, replaceFile } from "./cacheFolder.js";
import { quietened } from "./quietened.js";

/** What the oldest Node that runs the kernel has. */
export const ROOT = "lib.es2023.d.ts";
const REFERENCE = /^\/\/\/ <reference lib="(.+?)" \/>$/gm;

const home = dirname(compilerPath);
/** As TypeScript spells paths. */
const homeInTypeScript = home.replaceAll("\\", "/");

const folder = join(cacheFolder, "lib");
const merged = new Set(existsSync(folder) ? readdirSync(folder) : []);

/** The merged copy of one of TypeScript's own libraries. */
export function mergedLibrary(path: string): string | undefined {
  const name = basename(path);
  return merged.has(name) && dirname(path) === homeInTypeScript ? join(folder, name) : undefined;
}

/** @param order the compiler's names of its libraries, in the order in which it merges them */
export function writeLibraries({ libs: order }: { libs: string[] }): void {
  const names = [...referred(ROOT)].sort((a, b) => place(a, order) - place(b, order));
  const parts = names.map((name) => read(name).replace(/^\/\/\/ <reference .*$/gm, ""));
  const text = quietened(`/// <reference no-default-lib="true"/>\n${parts.join("\n")}`);
  mkdirSync(folder, { recursive: true });
  for (const name of names) replaceFile(join(folder, name), name === ROOT ? text : "");
}

/** A library and all that it refers to. */
function referred(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, inner] of read(name).matchAll(REFERENCE)) referred(`lib.${inner}.d.ts`, found);
  return found;
}

/** Members of an interface that stands in several files are overloads in the order of the files. */
function place(name: string, order: string[]): number {
  const at = order.indexOf(name.slice("lib.".length, -".d.ts".length));
  return at < 0 ? order.length : at;
}

function read(name: string): string {
  return readFileSync(join(home, name), "utf8").replaceAll("\r\n", "\n");
}
