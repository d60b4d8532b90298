import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { kernelArguments } from "../../kernel/dist/cli/kernelSpec.js";
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
