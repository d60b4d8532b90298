import path from "node:path";
import { defineConfig } from "vitest/config";

const root = path.resolve(import.meta.dirname, "..");
const MINUTE = 60_000;

/** Suites that drive the built product, one file at a time, each with its own processes. */
const driving = (name: string, folders: string[], testTimeout: number) => ({
  extends: true as const,
  test: {
    name,
    include: folders.map((folder) => `test/${folder}/**/*.test.ts`),
    testTimeout,
    hookTimeout: 2 * MINUTE,
    fileParallelism: false,
  },
});

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^nabla$/, replacement: path.join(root, "kernel/src/calculus/index.ts") },
      { find: /^nabla\/display$/, replacement: path.join(root, "kernel/src/display/shared.ts") },
    ],
  },
  test: {
    // Kernels that tests start leave nothing in the user's history.
    env: { NABLA_HISTORY: "off" },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["kernel", "jupyter", "notebooks", "browser", "bench", "python"].map(
            (folder) => `test/${folder}/**`,
          ),
          testTimeout: MINUTE / 2,
        },
      },
      driving("kernel", ["kernel", "jupyter"], MINUTE),
      driving("notebooks", ["notebooks"], 3 * MINUTE),
      driving("browser", ["browser"], 2 * MINUTE),
      driving("python", ["python"], MINUTE),
    ],
  },
});
