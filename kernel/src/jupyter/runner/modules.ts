// What a cell can import: this package from any folder, local TypeScript files, packages of the notebook's folder in either
// module system, Node's own modules.
//
// A cell's imports are loaded before it runs. `require` is tried first; what it refuses (an ESM-only package, or one whose
// `exports` know only "import") is loaded by a dynamic import and then given to the same synchronous call.

import { createRequire, Module } from "node:module";
import { dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { types } from "node:util";
import { packageEntries } from "../packageFace.js";
import type { LocalFile } from "../protocol.js";
import { rememberFile } from "./positions.js";

interface CommonJsModule {
  exports: unknown;
  filename: string;
  paths: string[];
  require: (id: string) => unknown;
  _compile(code: string, filename: string): void;
}
const ModuleClass = Module as unknown as {
  new (id: string): CommonJsModule;
  _nodeModulePaths(directory: string): string[];
};

export interface Modules {
  /** Load everything that `require` could not load synchronously. Undefined when there is nothing to wait for. */
  prepare(specifiers: string[]): Promise<void> | undefined;
  /** Local files that were compiled for a cell; one that changed is loaded again. */
  update(files: LocalFile[]): void;
  require: NodeRequire;
  /** The namespace of a module, as an ES import sees it. */
  named(specifier: string): Record<string, unknown>;
  /** `import(specifier)` of a cell. */
  import(specifier: string): Promise<unknown>;
}

/** @param folder the notebook's: imports resolve from there */
export function createModules(folder: string): Modules {
  const fromNotebook = createRequire(join(folder, "notebook.js"));
  const own = new Map(packageEntries().map(({ specifier, url }) => [specifier, url]));
  const preloaded = new Map<string, unknown>();
  const fileTexts = new Map<string, string>();
  const fileModules = new Map<string, CommonJsModule>();

  function localPath(directory: string, specifier: string): string | undefined {
    if (!/^\.{0,2}\//.test(specifier)) return undefined;
    const path = resolve(directory, specifier);
    const candidates = [path.replace(/\.[cm]?tsx?$/, ".js"), `${path}.js`, join(path, "index.js")];
    return candidates.find((candidate) => fileTexts.has(candidate));
  }

  function loadLocal(path: string): unknown {
    const loaded = fileModules.get(path);
    if (loaded) return loaded.exports;
    const module = new ModuleClass(path);
    module.filename = path;
    module.paths = ModuleClass._nodeModulePaths(dirname(path));
    const plain = createRequire(path);
    module.require = (id) => load(id, dirname(path), plain);
    fileModules.set(path, module);
    try {
      module._compile(fileTexts.get(path) ?? "", path);
    } catch (cause) {
      fileModules.delete(path);
      throw cause;
    }
    return module.exports;
  }

  function load(specifier: string, directory: string, plain: NodeRequire): unknown {
    const local = localPath(directory, specifier);
    if (local !== undefined) return loadLocal(local);
    if (preloaded.has(specifier)) return preloaded.get(specifier);
    if (extname(specifier) === ".json") delete plain.cache[plain.resolve(specifier)];
    return plain(specifier);
  }

  const require = Object.assign((id: string) => load(id, folder, fromNotebook), fromNotebook) as NodeRequire;

  async function preload(specifier: string): Promise<void> {
    preloaded.set(specifier, await import(own.get(specifier) ?? resolveForImport(specifier)));
  }

  /** Node resolves an import from the importing file; cells have none, so the package is looked up from the notebook's folder. */
  function resolveForImport(specifier: string): string {
    if (specifier.startsWith("node:")) return specifier;
    try {
      return pathToFileURL(fromNotebook.resolve(specifier)).href;
    } catch (cause) {
      const found = resolvePackage(specifier, folder);
      if (found) return found;
      throw cause;
    }
  }

  function needsImport(specifier: string): boolean {
    if (preloaded.has(specifier)) return false;
    if (own.has(specifier)) return true;
    if (localPath(folder, specifier) !== undefined) return false;
    try {
      load(specifier, folder, fromNotebook);
      return false;
    } catch (cause) {
      // Anything else (a module that is not there, one that throws) is the cell's own error and comes up where it imports.
      const code = (cause as NodeJS.ErrnoException).code;
      return (
        code === "ERR_REQUIRE_ESM" || code === "ERR_PACKAGE_PATH_NOT_EXPORTED" || code === "ERR_REQUIRE_ASYNC_MODULE"
      );
    }
  }

  return {
    prepare(specifiers) {
      const missing = specifiers.filter(needsImport);
      return missing.length === 0 ? undefined : Promise.all(missing.map(preload)).then(() => undefined);
    },
    update(files) {
      const changed = files.filter(({ path, text }) => fileTexts.get(path) !== text);
      // A file may be used by others that did not change: all of them are loaded again.
      if (changed.some(({ path }) => fileTexts.has(path))) fileModules.clear();
      for (const file of changed) {
        fileTexts.set(file.path, file.text);
        rememberFile(file);
      }
    },
    require,
    named: (specifier) => asNamespace(require(specifier)),
    async import(specifier) {
      await this.prepare([specifier]);
      return asNamespace(require(specifier));
    },
  };
}

/** A CommonJS module as `import * as`, `import d` and `import { a }` see it: its exports, and itself as `default`. */
function asNamespace(exports: unknown): Record<string, unknown> {
  if (types.isModuleNamespaceObject(exports) || (isObject(exports) && exports.__esModule === true))
    return exports as Record<string, unknown>;
  if (!isObject(exports)) return { default: exports };
  return new Proxy(exports, {
    get: (target, key) => (key === "default" && !(key in target) ? target : Reflect.get(target, key)),
    has: (target, key) => key === "default" || key in target,
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** The ES module entry of a package in a `node_modules` above `folder`, by its `exports` under the conditions of `import`. */
function resolvePackage(specifier: string, folder: string): string | undefined {
  const [, name = specifier, path = ""] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [];
  for (const directory of ModuleClass._nodeModulePaths(folder)) {
    const root = join(directory, name);
    const manifest = readManifest(join(root, "package.json"));
    const target = manifest && conditional(exportOf(manifest.exports, `.${path}`));
    if (target) return pathToFileURL(join(root, target)).href;
  }
  return undefined;
}

const readJson = createRequire(import.meta.url);

function readManifest(path: string): { exports?: unknown } | undefined {
  try {
    return readJson(path) as { exports?: unknown };
  } catch {
    return undefined;
  }
}

function exportOf(exports: unknown, path: string): unknown {
  if (!isObject(exports)) return path === "." ? exports : undefined;
  const keyed = Object.keys(exports).some((key) => key.startsWith("."));
  if (!keyed) return path === "." ? exports : undefined;
  if (path in exports) return exports[path];
  for (const [pattern, target] of Object.entries(exports)) {
    const [before, after] = pattern.split("*");
    if (after === undefined || before === undefined || !path.startsWith(before) || !path.endsWith(after)) continue;
    const middle = path.slice(before.length, path.length - after.length);
    return JSON.parse(JSON.stringify(target).replaceAll("*", middle));
  }
  return undefined;
}

function conditional(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (!isObject(target)) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    if (!["import", "node", "default", "module-sync"].includes(condition)) continue;
    const found = conditional(inner);
    if (found) return found;
  }
  return undefined;
}
