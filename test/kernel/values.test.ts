import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

const shows = async (code: string) => {
  const { reply, result, traceback } = await kernel.execute(code);
  expect([traceback, reply.status]).toEqual(["", "ok"]);
  return result;
};
const text = async (code: string) => (await shows(code))?.["text/plain"];

const SEE_ALL =
  "console.log prints a whole text, console.dir(value, { depth: null, maxArrayLength: null }) a whole object";

describe("the last expression", () => {
  test("that is a table, a matrix, a picture or a figure has the form for it, and display shows the same", async () => {
    const table = await shows("const people = [{ name: 'ada', age: 36 }, { name: 'alan', age: 41 }]; people");
    expect(table["text/plain"]).toBe("2 rows\nname  age\n────  ───\nada    36\nalan   41");
    expect(table["text/html"]).toContain("<table");
    expect(await text("[[1, 2], [3, 4]]")).toBe("2×2\n1  2\n3  4");
    expect(await text("[[[1, 2]], [[3, 4]]]")).toBe("2×1×2\n[0]\n1  2\n[1]\n3  4");
    expect(Object.keys(await shows("Buffer.from('89504e470d0a1a0a', 'hex')"))).toEqual(["image/png", "text/plain"]);
    expect(Object.keys(await shows("({ data: [{ type: 'bar', y: [1] }], layout: {} })"))).toEqual([
      "application/vnd.plotly.v1+json",
      "text/html",
      "text/plain",
    ]);
    const { displays } = await kernel.execute("import { display } from 'nabla/jupyter'; display(people); 0");
    expect(displays[0].data).toEqual(table);
  });

  test.each([
    ["null", "null"],
    ["new URL('http://a.b/c').href", "'http://a.b/c'"],
    ["new Date(0)", "1970-01-01T00:00:00.000Z"],
    ["new Set([1, 'a'])", "Set(2) { 1, 'a' }"],
    ["new (class Point { x = 1; #y = 2 })()", "Point { x: 1 }"],
    ["Promise.resolve([1])", "[ 1 ]"],
    ["Symbol('s')", "Symbol(s)"],
    ["({ get far() { throw new Error('asked') } })", "{ far: [Getter] }"],
    ["const ring: any = { a: 1 }; ring.self = ring; ring", "<ref *1> { a: 1, self: [Circular *1] }"],
    ["new Proxy({ a: 1 }, {})", "{ a: 1 }"],
    ["new Proxy({ a: 1 }, { get() { throw new Error('asked') } })", "{ a: 1 }"],
  ])("%s", async (code, shown) => {
    expect(await text(code)).toBe(shown);
  });

  test("that is a proxy which answers every name is shown, not awaited or asked", async () => {
    expect(await text("new Proxy({ a: 1 }, { get: () => () => 'anything' }) as object")).toBe("{ a: 1 }");
  });

  test("that is an error, which nobody threw, is shown with its stack", async () => {
    const { reply, result } = await kernel.execute("\nnew RangeError('a value')");
    expect(result["text/plain"]).toBe(`RangeError: a value\n    at [${reply.execution_count}]:2:1`);
  });

  test("that is long is folded, with a count of what is left out", async () => {
    expect(await text("'x'.repeat(112_345)")).toBe(`'${"x".repeat(100_000)}'\n… 12,345 more characters: ${SEE_ALL}`);
    expect(await text("Array.from({ length: 500 }, (_, i) => i)")).toMatch(/\.\.\. 400 more items\n\]$/);
    const long = await text("Array.from({ length: 100 }, () => ({ k: ['y'.repeat(2000)] }))");
    expect(long).toMatch(/\n… 10\d,\d{3} more characters: console\.log prints/);
    // The advice holds: nothing is left out.
    expect((await kernel.execute("console.log('x'.repeat(112_345))")).stdout).toHaveLength(112_346);
    const whole =
      "console.dir(Array.from({ length: 5000 }, (_, i) => ({ a: { b: { c: { d: { e: { f: i } } } } } })), { depth: null, maxArrayLength: null })";
    expect((await kernel.execute(whole)).stdout).toMatch(/f: 4999 /);
    expect(long.length).toBeLessThan(100_200);
  });

  test("whose own code throws when it is shown is told", async () => {
    const code = "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no look') } })";
    expect(await text(code)).toBe("[a value that cannot be shown: no look]");
  });
});
