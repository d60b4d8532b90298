import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { install } from "../../kernel/dist/cli/install.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const python = at(process.platform === "win32" ? "../../.venv/Scripts/python.exe" : "../../.venv/bin/python");

test("nbclient, nbconvert and the messages of jupyter console, VS Code and Notebook work with the installed kernel", async () => {
  const prefix = mkdtempSync(join(tmpdir(), "nabla-clients-"));
  install({ prefix });
  const env = { ...process.env, JUPYTER_PATH: join(prefix, "share", "jupyter") };
  const { stderr } = await promisify(execFile)(python, [at("./clients.py")], { env }).catch((failed) => failed);
  rmSync(prefix, { recursive: true });
  expect(stderr).toMatch(/Ran 10 tests in [\d.]+s\s+OK\s*$/);
});
