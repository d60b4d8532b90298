// What a notebook can import of this package from any folder: `nabla`, `nabla/jupyter`, …, as package.json exports them.
// An export may have a face of its own for notebooks (its condition "notebook"): the one that is bound to the notebook's context.

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

interface Target {
  types: string;
  default: string;
  notebook?: Target;
}

export function packageEntries(): Entry[] {
  const manifest = readFileSync(new URL("package.json", root), "utf8");
  const { name, exports } = JSON.parse(manifest) as { name: string; exports: Record<string, string | Target> };
  return Object.entries(exports).flatMap(([path, target]) => {
    if (typeof target === "string") return [];
    const face = target.notebook ?? target;
    const types = fileURLToPath(new URL(face.types, root));
    return [{ specifier: `${name}${path.slice(1)}`, types, url: new URL(face.default, root).href }];
  });
}
