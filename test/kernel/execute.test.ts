import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

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

  test("stay when the same cell is run again and again, and again with an error between", async () => {
    for (const code of ["let rerun = 1", "let rerun = 1", "let rerun = 1", "let rerun: number = ''", "let rerun = 1"])
      await kernel.execute(code);
    expect(await shows("rerun++; rerun")).toBe("2");
    for (let i = 0; i < 3; i++) expect(await shows("const again = [rerun]; again")).toBe("[ 2 ]");
    expect(await shows("again")).toBe("[ 2 ]");
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

test("a call with a name of an earlier const and nothing after it is a statement like any other", async () => {
  await shows("const told = 7");
  for (const code of ["console.log('hi', told)", "console.log('hi', told);", "void console.log('hi', told)"]) {
    const { reply, stdout } = await kernel.execute(code);
    expect({ status: reply.status, stdout }).toEqual({ status: "ok", stdout: "hi 7\n" });
  }
  expect((await kernel.execute("if (told) console.log('hi', told)")).stdout).toBe("hi 7\n");
  expect((await kernel.execute("return told")).reply.ename).toBe("TS1108");
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
