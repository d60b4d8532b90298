import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test, vi } from "vitest";
import { kernelArguments } from "../../kernel/dist/cli/kernelSpec.js";
import { createCompiler } from "../../kernel/dist/jupyter/checker/compile.js";
import { createCheckerClient } from "../../kernel/dist/jupyter/transport/checkerClient.js";
import { startKernel } from "./client.js";

test("a transport that cannot start says why on stderr, and the kernel ends with code 1 and no native error", async () => {
  const folder = mkdtempSync(join(tmpdir(), "nabla-taken-"));
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const ports = { shell_port: port, iopub_port: port, stdin_port: port, control_port: port, hb_port: port };
  const connection = { transport: "tcp", ip: "127.0.0.1", ...ports, key: "k", signature_scheme: "hmac-sha256" };
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection));
  const kernel = spawn(process.execPath, kernelArguments(file), { stdio: ["ignore", "pipe", "pipe"] });
  const [said, [code, signal]] = await Promise.all([text(kernel.stderr), once(kernel, "exit")]);
  expect(said).toBe("nabla kernel: the transport stopped: Address already in use\n");
  expect({ code, signal }).toEqual({ code: 1, signal: null });
  server.close();
  rmSync(folder, { recursive: true });
});

test("a cell that comes before the main thread has loaded is run when it has", async () => {
  // Loader hooks that hold up one file of the main thread; the transport is ready long before.
  const hooks =
    "export const load = async (url, context, next) => { if (url.endsWith('/runner/stack.js')) await new Promise((r) => setTimeout(r, 3000)); return next(url, context) }";
  const asUrl = (source: string) => `data:text/javascript,${encodeURIComponent(source).replaceAll("'", "%27")}`;
  const register = `import { register } from "node:module"; register(${JSON.stringify(asUrl(hooks))})`;
  const kernel = await startKernel({ env: { NODE_OPTIONS: `--import=${asUrl(register)}` } });
  const answer = await kernel.execute("6 * 7");
  expect(answer.result).toEqual({ "text/plain": "42" });
  await kernel.stop();
});

test("questions to a checker that has ended are refused, not kept for ever", async () => {
  const checker = createCheckerClient();
  const asked = expect(checker.ask("isComplete", { code: "1" })).rejects.toThrow("the type checker has ended");
  await checker.close();
  await asked;
  await expect(checker.ask("isComplete", { code: "1" })).rejects.toThrow("the type checker has ended");
});

describe("the full types", () => {
  const compile = (code: string) => ({ code, cell: "1", expression: false });
  const hover = { code: "process.cwd", position: 9, detail: 0 };

  test("declarations stay known when they come, and names of Node have types and documentation", async () => {
    const checker = createCheckerClient();
    const first = await checker.ask("compile", compile("interface P { x: number }\nconst p: P = { x: 1 }"));
    if (!("declarations" in first)) throw new Error(first.error.evalue);
    checker.declare(first.declarations);
    expect(await checker.ask("compile", compile("p.y"))).toHaveProperty("error.evalue", expect.stringContaining("'y'"));
    expect(await checker.ask("compile", compile("p.x.toFixed()"))).toHaveProperty("compiled");
    expect(await checker.ask("inspect", hover)).toEqual({
      signature: "(method) NodeJS.Process.cwd(): string",
      documentation: expect.stringContaining("current working directory"),
    });
    await checker.close();
  });

  test("they come by themselves when nobody asks", async () => {
    const compiler = createCompiler();
    expect(compiler.isFull()).toBe(false);
    for (let parts = 0; !compiler.advance(); parts++) expect(parts).toBeLessThan(1000);
    expect(compiler.isFull()).toBe(true);
    const checker = createCheckerClient();
    await vi.waitFor(async () => expect(await checker.ask("inspect", hover)).toHaveProperty("signature"), 20_000);
    await checker.close();
  });

  test("an error of the syntax does not wait for them, and types are not looked at beside it", () => {
    const compiler = createCompiler();
    const answer = compiler.compile("", "const a: number = 'text'\nlet = =", "1", false);
    if (!("error" in answer)) throw new Error("the cell was not refused");
    expect([answer.error.ename, answer.error.evalue]).toEqual(["TS1109", "Expression expected."]);
    expect(answer.error.traceback.join("\n")).not.toContain("not assignable");
    expect(compiler.isFull()).toBe(false);
  });

  test("a cell that the short types do not allow waits for them", async () => {
    const compiler = createCompiler();
    const { compile } = compiler;
    expect(compile("", "1 + 1", "1", false)).toHaveProperty("compiled");
    expect(compiler.isFull()).toBe(false);
    expect(
      compile("", "import { readFileSync } from 'fs'; readFileSync('a', 'utf8').trim()", "1", false),
    ).toHaveProperty("compiled");
    expect(compiler.isFull()).toBe(true);
  });
});

test("a checker that runs out of memory is started again and knows the declarations", async () => {
  const checker = createCheckerClient();
  const compile = (code: string) => checker.ask("compile", { code, cell: "1", expression: false });
  const first = await compile("const kept = 42");
  if (!("declarations" in first)) throw new Error(first.error.evalue);
  checker.declare(first.declarations);
  const hungry = Array.from({ length: 400_000 }, (_, i) => `{ a${i}: ${i} }`).join(" | ");
  await expect(compile(`let x: ${hungry}`)).rejects.toThrow(
    "the type checker stopped and was started again: Worker terminated due to reaching memory limit",
  );
  expect(await compile("kept.toFixed()")).toHaveProperty("compiled");
  await checker.close();
});
