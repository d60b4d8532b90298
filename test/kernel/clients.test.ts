import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { install } from "../../kernel/dist/cli/install.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const python = at(process.platform === "win32" ? "../../.venv/Scripts/python.exe" : "../../.venv/bin/python");

const prefix = mkdtempSync(join(tmpdir(), "nabla-clients-"));
beforeAll(() => install({ prefix }));
afterAll(() => rmSync(prefix, { recursive: true }));

async function run(program: string): Promise<string> {
  const env = { ...process.env, JUPYTER_PATH: join(prefix, "share", "jupyter"), TERM: "xterm" };
  return (await promisify(execFile)(python, [at(program)], { env }).catch((failed) => failed)).stderr;
}

test("nbclient, nbconvert and the messages of VS Code and Notebook work with the installed kernel", async () => {
  expect(await run("./clients.py")).toMatch(/Ran 10 tests in [\d.]+s\s+OK\s*$/);
});

test.skipIf(process.platform === "win32")(
  "jupyter console works in a terminal, from its first prompt to Ctrl-D",
  async () => {
    expect(await run("./console.py")).toMatch(/Ran 1 test in [\d.]+s\s+OK\s*$/);
  },
);
