import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startKernel } from "./client.js";

let kernel: Client;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

describe("a cell", () => {
  test("shows its last expression as execute_result and counts", async () => {
    const { reply, result, messages } = await kernel.execute("const a = 6\na * 7");
    expect(reply.status).toBe("ok");
    expect(result).toEqual({ "text/plain": "42" });
    expect(messages.map((message) => message.header.msg_type)).toEqual([
      "status",
      "execute_input",
      "execute_result",
      "status",
    ]);
  });
});
