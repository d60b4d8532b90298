// Shared by the scripts of this folder: paths, progress lines, running a program. Node built-ins only, because the
// scripts run before any package is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(fileURLToPath(import.meta.url), "../..");
export const at = (...parts) => path.join(root, ...parts);
export const venvPython = process.platform === "win32" ? at(".venv/Scripts/python.exe") : at(".venv/bin/python");

/** An error whose message is for the reader: printed without a stack. */
export class SetupError extends Error {}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs `work` between two progress lines; `work` may return a remark for the second. */
export async function step(name, work) {
  const start = performance.now();
  console.log(`▸ ${name}`);
  const remark = await work();
  console.log(`✓ ${name}${remark ? `: ${remark}` : ""} (${seconds(start)})`);
}

/** Runs a program; resolves with its exit status (128 + n for a signal). The output goes to ours. */
export function status(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    const stop = () => child.kill("SIGTERM");
    const orphaned = setInterval(() => process.ppid !== parent && stop(), 500);
    const signals = { SIGTERM: stop, SIGHUP: stop, SIGINT: ignore }; // Ctrl+C reaches the child by itself
    for (const name in signals) process.on(name, signals[name]);
    const done = (settle, value) => {
      clearInterval(orphaned);
      for (const name in signals) process.off(name, signals[name]);
      settle(value);
    };
    child.on("error", (error) => done(reject, error));
    child.on("exit", (code, signal) => done(resolve, signal ? 128 + constants.signals[signal] : code));
  });
}
/** npm does not pass signals on: when it is stopped, all we see is another parent. */
const parent = process.ppid;
function ignore() {}

/** Runs a program and throws a SetupError when it fails. */
export async function run(command, args, options) {
  const code = await status(command, args, options);
  if (code !== 0) {
    const words = [
      path.basename(command),
      ...args.map((arg) => (path.isAbsolute(arg) ? path.relative(root, arg) : arg)),
    ];
    throw new SetupError(`${words.join(" ")} failed (exit status ${code})`);
  }
}

/** The path of a package's program, run with `node` (no shell, no .cmd files). */
export const program = (file) => at("node_modules", file);

/** One hash over the content of files and folders (recursive); a path that does not exist counts as empty. */
export function hashOf(paths, salt = "") {
  const hash = createHash("sha256").update(salt);
  const visit = (file) => {
    if (!existsSync(file)) return;
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) visit(path.join(file, name));
    } else if (!file.endsWith(".tsbuildinfo")) {
      hash.update(path.relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
    }
  };
  for (const file of paths) visit(file);
  return hash.digest("hex");
}

export const readOr = (file, otherwise) => (existsSync(file) ? readFileSync(file, "utf8") : otherwise);

/** Runs a script's main function: a SetupError is one plain message, everything else a stack. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(error instanceof SetupError ? `\n✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}
