import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

let kernel: Client;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nabla-notebook-"));
  kernel = await startKernel({ cwd: folder });
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});

const shows = async (code: string) => {
  const { reply, result, traceback } = await kernel.execute(code);
  expect(traceback).toBe("");
  expect(reply.status).toBe("ok");
  return result?.["text/plain"];
};

describe("imports", () => {
  test("of Node's modules, statically and dynamically", async () => {
    expect(
      await shows(
        "import { join } from 'node:path'; import fs, { existsSync as there } from 'fs'; [join('a', 'b'), there('/nowhere'), typeof fs.readFileSync]",
      ),
    ).toBe("[ 'a/b', false, 'function' ]");
    expect(await shows("const os = await import('os'); typeof os.cpus")).toBe("'function'");
    expect(await shows("join('c', 'd')")).toBe("'c/d'");
  });

  test("of a local TypeScript file, read again when it changed", async () => {
    writeFileSync(
      join(folder, "model.ts"),
      "export const size: number = 1;\nexport default function twice(n: number) { return 2 * n }",
    );
    expect(await shows("import twice, { size } from './model'; twice(size)")).toBe("2");
    writeFileSync(
      join(folder, "model.ts"),
      "export const size = 'big';\nexport default function twice(n: string) { return n + n }",
    );
    expect(await shows("import twice, { size } from './model'; twice(size)")).toBe("'bigbig'");
    expect(await shows("import again from './model.ts'; again('a')")).toBe("'aa'");
  });

  test("of one more local file leaves the others as they are", async () => {
    writeFileSync(join(folder, "state.ts"), "console.log('state made'); export const state = { count: 0 }");
    writeFileSync(join(folder, "user.ts"), "import { state } from './state'; export const used = () => ++state.count");
    expect((await kernel.execute("import { state } from './state'; state.count = 5")).stdout).toBe("state made\n");
    const { stdout, result } = await kernel.execute("import { used } from './user'; used()");
    expect([stdout, result["text/plain"]]).toEqual(["", "6"]);
  });

  test("of a local file whose code throws show its own line", async () => {
    writeFileSync(
      join(folder, "fails.ts"),
      "interface I { a: number }\n\nexport function fails(i: I): never {\n  throw new Error('in a file')\n}",
    );
    const { traceback } = await kernel.execute("import { fails } from './fails'\n\nfails({ a: 1 })");
    expect(traceback).toMatch(/at fails \(\S+\/fails\.ts:4:9\)/);
    expect(traceback).toMatch(/\[\d+\] line 3, column 1/);
  });

  test("of a local file that awaits outside of functions says what to do instead", async () => {
    writeFileSync(join(folder, "waits.ts"), "export const waited = await Promise.resolve(1)");
    const { reply, traceback } = await kernel.execute("import { waited } from './waits'; waited");
    expect(reply.ename).toBe("TS1308");
    expect(traceback).toContain("put it into an async function, and await that in the cell.");
  });

  test("of JSON, read again when it changed", async () => {
    writeFileSync(join(folder, "data.json"), '{ "rate": 1 }');
    expect(await shows("import data from './data.json'; data.rate")).toBe("1");
    writeFileSync(join(folder, "data.json"), '{ "rate": 2 }');
    expect(await shows("import data from './data.json'; data.rate")).toBe("2");
  });

  test("of ESM-only and CommonJS packages with exports", async () => {
    const put = (name: string, files: Record<string, string>) => {
      mkdirSync(join(folder, "node_modules", name), { recursive: true });
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, "node_modules", name, file), text);
    };
    put("esm-only", {
      "package.json":
        '{ "name": "esm-only", "type": "module", "exports": { ".": { "types": "./i.d.ts", "import": "./i.js" }, "./sub": { "types": "./s.d.ts", "import": "./s.js" } } }',
      "i.js": "export const kind = 'esm'; export default 1;",
      "i.d.ts": "export declare const kind: string; declare const d: number; export default d;",
      "s.js": "export const sub = await Promise.resolve('sub');",
      "s.d.ts": "export declare const sub: string;",
    });
    put("by-node", {
      "package.json":
        '{ "name": "by-node", "exports": { "node": { "types": "./i.d.ts", "default": "./i.js" }, "default": "./none.js" } }',
      "i.js": "exports.kind = 'node';",
      "i.d.ts": "export declare const kind: string;",
    });
    put("common", {
      "package.json": '{ "name": "common", "main": "i.js", "types": "i.d.ts" }',
      "i.js": "exports.kind = 'cjs';",
      "i.d.ts": "export declare const kind: string;",
    });
    expect(
      await shows("import one, { kind } from 'esm-only'; import { sub } from 'esm-only/sub'; [one, kind, sub]"),
    ).toBe("[ 1, 'esm', 'sub' ]");
    expect(
      await shows("import common, * as all from 'common'; [common.kind, all.kind, (await import('esm-only')).kind]"),
    ).toBe("[ 'cjs', 'cjs', 'esm' ]");
  });

  test("of a package whose exports have the condition node, and of one without types", async () => {
    mkdirSync(join(folder, "node_modules", "untyped"), { recursive: true });
    writeFileSync(
      join(folder, "node_modules", "untyped", "index.js"),
      "module.exports = () => 7; module.exports.v = 1",
    );
    expect(await shows("import { kind as byNode } from 'by-node'; byNode")).toBe("'node'");
    expect(await shows("import untyped, { v } from 'untyped'; [untyped(), v]")).toBe("[ 7, 1 ]");
  });

  test("that do not exist say so", async () => {
    const { reply, traceback } = await kernel.execute("import x from 'no-such-package'");
    expect(reply.ename).toBe("TS2307");
    expect(traceback).toContain("Cannot find module 'no-such-package'");
  });

  test("of this package work from any folder, with types, as one instance", async () => {
    expect(await shows("import { display } from 'nabla/jupyter'; typeof display")).toBe("'function'");
    const wrong = await kernel.execute("import { nothing } from 'nabla/jupyter'");
    expect(wrong.reply.ename).toBe("TS2305");
    expect(
      await shows(
        "const one = await import('nabla/jupyter'); const two = await import('nabla/jupyter'); one.display === two.display && one.display === display",
      ),
    ).toBe("true");
    expect(await shows("globalThis[Symbol.for('nabla.cell')].code.startsWith('globalThis')")).toBe("true");
  });
});
