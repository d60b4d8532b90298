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

/** 12 of the protocol and the welcome message. */
const TESTS = 13;

test(`jupyter_kernel_test passes all of its ${TESTS} tests against the installed kernelspec, none skipped`, async () => {
  const prefix = mkdtempSync(join(tmpdir(), "nabla-conformance-"));
  install({ prefix });
  const env = { ...process.env, JUPYTER_PATH: join(prefix, "share", "jupyter") };
  const { stderr } = await promisify(execFile)(python, [at("./conformance.py")], { env }).catch((failed) => failed);
  rmSync(prefix, { recursive: true });
  expect(stderr).toMatch(new RegExp(`Ran ${TESTS} tests in [\\d.]+s\\s+OK\\s*$`));
});
