import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TYPESCRIPT_VERSION } from "../../kernel/dist/jupyter/transport/info.js";
import { type Client, startKernel } from "./client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

test("kernel_info names the language, the protocol and the version of TypeScript that runs", async () => {
  const info = await kernel.request("kernel_info_request", {});
  expect(info).toMatchObject({ status: "ok", protocol_version: "5.4", implementation: "nabla", debugger: false });
  expect(info.language_info).toMatchObject({ name: "typescript", file_extension: ".ts", mimetype: "text/typescript" });
  expect(info.language_info.version).toBe(TYPESCRIPT_VERSION);
});

describe("completion", () => {
  const complete = async (code: string, cursor_pos = [...code].length) =>
    kernel.request("complete_request", { code, cursor_pos });

  test("offers members of names of earlier cells, with their kind", async () => {
    await kernel.execute("const point = { width: 1, weight: 2, run() {} }");
    const { matches, cursor_start, cursor_end, metadata } = await complete("point.w");
    expect(matches.slice(0, 2)).toEqual(["weight", "width"]);
    expect([cursor_start, cursor_end]).toEqual([6, 7]);
    expect(metadata._jupyter_types_experimental[0]).toEqual({
      start: 6,
      end: 7,
      text: "weight",
      type: "property",
      signature: "(property) weight: number",
    });
  });

  test("gives the signature and the documentation of the first names", async () => {
    await kernel.execute(
      "class Scale {\n  /** Bigger by `by`. */\n  grow(by: number): this { return this }\n}\nconst scale = new Scale()",
    );
    const { metadata } = await complete("scale.gro");
    expect(metadata._jupyter_types_experimental[0]).toMatchObject({
      text: "grow",
      type: "method",
      signature: "(method) Scale.grow(by: number): Scale",
      documentation: "Bigger by `by`.",
    });
  });

  test("offers globals and keywords, and counts positions in code points", async () => {
    expect((await complete("cons")).matches).toEqual(expect.arrayContaining(["const", "console"]));
    const { cursor_start, cursor_end } = await complete("/* 😀 */ point.wi");
    expect([cursor_start, cursor_end]).toEqual([14, 16]);
  });

  test("in the middle of a line replaces the whole name", async () => {
    const { cursor_start, cursor_end, matches } = await complete("point.width + 1", 8);
    expect(matches).toContain("width");
    expect([cursor_start, cursor_end]).toEqual([6, 11]);
  });

  test("of a cell that makes no sense is an answer too", async () => {
    expect((await complete("((((")).status).toBe("ok");
    expect((await kernel.request("complete_request", { code: 5 })).status).toBe("ok");
  });
});

describe("inspection", () => {
  const inspect = async (code: string, cursor_pos: number) =>
    kernel.request("inspect_request", { code, cursor_pos, detail_level: 0 });

  test("gives the signature and the JSDoc, as Markdown and plain", async () => {
    await kernel.execute(
      "/**\n * Adds.\n * @param a the first\n * @returns the sum\n */\nfunction add(a: number, b: number) { return a + b }",
    );
    const { found, data } = await inspect("add(1, 2)", 2);
    expect(found).toBe(true);
    expect(data["text/plain"]).toContain("function add(a: number, b: number): number");
    expect(data["text/markdown"]).toMatch(/^```typescript\nfunction add\(a: number, b: number\): number\n```/);
    expect((await inspect("add", 3)).found).toBe(true);
  });

  test("documents what is declared in the same cell", async () => {
    const { data } = await inspect(
      "/** Twice.\n * @param n the number */\nconst twice = (n: number) => 2 * n\ntwice(1)",
      74,
    );
    expect(data["text/markdown"]).toContain("Twice.");
    expect(data["text/markdown"]).toContain("*@param* `n` the number");
  });

  test("of nothing finds nothing", async () => {
    expect(await inspect("   ", 1)).toEqual({ status: "ok", found: false, data: {}, metadata: {} });
  });
});

describe("requests that a kernel need not know", () => {
  test("debug_request is answered as unsupported, an unknown type with a reply that says so", async () => {
    const debug = await kernel.request("debug_request", { seq: 3, type: "request", command: "attach" }, "control");
    expect(debug).toMatchObject({ success: false, request_seq: 3, command: "attach" });
    const unknown = await kernel.request("fancy_request", {});
    expect(unknown).toMatchObject({ status: "error", ename: "UnknownRequest" });
  });

  test("an execute_request without code is an error, not silence", async () => {
    expect((await kernel.request("execute_request", { code: 7 })).evalue).toBe(
      "execute_request: wanted a string in code, got number",
    );
  });
});
