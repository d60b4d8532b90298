// Where the checker keeps what lets it start quickly, and how that is written.

import { renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

export const cacheFolder = fileURLToPath(new URL("./cache/", import.meta.url));

/** tslab's TypeScript. */
export const compilerPath = createRequire(import.meta.url).resolve("@tslab/typescript-for-tslab");

/** A kernel that starts meanwhile sees the old file or the new one, never a half. */
export function replaceFile(path: string, content: string | Buffer): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
