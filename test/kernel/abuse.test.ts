import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
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

  test("requests of unknown types and with contents of wrong types, on every channel", async () => {
    const kernel = await start();
    for (const type of ["nonsense", "nonsense_request", "", "constructor", "__proto__", "toString"])
      for (const channel of ["shell", "control", "stdin"] as const) kernel.send(channel, type, { code: "1" });
    for (const content of [
      null,
      [],
      "text",
      7,
      { code: { length: 1 } },
      { comm_id: [], data: 3 },
      { code: "1", silent: "no" },
    ])
      for (const type of ["execute_request", "comm_open", "comm_msg", "comm_close", "input_reply", "complete_request"])
        kernel.send("shell", type, content);
    const id = kernel.send("shell", "__proto__", {});
    expect((await kernel.reply(id)).content).toMatchObject({ status: "error", ename: "UnknownRequest" });
    await alive(kernel);
  });

  test("10,000 cells queued at once: each is run and answered in order", async () => {
    const kernel = await start();
    await kernel.execute("let queued = 0");
    const ids = Array.from({ length: 10_000 }, (_, i) => kernel.start(i % 10 === 0 ? "queued += 10" : ""));
    await kernel.reply(ids.at(-1) ?? "", "shell", 60_000);
    const replies = kernel.seen.filter(({ channel }) => channel === "shell").map(({ message }) => message);
    const answered = replies.filter(({ parent_header }) => ids.includes(parent_header.msg_id ?? "")).length;
    expect(answered).toBe(10_000);
    expect((await kernel.execute("queued")).result).toEqual({ "text/plain": "10000" });
  });

  test("a worker thread of a cell that crashes, and a child process that is killed", async () => {
    const kernel = await start();
    const crash = await kernel.execute(
      "import { Worker } from 'worker_threads'\nconst w = new Worker('throw new Error(\"crash\")', { eval: true }); const code = await new Promise((r) => w.once('exit', r)); code",
    );
    expect(crash.result).toEqual({ "text/plain": "1" });
    await kernel.find("iopub", ({ content }) => content.name === "stderr" && content.text.includes("crash"), "crash");
    const killed = await kernel.execute(
      "import { spawn } from 'child_process'\nconst c = spawn('sleep', ['60']); c.kill('SIGKILL'); await new Promise((r) => c.on('exit', (_, signal) => r(signal)))",
    );
    expect(killed.result).toEqual({ "text/plain": "'SIGKILL'" });
    await alive(kernel);
  });

  test("recursion without end, in a cell, in its display, in a getter and in an error's message", async () => {
    const kernel = await start();
    const deep = "const deep = (): any => deep();";
    for (const code of [
      `${deep} deep()`,
      `${deep} ({ [Symbol.for('Jupyter.display')]: deep })`,
      `${deep} throw { get stack() { return deep() }, message: 'm' }`,
      `${deep} class E extends Error { override get message(): any { return deep() } }; throw new E()`,
      "let nest: any = []; for (let i = 0; i < 1e5; i++) nest = [nest]; nest",
      "let chain: any = 1; for (let i = 0; i < 1e5; i++) chain = { data: [chain], layout: {} }; chain",
    ])
      expect(["ok", "error"]).toContain((await kernel.execute(code)).reply.status);
    await alive(kernel);
  });

  test("two clients that send at once: each gets its own replies, both see everything", async () => {
    const kernel = await start();
    const other = await kernel.another();
    const mine = Array.from({ length: 20 }, (_, i) => kernel.start(`'mine ${i}'`));
    const theirs = Array.from({ length: 20 }, (_, i) => other.start(`'theirs ${i}'`));
    await Promise.all([...mine.map((id) => kernel.idle(id)), ...theirs.map((id) => kernel.idle(id))]);
    await Promise.all([...mine.map((id) => kernel.reply(id)), ...theirs.map((id) => other.reply(id))]);
    const own = (client: Pick<Client, "seen">, ids: string[]) =>
      client.seen.filter(
        ({ channel, message }) => channel === "shell" && ids.includes(message.parent_header.msg_id ?? ""),
      );
    expect([own(kernel, theirs).length, own(other, mine).length]).toEqual([0, 0]);
    other.close();
    await alive(kernel);
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
    const {
      key: _,
      signature_scheme,
      transport,
      ip,
      ...ports
    } = kernel.connection as unknown as Record<string, number>;
    await kernel.stop();
    expect(() => process.kill(pid ?? 0, 0)).toThrow("ESRCH");
    for (const port of Object.values(ports)) await portIsFree(port);
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

/** Rejects when somebody still listens there. */
async function portIsFree(port: number): Promise<void> {
  const server = createServer();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  server.close();
}
