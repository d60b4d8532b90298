#!/usr/bin/env node
// Launcher of the command line: committed, so that `npm ci` can link it before anything is built.
import { existsSync } from "node:fs";

const main = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error("nabla: not built yet. Run `npm run build` in the repository first.");
  process.exitCode = 1;
}
