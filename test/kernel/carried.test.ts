import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSockets } from "../../kernel/dist/jupyter/transport/sockets.js";
import { type Client, startKernel } from "./client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.execute("import { comms, display } from 'nabla/jupyter'; const ring: any = {}; ring.self = ring");
});
afterAll(() => kernel.stop());

const shown = (bundle: string, method = "") => `({ ${method}[Symbol.for("Jupyter.display")]() { return ${bundle} } })`;
const refused = async (code: string) => {
  const { reply } = await kernel.execute(code);
  expect(reply).toMatchObject({ status: "error", ename: "TypeError" });
  expect((await kernel.execute("6 * 7")).result).toEqual({ "text/plain": "42" });
  return reply.evalue;
};

describe("what JSON cannot carry is an error of the cell that sends it, and the next cell runs:", () => {
  test("display of a bundle with a BigInt, with a ring", async () => {
    expect(await refused('display({ "application/json": { a: 1n } })')).toBe(
      "display: a MIME bundle must be JSON: Do not know how to serialize a BigInt",
    );
    expect(await refused('display({ "application/json": ring })')).toMatch(
      /^display: a MIME bundle must be JSON: Converting circular structure to JSON/,
    );
  });

  test("a display that takes time", async () => {
    expect(await refused(`display(${shown('{ "application/json": { a: 1n } }', "async ")}); 0`)).toMatch(/^display: /);
    expect(
      await refused("await new Promise((r) => setTimeout(r, 20)); display({ 'text/plain': 1n as any }); 0"),
    ).toMatch(/^display: /);
  });

  test("an update after it has its turn all the same", async () => {
    const bad = shown('{ "application/json": { a: 1n } }', "async ");
    await refused(`const late = display(${bad}, { displayId: 'late' }); 0`);
    const { messages } = await kernel.execute("late.update({ 'text/plain': 'good' })");
    expect(messages.some(({ content }) => content.data?.["text/plain"] === "good")).toBe(true);
  });

  test("the last expression, at once or later", async () => {
    for (const method of ["", "async "]) {
      expect(await refused(shown('{ "application/json": { a: 1n } }', method))).toBe(
        "the cell's result: a MIME bundle must be JSON: Do not know how to serialize a BigInt",
      );
      expect(await refused(shown('{ "application/json": ring }', method))).toContain("circular");
    }
  });

  test("a user expression", async () => {
    const wanted = { big: shown('{ "application/json": { a: 1n } }') };
    const { reply } = await kernel.execute("0", { user_expressions: wanted });
    expect(reply.user_expressions.big).toMatchObject({ status: "error", ename: "TypeError" });
  });

  test("a comm's opening, message, metadata and buffers", async () => {
    expect(await refused("comms.open('x', { a: 1n })")).toBe(
      "comm x: its data must be JSON: Do not know how to serialize a BigInt",
    );
    await kernel.execute("const open = comms.open('y')");
    expect(await refused("open.send(ring)")).toMatch(/^comm y: its data must be JSON: Converting circular/);
    expect(await refused("open.send(() => 1)")).toBe("comm y: its data must be JSON: got a function");
    expect(await refused("open.send(1, { metadata: { a: 1n } })")).toMatch(/^comm y: its metadata must be JSON/);
    expect(await refused("open.send(1, { buffers: ['text' as any] })")).toBe(
      "comm y: its buffers must be Uint8Arrays, got string",
    );
    expect(await refused("open.close(ring)")).toMatch(/^comm y: its data must be JSON/);
    expect((await kernel.execute("open.send(1); open.closed")).result).toEqual({ "text/plain": "false" });
  });
});

test("what a structured clone cannot carry is shown as JSON shows it", async () => {
  for (const method of ["", "async "])
    expect((await kernel.execute(shown('{ "application/json": { f() {}, a: 1 } }', method))).result).toEqual({
      "application/json": { a: 1 },
    });
  const { displays } = await kernel.execute("display({ 'application/json': { at: { toJSON: () => 'noon' } } })");
  expect(displays[0].data).toEqual({ "application/json": { at: "noon" } });
});

test("a message that cannot be encoded is reported and dropped: the sockets stay", async () => {
  const folder = mkdtempSync(join(tmpdir(), "nabla-sockets-"));
  const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
  const info = { transport: "ipc", ip: join(folder, "s"), ...ports, key: "", signature_scheme: "hmac-sha256" };
  const reports: string[] = [];
  const wire = {
    decode: () => undefined,
    encode: () => {
      throw new RangeError("Invalid string length");
    },
  };
  const sockets = await openSockets(info, wire, { onMessage: () => undefined, report: (text) => reports.push(text) });
  sockets.publish("display_data", {}, {});
  sockets.send("shell", { type: "kernel_info_reply", content: {}, parent: {} });
  await sockets.close();
  expect(reports).toEqual([
    "display_data could not be sent: Invalid string length",
    "kernel_info_reply could not be sent: Invalid string length",
  ]);
  rmSync(folder, { recursive: true });
});
