import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

/** Every test gives its cell the number that it names. */
const cellNumber = async () => (await kernel.execute("0")).reply.execution_count + 1;

describe("a thrown error", () => {
  test("is an error message and reply with the cell's line and a caret, and stops at the cell", async () => {
    const n = await cellNumber();
    const code =
      "interface P { x: number }\n\nfunction f(p: P): number {\n  throw new RangeError('too far')\n}\nf({ x: 1 })";
    const { reply, messages, traceback } = await kernel.execute(code);
    expect(reply).toMatchObject({ status: "error", ename: "RangeError", evalue: "too far", execution_count: n });
    const published = messages.find((message) => message.header.msg_type === "error");
    expect(published?.content).toEqual({ ename: reply.ename, evalue: reply.evalue, traceback: reply.traceback });
    expect(traceback).toBe(
      [
        "RangeError: too far",
        `[${n}] line 4, column 9`,
        "  2 | ",
        "  3 | function f(p: P): number {",
        "> 4 |   throw new RangeError('too far')",
        "    |         ^",
        "  5 | }",
        "  6 | f({ x: 1 })",
        `    at f ([${n}]:4:9)`,
        `    at [${n}]:6:1`,
      ].join("\n"),
    );
  });

  test("names the line of TypeScript, not of the JavaScript, after imports, types and an await", async () => {
    const n = await cellNumber();
    const { traceback } = await kernel.execute(
      "import { join } from 'path'\ntype T = {\n  a: number\n}\nawait 0\nconst t: T = { a: 1 };  (null as any).x\n",
    );
    expect(traceback).toContain(`[${n}] line 6, column 39`);
    const last = await kernel.execute("const before = 1; module.exports");
    expect(last.traceback).toContain(`[${n + 1}] line 1, column 19`);
  });

  test("in a function of an earlier cell shows that cell", async () => {
    const n = await cellNumber();
    await kernel.execute("function inner(): never {\n  throw new Error('inside')\n}");
    const { traceback } = await kernel.execute("\ninner()");
    expect(traceback).toContain(`[${n}] line 2, column 9`);
    expect(traceback).toContain(`at [${n + 1}]:2:1`);
  });

  test("printed by the user has the same places", async () => {
    const n = await cellNumber();
    const { stderr } = await kernel.execute("type A = 1\n\nconsole.error(new Error('printed'))");
    expect(stderr).toBe(`Error: printed\n    at [${n}]:3:15\n`);
    const traced = await kernel.execute("\nconsole.trace('came by', 1)");
    expect(traced.stderr).toBe(`Trace: came by 1\n    at [${n + 1}]:2:9\n`);
  });

  test("shows its cause; a thrown value that is no error is shown too", async () => {
    const { traceback } = await kernel.execute("throw new Error('outer', { cause: new Error('root') })");
    expect(traceback).toContain("caused by Error: root");
    expect((await kernel.execute("throw { code: 7 }")).reply).toMatchObject({ ename: "Thrown", evalue: "{ code: 7 }" });
    expect((await kernel.execute("throw undefined")).reply.evalue).toBe("undefined");
    expect((await kernel.execute("throw new Proxy({}, { get() { throw 1 } })")).reply.status).toBe("error");
  });

  test("with a text and a span draws the caret under the place in the text", async () => {
    const code = `class NablaError extends Error { name = "NablaError"; code = "shape_mismatch"; span = [5, 6]; text = "W x + b"; hint = "declare b: m" }
throw new NablaError("W x + b: m×1 plus k×1")`;
    const { reply, traceback } = await kernel.execute(code);
    expect(reply).toMatchObject({ ename: "NablaError [shape_mismatch]", evalue: "W x + b: m×1 plus k×1" });
    expect(traceback.split("\n").slice(0, 4)).toEqual([
      "NablaError [shape_mismatch]: W x + b: m×1 plus k×1",
      "    W x + b",
      "         ^",
      "hint: declare b: m",
    ]);
  });

  test("recursion without end is an error like any other", async () => {
    const { reply } = await kernel.execute("function deep(): number { return 1 + deep() }\ndeep()");
    expect(reply).toMatchObject({ ename: "RangeError", evalue: "Maximum call stack size exceeded" });
  });
});

describe("a type error", () => {
  test("is an error with TypeScript's code, its place underlined; nothing runs", async () => {
    const n = await cellNumber();
    const { reply, stdout, traceback } = await kernel.execute("console.log('ran')\n\tconst wrong: string = 5");
    expect(stdout).toBe("");
    expect(reply).toMatchObject({ ename: "TS2322", evalue: "Type 'number' is not assignable to type 'string'." });
    expect(traceback).toBe(
      [
        "TS2322: Type 'number' is not assignable to type 'string'.",
        `  at [${n}]:2:8`,
        "  1 | console.log('ran')",
        "> 2 | \tconst wrong: string = 5",
        "    | \t      ^^^^^",
      ].join("\n"),
    );
  });

  test("in syntax has its code and place", async () => {
    const { reply, traceback } = await kernel.execute("const = 5");
    expect(reply.ename).toMatch(/^TS1\d+$/);
    expect(traceback).toContain("> 1 | const = 5");
  });

  test("in a local file that the cell imports shows the file's line", async () => {
    const { traceback } = await kernel.execute(
      "import { writeFileSync } from 'fs'; writeFileSync('wrong.ts', 'let ok = 1\\nexport const wrong: string = 5\\n')",
    );
    expect(traceback).toBe("");
    expect((await kernel.execute("import { wrong } from './wrong'; wrong")).traceback).toBe(
      [
        "TS2322: Type 'number' is not assignable to type 'string'.",
        "  at wrong.ts:2:14",
        "  1 | let ok = 1",
        "> 2 | export const wrong: string = 5",
        "    |              ^^^^^",
        "  3 | ",
      ].join("\n"),
    );
  });

  test.each([
    ["display(1)", 'It is one import away: import { display } from "nabla/jupyter"'],
    ["prompt('name?')", 'It is one import away: import { input } from "nabla/jupyter"'],
    ["d('x’ x', 'x')", 'It is one import away: import { d } from "nabla"'],
    ["import { z } from '@scope/none/deep'", "Packages are looked up from FOLDER: run npm install @scope/none there."],
    ["import none from './none'", "  at [N]:1:18"],
    ["nowhere", "  at [N]:1:1"],
  ])("of a name that is not there says where it is, if it is anywhere: %s", async (code, said) => {
    const { traceback, reply } = await kernel.execute(code);
    const [, advice] = traceback.split("\n");
    expect(advice?.trim()).toBe(
      said.replace("FOLDER", kernel.folder).replace("[N]", `[${reply.execution_count}]`).trim(),
    );
  });

  test("in a name of Node's full types is none", async () => {
    const code =
      "const b: Buffer = Buffer.from('a'); [b.length, new URL('http://a/b').pathname, process.version.startsWith('v')]";
    expect((await kernel.execute(code)).result["text/plain"]).toBe("[ 1, '/b', true ]");
  });
});

describe("after an error", () => {
  test("cells queued before it are aborted, later ones run", async () => {
    const failing = kernel.start("await new Promise((resolve) => setTimeout(resolve, 200)); throw new Error('stop')");
    const queued = kernel.start("'never'");
    expect((await kernel.outcome(failing)).reply.status).toBe("error");
    expect((await kernel.outcome(queued)).reply.status).toBe("aborted");
    expect((await kernel.execute("'runs'")).reply.status).toBe("ok");
  });

  test("with stop_on_error false nothing is aborted", async () => {
    const failing = kernel.start("await 0; throw new Error('go on')", { stop_on_error: false });
    const queued = kernel.start("'next'");
    await kernel.outcome(failing);
    expect((await kernel.outcome(queued)).reply.status).toBe("ok");
  });
});

test("a cell that does not count has places of its own, and the numbered cell before it keeps its own", async () => {
  const { reply } = await kernel.execute("\nconst faulty = () => { throw new Error('numbered') }\n0");
  const place = `[${reply.execution_count}]:2:30`;
  for (const options of [{ silent: true }, { store_history: false }]) {
    const quiet = await kernel.execute("// quiet\n\n\n  throw new Error('quiet')", options);
    expect(quiet.traceback).toMatch(/^Error: quiet\n\[unnumbered \d+\] line 4, column 9\n/);
    expect(quiet.traceback).toContain("> 4 |   throw new Error('quiet')");
    const wrong = await kernel.execute("let wrong: number = 'text'", options);
    expect(wrong.traceback).toMatch(/at \[unnumbered \d+\]:1:5/);
    const { stdout } = await kernel.execute(
      "try { faulty() } catch (e) { console.log((e as Error).stack) }; const kept = 1",
      options,
    );
    expect(stdout).toContain(`at faulty (${place})`);
    expect((await kernel.execute("kept")).result).toEqual({ "text/plain": "1" });
  }
  const number = "globalThis[Symbol.for('nabla.cell')].cell";
  const unnumbered = await kernel.execute(`console.log(${number})`, { store_history: false });
  expect(unnumbered.stdout).toBe("undefined\n");
  const numbered = await kernel.execute(number);
  expect(numbered.result).toEqual({ "text/plain": String(numbered.reply.execution_count) });
});
