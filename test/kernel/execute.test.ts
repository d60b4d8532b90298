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

describe("a cell", () => {
  test("shows its last expression as execute_result and counts", async () => {
    const { reply, result, messages } = await kernel.execute("const a = 6\na * 7");
    expect(reply).toMatchObject({ status: "ok", execution_count: 1, payload: [], user_expressions: {} });
    expect(result).toEqual({ "text/plain": "42" });
    const types = messages.map((message) => message.header.msg_type);
    expect(types).toEqual(["status", "execute_input", "execute_result", "status"]);
  });

  test("shows nothing for undefined, and the last expression also before empty statements", async () => {
    expect(await shows("undefined")).toBeUndefined();
    expect(await shows("41 + 1;;")).toBe("42");
  });

  test("without code is answered and does nothing", async () => {
    expect((await kernel.execute("  \n")).reply.status).toBe("ok");
  });

  test("that is silent publishes no input or result and does not count", async () => {
    const before = (await kernel.execute("0")).reply.execution_count;
    const { reply, messages } = await kernel.execute("'unseen'", { silent: true });
    expect(reply.execution_count).toBe(before);
    expect(messages.map((message) => message.header.msg_type)).toEqual(["status", "status"]);
  });

  test("gives user_expressions, each with its own outcome", async () => {
    const wanted = { sum: "a + 1", wrong: "a.nope" };
    const { reply } = await kernel.execute("a", { user_expressions: wanted });
    expect(reply.user_expressions.sum).toEqual({ status: "ok", data: { "text/plain": "7" }, metadata: {} });
    expect(reply.user_expressions.wrong).toMatchObject({ status: "error", ename: "TS2339" });
  });
});

describe("names of earlier cells", () => {
  test("are seen, assigned and redeclared with another type", async () => {
    await shows("let n = 1; const fixed = 'f'; function seen() { return n }; class K { v = n }; enum E { A = 3 }");
    expect(await shows("n = 5; n++; [n, fixed, seen(), new K().v, E.A]")).toBe("[ 6, 'f', 6, 6, 3 ]");
    expect(await shows("const n = 'text'; n.length")).toBe("4");
    expect(await shows("n")).toBe("'text'");
  });

  test("work in shorthand properties and destructuring assignments", async () => {
    await shows("let x = 1, y = 2");
    expect(await shows("({ x, y })")).toBe("{ x: 1, y: 2 }");
    expect(await shows("({ x, z: y } = { x: 7, z: 8 }); [x, y] = [y, x]; ({ x, y })")).toBe("{ x: 8, y: 7 }");
  });

  test("from destructuring, var in a block, interfaces and exports are kept", async () => {
    await shows(
      "const { p, q: [r] } = { p: 1, q: [2] }; if (true) { var w = 3 }; interface I { v: number }\nexport const e = 4",
    );
    expect(await shows("const i: I = { v: p + r + w + e }; i.v")).toBe("10");
  });

  test("of namespaces are kept over several cells, and can be declared again", async () => {
    await shows("namespace Space { export const q = 1 }");
    await shows("0");
    expect(await shows("Space.q")).toBe("1");
    await shows("const Space = 'text'");
    expect(await shows("Space.length")).toBe("4");
  });

  test("survive a cell that throws, as far as it came", async () => {
    await shows("let kept = 'old'");
    const { reply } = await kernel.execute("const before = 1; throw new Error('stop'); const kept = 2, after = 3");
    expect(reply).toMatchObject({ status: "error", ename: "Error", evalue: "stop" });
    expect(await shows("before")).toBe("1");
    expect(await shows("kept")).toBe("'old'");
    const missing = await kernel.execute("after");
    expect(missing.reply.evalue).toMatch(/^after is declared in \[\d+\], which stopped before giving it a value$/);
    expect(await shows("const after = 9; after")).toBe("9");
  });
});

describe("asynchronous code", () => {
  test("awaits at top level, iterates with for await, shows a promise's value", async () => {
    expect(await shows("const v = await Promise.resolve(3); v + 1")).toBe("4");
    expect(await shows("let total = 0; for await (const i of [1, 2]) total += i; total")).toBe("3");
    expect(await shows("Promise.resolve('value')")).toBe("'value'");
  });

  test("prints late under the cell that started it", async () => {
    const first = await kernel.execute("setTimeout(() => console.log('late'), 150); 0");
    const second = await kernel.execute(
      "await new Promise((resolve) => setTimeout(resolve, 300)); console.log('second')",
    );
    expect(second.stdout).toBe("second\n");
    const late = await kernel.find("iopub", ({ content }) => content.text === "late\n", "late output");
    expect(late.parent_header.msg_id).toBe(first.id);
  });
});

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

  test("of a local file whose code throws show its own line", async () => {
    writeFileSync(
      join(folder, "fails.ts"),
      "interface I { a: number }\n\nexport function fails(i: I): never {\n  throw new Error('in a file')\n}",
    );
    const { traceback } = await kernel.execute("import { fails } from './fails'\n\nfails({ a: 1 })");
    expect(traceback).toMatch(/at fails \(\S+\/fails\.ts:4:9\)/);
    expect(traceback).toMatch(/\[\d+\] line 3, column 1/);
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

describe("output", () => {
  test("of both streams arrives whole and in order, merged into few messages", async () => {
    const { stdout, stderr, messages } = await kernel.execute(
      "for (let i = 0; i < 20000; i++) console.log(i)\nconsole.error('end')",
    );
    expect(stdout).toBe(Array.from({ length: 20000 }, (_, i) => `${i}\n`).join(""));
    expect(stderr).toBe("end\n");
    expect(messages.length).toBeLessThan(200);
  });

  test("comes before an endless loop is over", async () => {
    const id = kernel.start("console.log('before'); while (true) {}");
    await kernel.find("iopub", ({ content }) => content.text === "before\n", "output");
    await kernel.interrupt();
    expect((await kernel.outcome(id)).reply.status).toBe("error");
  });

  test("of an object is its own MIME bundle, also when that takes time", async () => {
    const object = (method: string) =>
      `({ ${method}[Symbol.for('Jupyter.display')]() { return { 'text/html': '<b>1</b>', 'text/plain': '1' } } })`;
    expect((await kernel.execute(object(""))).result).toEqual({ "text/html": "<b>1</b>", "text/plain": "1" });
    expect((await kernel.execute(object("async "))).result).toEqual({ "text/html": "<b>1</b>", "text/plain": "1" });
  });

  test("of an object whose display throws, or whose getters do, is told", async () => {
    const { result, reply } = await kernel.execute(
      "({ [Symbol.for('Jupyter.display')]() { throw new Error('no show') } })",
    );
    expect(reply.status).toBe("ok");
    expect(result["text/plain"]).toContain("its Jupyter.display threw no show");
    expect((await kernel.execute("new Proxy({}, { get() { throw new Error('hostile') } })")).reply.status).toBe("ok");
    expect((await kernel.execute("const ring: any = {}; ring.self = ring; ring")).result["text/plain"]).toContain(
      "[Circular *1]",
    );
  });

  test("of text with a lone surrogate is still valid UTF-8", async () => {
    expect((await kernel.execute("console.log('\\ud83d!', '\\\\ud83d', '😀')")).stdout).toBe("\ufffd! \\ud83d 😀\n");
  });
});

test("two clients see the same cell, each gets its own reply", async () => {
  const other = await kernel.another();
  const id = kernel.start("'seen by both'");
  await other.idle(id);
  expect(other.published(id).some((message) => message.header.msg_type === "execute_result")).toBe(true);
  expect((await kernel.outcome(id)).result["text/plain"]).toBe("'seen by both'");
  expect((await other.execute("40 + 2")).result["text/plain"]).toBe("42");
  other.close();
});

test("memory stays flat over cells that declare the same names", async () => {
  const cell = "let grown = [1, 2, 3].map((x) => x * 2); function f() { return grown }; ({ v: f() })";
  const memory = async () => Number((await kernel.execute("process.memoryUsage().rss / 2 ** 20")).result["text/plain"]);
  const run = async (count: number) => {
    for (let i = 0; i < count; i++) await kernel.execute(cell);
  };
  await run(50);
  const before = await memory();
  await run(150);
  expect((await memory()) - before).toBeLessThan(80);
});

describe("nabla/jupyter", () => {
  test("display shows, updates and clears", async () => {
    const { displays, messages } = await kernel.execute(
      "import { clearOutput, display as show } from 'nabla/jupyter'\nconst h = show({ 'text/html': 'one' }, { displayId: 'd1' })\nh.update('two'); clearOutput({ wait: true })",
    );
    expect(displays).toEqual([{ data: { "text/html": "one" }, metadata: {}, transient: { display_id: "d1" } }]);
    const update = messages.find((message) => message.header.msg_type === "update_display_data");
    expect(update?.content).toEqual({ data: { "text/plain": "'two'" }, metadata: {}, transient: { display_id: "d1" } });
    expect(messages.find((message) => message.header.msg_type === "clear_output")?.content).toEqual({ wait: true });
  });

  test("a slow display belongs to its cell and keeps its order", async () => {
    const code =
      "const slow = { async [Symbol.for('Jupyter.display')]() { await new Promise((r) => setTimeout(r, 100)); return { 'text/plain': 'slow' } } }\nconst s = show(slow); s.update('after'); 0";
    const { messages } = await kernel.execute(code);
    const types = messages.map((message) => message.header.msg_type).filter((type) => /display|result/.test(type));
    expect(types).toEqual(["display_data", "update_display_data", "execute_result"]);
  });

  test("page gives a payload, progress draws a bar", async () => {
    const { reply } = await kernel.execute("import { page, progress } from 'nabla/jupyter'; page('long text')");
    expect(reply.payload).toEqual([{ source: "page", data: { "text/plain": "long text" }, start: 0 }]);
    const { messages } = await kernel.execute(
      "const bar = progress(4, 'epochs'); for (let i = 0; i < 4; i++) bar.step()",
    );
    expect(messages.at(-2)?.content.data["text/plain"]).toMatch(/^█+ 4\/4 epochs$/);
  });

  test("input asks the client of the cell, and refuses where no client can answer", async () => {
    const id = kernel.start("import { input } from 'nabla/jupyter'; const name = input('name? '); name.toUpperCase()", {
      allow_stdin: true,
    });
    const question = await kernel.find("stdin", (message) => message.parent_header.msg_id === id, "question");
    expect(question.content).toEqual({ prompt: "name? ", password: false });
    kernel.send("stdin", "input_reply", { value: "ada" });
    expect((await kernel.outcome(id)).result["text/plain"]).toBe("'ADA'");
    expect((await kernel.execute("input('?')")).reply.evalue).toContain("does not let the kernel ask");
  });
});
