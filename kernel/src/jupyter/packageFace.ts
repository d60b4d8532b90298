// What a notebook can import of this package from any folder: `nabla`, `nabla/jupyter`, …, as package.json exports them.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface Entry {
  /** What a cell writes: `nabla/jupyter`. */
  specifier: string;
  /** The declarations, for the checker. */
  types: string;
  /** The module, as a file URL, for the run time. */
  url: string;
}

const root = new URL("../../", import.meta.url);

export function packageEntries(): Entry[] {
  const { name, exports } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
    name: string;
    exports: Record<string, string | { types: string; default: string }>;
  };
  return Object.entries(exports).flatMap(([path, target]) =>
    typeof target === "string"
      ? []
      : [
          {
            specifier: `${name}${path.slice(1)}`,
            types: fileURLToPath(new URL(target.types, root)),
            url: new URL(target.default, root).href,
          },
        ],
  );
}
