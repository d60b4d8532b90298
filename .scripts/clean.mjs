// `npm run clean`: removes what the build wrote; `npm run clean -- --all` also the installed packages and the Python environment.
import { rmSync } from "node:fs";
import { at } from "./lib.mjs";

const built = ["kernel/dist", "labextension/lib", "share", ".cache"];
const installed = ["node_modules", ".venv"];
for (const name of [...built, ...(process.argv.includes("--all") ? installed : [])]) {
  rmSync(at(name), { recursive: true, force: true });
}
