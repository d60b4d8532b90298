// What a cell says when something is wrong with it, and what it leaves behind.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startKernel } from "../kernel/client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.execute('import { conventions, d, expr, symbols } from "nabla";');
});
afterAll(() => kernel.stop());

const run = (code: string) => kernel.execute(code);

describe("an error of the engine", () => {
  test("has the caret under the place in the text, both shapes, what to write instead, and the line of the cell", async () => {
    await run('const { A, u } = symbols("A: p×q, u: p");');
    const { reply, traceback } = await run('const half = 1;\nd("‖A u‖²", "A")');
    const n = reply.execution_count;
    expect(traceback).toBe(
      [
        "NablaError [shape_mismatch]: matrix product: expected the columns of the left to equal the rows of the right, got p×q and p×1",
        "    ‖A u‖²",
        "     ^^^",
        "hint: did you mean A'*u?",
        `[${n}] line 2, column 1`,
        "  1 | const half = 1;",
        '> 2 | d("‖A u‖²", "A")',
        "    | ^",
      ].join("\n"),
    );
  });

  test("leaves the variables and the conventions as they were: the next cell runs", async () => {
    await run('conventions({ layout: "numerator" }); const kept = expr("‖A\' u‖²");');
    const { reply } = await run('conventions({ layout: "denominator" }); d("A A", "A")');
    expect(reply.ename).toContain("NablaError");
    await run('conventions({ layout: "numerator" });');
    const { reply: next, result } = await run('[half, kept.text, d(kept, A).shape, d("A\' u", u).shape].join("; ")');
    expect(next.status).toBe("ok");
    expect(result["text/plain"]).toBe(`"1; ‖A' u‖²; q×p; q×p"`);
    await run('conventions({ layout: "denominator" });');
  });

  test.each([
    ["unclosed", 'expr("tr(A")', "syntax", /\n {4}tr\(A\n {4,}\^/],
    ["unknown", 'expr("tr(A\' B)")', "unknown_symbol", /\n {4}tr\(A' B\)\n {10}\^/],
    ["not square", 'expr("det(A)")', "non_square", /p×q[\s\S]*\n {4}det\(A\)\n {4,}\^/],
    ["two columns", 'expr("u u")', "shape_mismatch", /p×1 and p×1\n {4}u u\n {4}\^\^\^/],
    ["empty", 'expr("")', "syntax", /NablaError \[syntax\]/],
  ])("%s: says its code and shows the place", async (_name, code, expected, place) => {
    const { traceback } = await run(code);
    expect(traceback).toContain(`NablaError [${expected}]`);
    expect(traceback).toMatch(place);
  });
});

describe("names", () => {
  test("declared again with another shape: the cell says what it was, where, and what it is now", async () => {
    const first = await run('const { x } = symbols("x: n"); const old = expr("x\' x");');
    const again = await run('const { x } = symbols("x: m×n"); x.shape');
    expect(again.stdout).toBe(`x was n×1 in [${first.reply.execution_count}], now m×n\n`);
    expect(again.result["text/plain"]).toBe(`'m×n'`);

    const mixed = await run("d(old, x)");
    expect(mixed.traceback).toContain(
      `two meanings of x: the variable is m×n in [${again.reply.execution_count}], ` +
        `the expression has n×1 in [${first.reply.execution_count}]`,
    );
    expect((await run('d(old, "x").text')).result["text/plain"]).toBe(`'2*x'`);
  });

  test("declared again with the same shape: nothing is said and nothing changes", async () => {
    const first = await run('const { v } = symbols("v: n"); const squared = expr("v\' v");');
    const again = await run('const { v } = symbols("v: n"); d(squared, v).text');
    expect([first.stdout, again.stdout]).toEqual(["", ""]);
    expect(again.result["text/plain"]).toBe(`'2*v'`);
  });

  test("of `where` are forgotten after the call", async () => {
    const { result } = await run('d("z\' z", "z", { where: "z: n" }).text');
    expect(result["text/plain"]).toBe(`'2*z'`);
    expect((await run('expr("z\' z")')).traceback).toContain("NablaError [unknown_symbol]");
  });

  test("of `where` hide those of the notebook for that call only", async () => {
    await run('symbols("w: n");');
    const { result } = await run('[d("tr(w)", "w", { where: "w: k×k" }).text, expr("w").shape].join(" ")');
    expect(result["text/plain"]).toBe(`'eye(k) n×1'`);
  });

  test("misspelt when they are taken out of `symbols` do not compile, and the cell does not run", async () => {
    const { reply, traceback } = await run('const { W1, b2 } = symbols("W1: h×n, b1: h");\nconsole.log("ran")');
    expect(reply.ename).toContain("TS2339");
    expect(traceback).toContain("Property 'b2' does not exist on type");
    expect(traceback).toMatch(/> 1 \| const \{ W1, b2 \} = symbols.*\n {4}\| {13}\^\^/);
    expect((await run('expr("b1")')).traceback).toContain("unknown_symbol");
  });
});
