import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
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

describe("the kernel ends", () => {
  test("on shutdown_request cleanly, also with a cell that never yields, and says nothing on its own output", async () => {
    for (const code of ["1", "while (true) {}", "await new Promise(() => {})", "setInterval(() => {}, 10)"]) {
      const kernel = await start();
      kernel.start(code);
      await kernel.find("iopub", (message) => message.header.msg_type === "execute_input", "execute_input");
      const shutdown = kernel.send("control", "shutdown_request", { restart: false });
      expect((await kernel.reply(shutdown, "control")).content).toEqual({ status: "ok", restart: false });
      const told = await kernel.find("iopub", ({ header }) => header.msg_type === "shutdown_reply", "shutdown_reply");
      expect(told.parent_header.msg_id).toBe(shutdown);
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

  test("when the heap is full, with V8's own words, and leaves no port behind", async () => {
    const kernel = await start({ env: { NODE_OPTIONS: "--max-old-space-size=100" } });
    kernel.start("const hoard: number[][] = []; while (true) hoard.push(new Array(1e5).fill(1))");
    await kernel.exited;
    expect(kernel.output()).toContain("JavaScript heap out of memory");
    for (const port of portsOf(kernel)) await portIsFree(port);
  });

  test("on SIGTERM at once, also in a cell that never yields", async () => {
    for (const code of ["1", "while (true) {}"]) {
      const kernel = await start();
      kernel.start(code);
      await kernel.find("iopub", (message) => message.header.msg_type === "execute_input", "execute_input");
      const before = Date.now();
      kernel.process.kill("SIGTERM");
      await kernel.exited;
      expect(Date.now() - before).toBeLessThan(3000);
      expect(kernel.output()).toBe("");
    }
  });

  test("and leaves no port, no process and no file behind", async () => {
    const home = mkdtempSync(join(tmpdir(), "nabla-home-"));
    const env = { HOME: home, TMPDIR: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, NABLA_HISTORY: "off" };
    const kernel = await start({ env, cwd: home });
    await kernel.execute(
      "import { execSync, spawn } from 'child_process'\nexecSync('echo shared', { stdio: 'inherit' }); console.log('printed')",
    );
    const { pid } = kernel.process;
    await kernel.stop();
    expect(() => process.kill(pid ?? 0, 0)).toThrow("ESRCH");
    for (const port of portsOf(kernel)) await portIsFree(port);
    expect(readdirSync(home)).toEqual([]);
    rmSync(home, { recursive: true });
  });

  test("with a sentence, and no word of its content, when the connection file is broken", async () => {
    const folder = mkdtempSync(join(tmpdir(), "nabla-broken-"));
    const key = "a-key-that-must-stay-secret";
    const file = join(folder, "connection.json");
    const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
    const whole = { transport: "ipc", ip: join(folder, "k"), ...ports, key };
    const said = async (content: string) => {
      writeFileSync(file, content);
      const kernel = spawn(process.execPath, kernelArguments(file), { stdio: ["ignore", "pipe", "pipe"] });
      let output = "";
      kernel.stdout.on("data", (chunk) => (output += chunk));
      kernel.stderr.on("data", (chunk) => (output += chunk));
      const [code] = await once(kernel, "close");
      expect(output).not.toContain(key);
      return [code, output];
    };
    expect(await said(`{"key": "${key}", oops`)).toEqual([
      2,
      `nabla kernel: the connection file ${file} is not JSON\n`,
    ]);
    expect(await said(JSON.stringify(whole))).toEqual([
      2,
      `nabla kernel: the connection file ${file} does not say signature_scheme\n`,
    ]);
    const [code, output] = await said(JSON.stringify({ ...whole, signature_scheme: "hmac-nonsense" }));
    expect(code).not.toBe(0);
    expect(output).toMatch(/^nabla kernel: .*nonsense/);
    rmSync(folder, { recursive: true });
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

const portsOf = ({ connection }: Client): number[] =>
  Object.entries(connection).flatMap(([name, value]) => (name.endsWith("_port") ? [Number(value)] : []));

/** Rejects when somebody still listens there. */
async function portIsFree(port: number): Promise<void> {
  const server = createServer();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  server.close();
}
