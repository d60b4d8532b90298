import { expect, test } from "vitest";
import { startKernel } from "./client.js";

// Cells that break what the kernel itself is written in. They may spoil the cells after them, but each is answered.

test.each([
  [
    "Object.keys and Object.entries throw",
    "for (const name of ['keys', 'entries']) (Object as any)[name] = () => { throw new Error(name) }",
  ],
  [
    "every object has a getter that throws",
    "Object.defineProperty(Object.prototype, 'bundle', { get() { throw new Error('all') } })",
  ],
  ["nothing can be added to the global object", "Object.freeze(globalThis)"],
  ["there are no timers", "Object.assign(globalThis, { setTimeout: null, setImmediate: null, clearTimeout: null }); 0"],
])("every cell is answered when %s", async (_, code) => {
  const kernel = await startKernel();
  await kernel.execute(code);
  for (const next of ["1", "throw new Error('next')"]) {
    const { reply } = await kernel.execute(next);
    expect(["ok", "error"]).toContain(reply.status);
  }
  await kernel.stop();
});
