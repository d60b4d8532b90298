import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

describe("output", () => {
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

  test("display as the last expression shows its object once; progress its bar; a promise what it resolves to", async () => {
    for (const [code, text] of [
      ["show(6 * 7)", "42"],
      ["show(Promise.resolve({ 'text/plain': 'kept' }))", "kept"],
    ]) {
      const { displays, result } = await kernel.execute(code);
      expect([displays.map(({ data }) => data["text/plain"]), result]).toEqual([[text], undefined]);
    }
    const { reply } = await kernel.execute("show(Promise.reject(new Error('never came')))");
    expect(reply).toMatchObject({ status: "error", evalue: "never came" });
    const bar = await kernel.execute("import { progress as steps } from 'nabla/jupyter'; steps(3)");
    expect([bar.displays.length, bar.result]).toEqual([1, undefined]);
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
