/**
 * Expressions printed by their operator records, with chosen nodes printed another way. The printers of print/ serve
 * whole derivations; this one serves formulas whose parts are replaced.
 */
import type { Expr } from "../core/expr.js";
import { type Fragment, fenced, LEVEL, type Level } from "../ops/fragment.js";
import { opOf } from "../ops/index.js";

/** What to print for a node; undefined leaves it to its record. */
export type Override = (e: Expr) => string | undefined;

export function printed(root: Expr, kind: "text" | "latex", override: Override = () => undefined): string {
  const done = new Map<Expr, Fragment>();
  const fragment = (e: Expr): Fragment => {
    const known = done.get(e);
    if (known) return known;
    const chosen = override(e);
    const made = chosen === undefined ? opOf(e.op)[kind](e, print) : chosenFragment(chosen);
    done.set(e, made);
    return made;
  };
  const print = (e: Expr, min: Level): string => {
    const { out, level } = fragment(e);
    if (level >= min) return out;
    return kind === "latex" ? fenced(out) : `(${out})`;
  };
  return print(root, LEVEL.sum);
}

/** ∂L/∂z stands in a product as it is and takes parentheses under an exponent. */
const chosenFragment = (out: string): Fragment => ({ out, level: out.startsWith("\\frac") ? LEVEL.power : LEVEL.atom });
