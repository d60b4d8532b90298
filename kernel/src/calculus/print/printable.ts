/** Shared parts are written out each time: a text that would be longer than any page is refused before it is made. */
import { NablaError } from "../core/errors.js";
import { type Expr, treeSize } from "../core/expr.js";

/** Parts of one text, a few megabytes. */
const LONGEST = 400_000;

export function checkPrintable(root: Expr): void {
  const size = treeSize(root);
  if (size <= LONGEST) return;
  throw new NablaError("unsupported", "an expression with all its names written out is too long to be printed", {
    got: `${size} parts`,
    want: `at most ${LONGEST} parts`,
    hint: "fewer repeated parts",
  });
}
