/** Expressions as text in the grammar of the input, so that every answer can be read back. */
import type { Expr } from "../core/expr.js";
import type { Fragment, Level } from "../ops/fragment.js";
import { LEVEL } from "../ops/fragment.js";
import { opOf } from "../ops/index.js";
import { checkPrintable } from "./printable.js";

/**
 * @returns text that parses back to the same node
 * @example text(parse("‖W x + b‖²", declare("W: m×n, x: n, b: m")).expr); // "norm(W*x + b)^2"
 */
export function text(root: Expr): string {
  checkPrintable(root);
  const done = new Map<Expr, Fragment>();
  const fragment = (e: Expr): Fragment => {
    const known = done.get(e);
    if (known) return known;
    const made = opOf(e.op).text(e, print);
    done.set(e, made);
    return made;
  };
  const print = (e: Expr, min: Level): string => {
    const { out, level } = fragment(e);
    return level < min ? `(${out})` : out;
  };
  return print(root, LEVEL.sum);
}
