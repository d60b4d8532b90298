/** Expressions whose entry (i, j) depends on the entry (i, j) of one symbol: ln(1 − p), s(h), 0.99 step(h) + 0.01·1. */
import { type Expr, topological } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import { build as b, rebuild } from "../ops/build.js";
import { opOf } from "../ops/index.js";

const KEEPS_ENTRIES = new Set(["add", "times", "hadamard", "ones", "symbol"]);

/** The one symbol that e is an entrywise function of; undefined when there is none or more than one. */
export function entrywiseSymbol(e: Expr): Expr | undefined {
  const wide = topological(e).filter((x) => !isScalar(x.shape));
  const symbols = wide.filter((x) => x.op === "symbol");
  const entrywise = wide.every((x) => KEEPS_ENTRIES.has(x.op) || opOf(x.op).elementwise === true);
  return entrywise && symbols.length === 1 ? symbols[0] : undefined;
}

/** The same function of one number: `entry` stands for the symbol, matrices of ones are 1. */
export function ofEntry(e: Expr, symbol: Expr, entry: Expr): Expr {
  if (e === symbol) return entry;
  if (e.op === "ones") return b.number(1);
  return e.args.length === 0
    ? e
    : rebuild(
        e,
        e.args.map((a) => ofEntry(a, symbol, entry)),
      );
}
