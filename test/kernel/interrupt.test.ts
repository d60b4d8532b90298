import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.execute("let state = 0; let started = false");
});
afterAll(() => kernel.stop());

/** Endless in every way that JavaScript knows; each says that it has begun before it never ends. */
const endless: Record<string, string> = {
  "a synchronous loop": "console.log('begun'); while (true) state++",
  "a loop that catches and goes on":
    "console.log('begun'); while (true) { try { while (true) state++ } finally { continue } }",
  "a pending await": "console.log('begun'); await new Promise(() => {})",
  "a loop after an await": "await new Promise((r) => setTimeout(r, 5)); console.log('begun'); while (true) state++",
  "a loop in a timer":
    "setTimeout(() => { console.log('begun'); while (true) state++ }, 5); await new Promise(() => {})",
  "a catastrophic regular expression": "console.log('begun'); /^(a+)+$/.test('a'.repeat(40) + 'b')",
  "a sort": "console.log('begun'); [3, 2, 1].sort(() => { while (true) state++ })",
  "a sleep in Atomics.wait": "console.log('begun'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
  "a storm of microtasks":
    "console.log('begun'); const again = (): Promise<void> => Promise.resolve().then(again); await again()",
  "a generator":
    "function* ones() { while (true) yield 1 }; console.log('begun'); for (const one of ones()) state += one",
  "an asynchronous generator":
    "async function* more() { while (true) yield await 1 }; console.log('begun'); for await (const one of more()) state += one",
  "a callback that throws in a finally":
    "console.log('begun'); while (true) { try { while (true) state++ } finally { try { throw 1 } catch { continue } } }",
  "execSync of a program that sleeps":
    "import { execSync, spawnSync } from 'child_process'; console.log('begun'); execSync('sleep 60; sleep 60')",
  "spawnSync of a program that does not listen":
    "console.log('begun'); spawnSync('sh', ['-c', 'trap \"\" INT; while true; do sleep 1; done'], { stdio: 'inherit' })",
  "a question that nobody answers": "import { input } from 'nabla/jupyter'; console.log('begun'); input('who?')",
  "an endless display": "console.log('begun'); ({ [Symbol.for('Jupyter.display')]() { while (true) state++ } })",
  "an endless getter of the last value":
    "console.log('begun'); ({ get [Symbol.for('Jupyter.display')](): any { while (true) state++ } })",
};

/** What a stop takes in the median over all kinds of endless code. */
const SOON_MS = 100;
/** And any single one, on a machine that is busy with other things. */
const LONGEST_MS = 1000;

describe("an interrupt stops, and keeps the state", () => {
  const times: number[] = [];
  test.each(Object.entries(endless))("%s", async (_, code) => {
    await kernel.execute("state = 41");
    const id = kernel.start(code, { allow_stdin: true });
    const isBegun = (message: { parent_header: { msg_id?: string }; content: { text?: string } }) =>
      message.parent_header.msg_id === id && message.content.text === "begun\n";
    await kernel.find("iopub", isBegun, "output");
    const start = performance.now();
    expect(await kernel.interrupt()).toEqual({ status: "ok" });
    const { reply } = await kernel.outcome(id);
    const took = performance.now() - start;
    expect(reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect((await kernel.execute("state++; state > 41")).result).toEqual({ "text/plain": "true" });
    times.push(took);
    expect(took).toBeLessThan(LONGEST_MS);
  });

  test("within 100 ms in the median of all these kinds", () => {
    expect(times).toHaveLength(Object.keys(endless).length);
    const sorted = [...times].sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(SOON_MS);
  });

  test("a loop in a timer of a cell that has ended", async () => {
    await kernel.execute("setTimeout(() => { console.log('alone'); while (true) state++ }, 5); 0");
    await kernel.find("iopub", ({ content }) => content.text === "alone\n", "output");
    await kernel.interrupt();
    expect((await kernel.execute("state > 0")).result).toEqual({ "text/plain": "true" });
  });

  test("input() that nobody answers; the late answer is not taken for the next question", async () => {
    const id = kernel.start("import { input } from 'nabla/jupyter'; input('first?')", { allow_stdin: true });
    await kernel.find("stdin", ({ content }) => content.prompt === "first?", "question");
    await kernel.interrupt();
    expect((await kernel.outcome(id)).reply.ename).toBe("KeyboardInterrupt");
    kernel.send("stdin", "input_reply", { value: "late" });
    const next = kernel.start("import { input } from 'nabla/jupyter'; input('second?')", { allow_stdin: true });
    await kernel.find("stdin", ({ content }) => content.prompt === "second?", "question");
    kernel.send("stdin", "input_reply", { value: "in time" });
    expect((await kernel.outcome(next)).result).toEqual({ "text/plain": "'in time'" });
  });

  test("names that had a value keep it", async () => {
    const id = kernel.start(
      "const reached = 'yes'; let unreached: number; console.log('begun here'); while (true) {}; let below = 1",
    );
    await kernel.find("iopub", ({ content }) => content.text === "begun here\n", "output");
    await kernel.interrupt();
    await kernel.outcome(id);
    expect((await kernel.execute("reached")).result).toEqual({ "text/plain": "'yes'" });
    expect((await kernel.execute("below")).reply.evalue).toContain("stopped before giving it a value");
  });

  test("cells behind the stopped one are aborted", async () => {
    const first = kernel.start("console.log('holding'); while (true) {}");
    const second = kernel.start("1");
    await kernel.find("iopub", ({ content }) => content.text === "holding\n", "output");
    await kernel.interrupt();
    expect((await kernel.outcome(first)).reply.status).toBe("error");
    expect((await kernel.outcome(second)).reply.status).toBe("aborted");
  });

  test("when two come at once, and whenever one comes: the next cell always runs", async () => {
    for (let i = 0; i < 40; i++) {
      const id = kernel.start(`const until = performance.now() + ${i}; while (performance.now() < until) state++`);
      await new Promise((resolve) => setTimeout(resolve, i));
      await Promise.all([kernel.interrupt(), kernel.interrupt()]);
      await kernel.outcome(id);
      expect((await kernel.execute("'next'")).result).toEqual({ "text/plain": "'next'" });
    }
  });

  test("nothing at all, when nothing runs", async () => {
    expect(await kernel.interrupt()).toEqual({ status: "ok" });
    expect((await kernel.execute("2")).result).toEqual({ "text/plain": "2" });
  });
});

test("heartbeat, kernel_info and completion answer while a cell never yields", async () => {
  const id = kernel.start("console.log('busy'); while (true) {}");
  await kernel.find("iopub", ({ content }) => content.text === "busy\n", "output");
  const start = performance.now();
  await kernel.heartbeat();
  expect(performance.now() - start).toBeLessThan(500);
  expect((await kernel.request("kernel_info_request", {})).status).toBe("ok");
  expect((await kernel.request("complete_request", { code: "stat", cursor_pos: 4 })).matches).toContain("state");
  await kernel.interrupt();
  await kernel.outcome(id);
});
