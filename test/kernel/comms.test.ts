import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, plain, startKernel } from "./client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.execute("import { comms } from 'nabla/jupyter'");
});
afterAll(() => kernel.stop());

const commOf =
  (id: string, type: string) => (message: { header: { msg_type: string }; content: { comm_id?: string } }) =>
    message.header.msg_type === type && message.content.comm_id === id;

describe("comms", () => {
  test("opened by the page: both sides send, with buffers, and close", async () => {
    await kernel.execute(`comms.register('test.echo', (comm, data) => {
  comm.send({ hello: data })
  comm.onMessage(({ data, buffers }) => comm.send({ echo: data, sum: buffers[0]?.reduce((a, b) => a + b, 0) }, { buffers: [new Uint8Array([9, 8])] }))
  comm.onClose(() => console.log('closed by the page'))
})`);
    const opening = kernel.send("shell", "comm_open", { comm_id: "c1", target_name: "test.echo", data: { a: 1 } });
    const hello = await kernel.find("iopub", (message) => message.content.data?.hello !== undefined, "hello");
    expect(hello.content).toEqual({ comm_id: "c1", data: { hello: { a: 1 } } });
    expect(hello.parent_header.msg_id).toBe(opening);
    expect((await kernel.request("comm_info_request", { target_name: "test.echo" })).comms).toEqual({
      c1: { target_name: "test.echo" },
    });

    kernel.send("shell", "comm_msg", { comm_id: "c1", data: "x" }, { buffers: [Buffer.from([1, 2, 3])] });
    const echo = await kernel.find("iopub", (message) => message.content.data?.echo !== undefined, "echo");
    expect(echo.content.data).toEqual({ echo: "x", sum: 6 });
    expect([...(echo.buffers[0] ?? [])]).toEqual([9, 8]);

    const closing = kernel.send("shell", "comm_close", { comm_id: "c1", data: {} });
    await kernel.idle(closing);
    expect(kernel.published(closing).some((message) => message.content.text === "closed by the page\n")).toBe(true);
    expect((await kernel.request("comm_info_request", {})).comms).toEqual({});
  });

  test("opened by a cell", async () => {
    const { messages } = await kernel.execute(
      "const mine = comms.open('page.target', { first: 1 }); mine.onMessage(({ data }) => { got = data }); let got: any; 0",
    );
    const open = messages.find((message) => message.header.msg_type === "comm_open");
    expect(open?.content).toMatchObject({ target_name: "page.target", data: { first: 1 } });
    const message = kernel.send("shell", "comm_msg", { comm_id: open?.content.comm_id, data: { answer: 42 } });
    await kernel.idle(message);
    expect((await kernel.execute("got.answer")).result["text/plain"]).toBe("42");
    await kernel.execute("mine.close()");
    await kernel.find("iopub", commOf(open?.content.comm_id, "comm_close"), "comm_close");
  });

  test("of a target that nobody registered are closed", async () => {
    kernel.send("shell", "comm_open", { comm_id: "c2", target_name: "no.such", data: {} });
    await kernel.find("iopub", commOf("c2", "comm_close"), "comm_close");
  });

  test("reach a cell that waits for them", async () => {
    const id = kernel.start(
      "const waiting = comms.open('page.waiting'); await new Promise<any>((resolve) => waiting.onMessage(({ data }) => resolve(data)))",
    );
    const open = await kernel.find("iopub", (message) => message.content.target_name === "page.waiting", "comm_open");
    kernel.send("shell", "comm_msg", { comm_id: open.content.comm_id, data: "came" });
    expect((await kernel.outcome(id)).result["text/plain"]).toBe("'came'");
  });

  test("whose handler throws show the error", async () => {
    await kernel.execute("comms.register('test.bad', () => { throw new Error('bad handler') })");
    const opening = kernel.send("shell", "comm_open", { comm_id: "c3", target_name: "test.bad", data: {} });
    await kernel.idle(opening);
    const error = kernel.published(opening).find((message) => message.header.msg_type === "error");
    expect(plain(error?.content.evalue)).toBe("bad handler");
  });
});

describe("comm handlers that take time", () => {
  beforeAll(() => kernel.execute("let over = false; let begun = 0"));
  const open = (target: string, comm_id: string) =>
    kernel.send("shell", "comm_open", { comm_id, target_name: target, data: {} });

  test("get the messages that they wait for", async () => {
    await kernel.execute(`comms.register('test.asks', async (comm) => {
  const answer = await new Promise((resolve) => comm.onMessage(({ data }) => resolve(data)))
  comm.send({ heard: answer })
})`);
    const opening = open("test.asks", "asks");
    const answering = kernel.send("shell", "comm_msg", { comm_id: "asks", data: "yes" });
    await Promise.all([kernel.idle(opening), kernel.idle(answering)]);
    const heard = await kernel.find("iopub", commOf("asks", "comm_msg"), "comm_msg");
    expect(heard.content.data).toEqual({ heard: "yes" });
  });

  test("hold up no cell, and an interrupt ends them", async () => {
    await kernel.execute("comms.register('test.never', () => new Promise(() => {}))");
    const opening = open("test.never", "never");
    expect((await kernel.execute("6 * 7")).result).toEqual({ "text/plain": "42" });
    await kernel.interrupt();
    await kernel.idle(opening);
    expect((await kernel.execute("console.log('own')")).stdout).toBe("own\n");
  });

  test("and overlap: what a cell prints after them is the cell's, what they print is theirs", async () => {
    await kernel.execute(`const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
comms.register('test.first', async () => { begun++; await wait(100); console.log('first') })
comms.register('test.second', async () => { begun++; await wait(200); console.log('second'); over = true })`);
    const cell = kernel.start(`import { stat } from 'node:fs/promises'
console.log('begun'); while (!over) await stat('.'); await stat('.'); console.log('after both')`);
    await kernel.find("iopub", ({ content }) => content.text === "begun\n", "output");
    const [first, second] = [open("test.first", "first"), open("test.second", "second")];
    expect((await kernel.outcome(cell)).stdout).toBe("begun\nafter both\n");
    const printed = async (id: string) => {
      await kernel.idle(id);
      return kernel.published(id).flatMap(({ content }) => content.text ?? []);
    };
    expect(await printed(first)).toEqual(["first\n"]);
    expect(await printed(second)).toEqual(["second\n"]);
  });
});
