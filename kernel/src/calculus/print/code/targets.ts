/** The languages that programs are written in. */
import { NablaError } from "../../core/errors.js";

/** The targets of `code`, as they are asked for. */
export const CODE_TARGETS = ["numpy", "jax", "torch", "julia", "octave", "matlab", "typescript"] as const;
/** One of `CODE_TARGETS`. */
export type CodeTarget = (typeof CODE_TARGETS)[number];

export function targetOf(name: unknown): CodeTarget {
  const known = CODE_TARGETS.find((t) => t === name);
  if (known) return known;
  throw new NablaError("bad_argument", `code: unknown target ${String(name)}`, {
    got: String(name),
    want: CODE_TARGETS.join(", "),
  });
}
