// The kernelspec: how Jupyter starts this kernel.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface KernelSpecOptions {
  /**
   * The Node that runs the kernel. The one that runs now, by its whole path, unless said: a Jupyter that was started elsewhere may
   * have another on its PATH, or none. `node` alone is looked up when the kernel starts.
   */
  node?: string;
  displayName?: string;
  /** Whether cells are kept for later sessions. */
  history?: boolean;
}

const LOGOS = ["logo-svg.svg", "logo-32x32.png", "logo-64x64.png"];

/** Node's arguments: a connection file starts the kernel. */
export function kernelArguments(connectionFile: string): string[] {
  const main = fileURLToPath(new URL("../jupyter/main.js", import.meta.url));
  // Without the flag, stopping an endless timer callback would abort Node (its asynchronous bookkeeping is checked too strictly).
  return ["--no-force-async-hooks-checks", main, connectionFile];
}

/** Write `kernel.json` and the logos into `dir`, which is made if need be. */
export function writeKernelSpec(
  dir: string,
  { node = process.execPath, displayName = "Nabla (TypeScript)", history = true }: KernelSpecOptions = {},
): void {
  mkdirSync(dir, { recursive: true });
  const spec = {
    argv: [node, ...kernelArguments("{connection_file}")],
    display_name: displayName,
    language: "typescript",
    interrupt_mode: "message",
    // glibc keeps an arena of memory for each thread; two are enough for three threads that rarely allocate at the same time.
    env: { MALLOC_ARENA_MAX: "2", ...(!history && { NABLA_HISTORY: "off" }) },
    metadata: { debugger: false },
  };
  writeFileSync(join(dir, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
  const assets = fileURLToPath(new URL("../../assets/", import.meta.url));
  for (const logo of LOGOS) copyFileSync(join(assets, logo), join(dir, logo));
  prepareChecker(node);
}

/** What makes the first cell quick; a kernel works without it, so a folder that cannot be written is no error. */
function prepareChecker(node: string): void {
  const main = fileURLToPath(new URL("../jupyter/checker/prepareMain.js", import.meta.url));
  spawnSync(node, [main], { stdio: "ignore" });
}
