import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { install, uninstall } from "../../kernel/dist/cli/install.js";
import { kernelArguments } from "../../kernel/dist/cli/kernelSpec.js";
import { type Client, startKernel } from "./client.js";

const kernels: Client[] = [];
const start = async (options = {}) => {
  const kernel = await startKernel(options);
  kernels.push(kernel);
  return kernel;
};
afterEach(async () => {
  for (const kernel of kernels.splice(0)) await kernel.stop();
});

const alive = async (kernel: Client) => expect((await kernel.execute("6 * 7")).result).toEqual({ "text/plain": "42" });

describe("the kernel lives through", () => {
  test("wrong signatures, missing delimiters, truncated JSON, empty messages, headers of the wrong type", async () => {
    const kernel = await start();
    const header = JSON.stringify({
      msg_id: "1",
      msg_type: "execute_request",
      session: "s",
      username: "u",
      version: "5.4",
    });
    const content = JSON.stringify({ code: "throw 'must not run'" });
    const signed = (parts: string[]) => ["<IDS|MSG>", kernel.sign(parts), ...parts];
    for (const channel of ["shell", "control", "stdin"] as const) {
      kernel.sendRaw(channel, ["<IDS|MSG>", "0".repeat(64), header, "{}", "{}", content]);
      kernel.sendRaw(channel, ["<IDS|MSG>", "", header, "{}", "{}", content]);
      kernel.sendRaw(channel, [header, "{}", "{}", content]);
      kernel.sendRaw(channel, signed([header, "{}", "{}", content.slice(0, -3)]));
      kernel.sendRaw(channel, signed([header.slice(0, 9), "{}", "{}", content]));
      kernel.sendRaw(channel, signed(["[]", "{}", "{}", content]));
      kernel.sendRaw(channel, signed(["null", "null", "null", "null"]));
      kernel.sendRaw(channel, ["<IDS|MSG>"]);
      kernel.sendRaw(channel, [""]);
    }
    await alive(kernel);
    expect(kernel.seen.some(({ message }) => message.parent_header.msg_id === "1")).toBe(false);
  });

  test("10,000 requests at once: every one is answered", async () => {
    const kernel = await start();
    const ids = Array.from({ length: 10_000 }, () => kernel.send("shell", "kernel_info_request", {}));
    await kernel.reply(ids.at(-1) ?? "");
    const answered = new Set(
      kernel.seen.filter(({ channel }) => channel === "shell").map(({ message }) => message.parent_header.msg_id),
    );
    expect(ids.filter((id) => !answered.has(id))).toEqual([]);
    await alive(kernel);
  });

  test("100 MB of output: all of it arrives", async () => {
    const kernel = await start();
    const { messages } = await kernel.execute(
      "const line = 'x'.repeat(1e5 - 1); for (let i = 0; i < 1000; i++) console.log(line)",
    );
    const length = messages
      .filter((message) => message.header.msg_type === "stream")
      .reduce((sum, message) => sum + message.content.text.length, 0);
    expect(length).toBe(1e8);
    await alive(kernel);
  });

  test("a cell that is too much for the type checker: it starts again and knows the declarations", async () => {
    const kernel = await start();
    await kernel.execute("const before = 'known'");
    const { reply } = await kernel.execute("x.y(1, [2, { z: 3 }]);\n".repeat(400_000));
    expect(reply).toMatchObject({ status: "error", ename: "CheckerError" });
    expect(reply.evalue).toContain("the type checker stopped and was started again");
    expect((await kernel.execute("before.length")).result).toEqual({ "text/plain": "5" });
  });

  test("signals that a terminal sends, and an allocation that cannot be made", async () => {
    const kernel = await start();
    kernel.process.kill("SIGINT");
    expect((await kernel.execute("new Array(2 ** 32)")).reply.ename).toBe("RangeError");
    expect((await kernel.execute("Buffer.alloc(2 ** 53)")).reply.status).toBe("error");
    await alive(kernel);
  });
});

describe("the kernel ends", () => {
  test("on shutdown_request cleanly, also with a cell that never yields, and says nothing on its own output", async () => {
    for (const code of ["1", "while (true) {}", "await new Promise(() => {})", "setInterval(() => {}, 10)"]) {
      const kernel = await start();
      kernel.start(code);
      await kernel.find("iopub", (message) => message.header.msg_type === "execute_input", "execute_input");
      const shutdown = kernel.send("control", "shutdown_request", { restart: false });
      expect((await kernel.reply(shutdown, "control")).content).toEqual({ status: "ok", restart: false });
      expect(await kernel.exited).toBe(0);
      expect(kernel.output()).toBe("");
    }
  });

  test("and starts again twenty times", async () => {
    for (let i = 0; i < 20; i++) {
      const kernel = await start();
      expect((await kernel.request("kernel_info_request", {})).status).toBe("ok");
      await kernel.stop();
      expect(await kernel.exited).toBe(0);
      expect(kernel.output()).toBe("");
    }
  });

  test("without its key in any output", async () => {
    const key = "a-key-that-must-stay-secret";
    const kernel = await start({ key });
    await kernel.execute(
      "console.error(process.argv, process.env); throw new Error(JSON.stringify(process.memoryUsage()))",
    );
    await kernel.stop();
    expect(JSON.stringify(kernel.seen) + kernel.output()).not.toContain(key);
  });
});

test("the kernel ends when the process that started it is gone", async () => {
  const folder = mkdtempSync(join(tmpdir(), "nabla-parent-"));
  const ports = { shell_port: 0, iopub_port: 0, stdin_port: 0, control_port: 0, hb_port: 0 };
  const connection = { transport: "ipc", ip: join(folder, "k"), ...ports, key: "k", signature_scheme: "hmac-sha256" };
  for (const [i, port] of Object.keys(ports).entries()) connection[port as keyof typeof ports] = i + 1;
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection));
  // A parent that starts the kernel, says its process id, and is killed.
  const program = `const child = require("node:child_process").spawn(process.execPath, ${JSON.stringify(kernelArguments(file))}, { stdio: "ignore" }); console.log(child.pid); setInterval(() => {}, 1000)`;
  const parent = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "ignore"] });
  const pid = Number(String((await once(parent.stdout, "data"))[0]));
  await vi.waitFor(() => expect(existsSync(join(folder, "k-1"))).toBe(true), 10_000);
  parent.kill("SIGKILL");
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 10_000);
  rmSync(folder, { recursive: true });
});

test("install writes a kernelspec that starts this kernel, uninstall takes it away", () => {
  const prefix = mkdtempSync(join(tmpdir(), "nabla-prefix-"));
  const folder = install({ prefix });
  const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
  expect(spec).toMatchObject({ display_name: "Nabla (TypeScript)", language: "typescript", interrupt_mode: "message" });
  expect(spec.argv.at(-1)).toBe("{connection_file}");
  expect(existsSync(spec.argv.at(-2))).toBe(true);
  expect(existsSync(join(folder, "logo-64x64.png"))).toBe(true);
  expect(uninstall({ prefix })).toBe(folder);
  expect(uninstall({ prefix })).toBeUndefined();
  expect(() => install({ prefix, user: true })).toThrow("wanted one of --user, --sys-prefix and --prefix, got several");
  rmSync(prefix, { recursive: true });
});
