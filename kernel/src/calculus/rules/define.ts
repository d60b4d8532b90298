/**
 * A rewrite rule: named, small, local, cited. The table is ordered; the engine applies the first rule that fits
 * and records the step, not the rule.
 */
import type { Citation } from "../core/cite.js";
import type { Expr } from "../core/expr.js";
import type { Build } from "../ops/define.js";
import { type Fact, factsOf, nameOf } from "../ops/leaves.js";

export interface RewriteContext {
  readonly b: Build;
  /** Names whose facts must not be used: variables before their last differentiation. */
  readonly frozen: ReadonlySet<string>;
  /** Conditions that rules relied on, such as "y∘y = 1, since y is ±1". */
  readonly conditions: Set<string>;
}

export interface Rule {
  readonly id: string;
  /** Operators at whose nodes the rule is tried. */
  readonly ops: readonly string[];
  /** What it says, for the chip's hover. */
  readonly says: string;
  readonly cite?: Citation;
  readonly apply: (e: Expr, context: RewriteContext) => Expr | undefined;
}

/** Does e have the fact, declared, implied, and allowed to be used here? */
export function hasFact(e: Expr, fact: Fact, context: Pick<RewriteContext, "frozen">): boolean {
  if (e.op === "symbol") {
    if (context.frozen.has(nameOf(e))) return false;
    const facts = factsOf(e);
    if (facts.includes(fact)) return true;
    if (fact === "symmetric") return facts.includes("spd") || facts.includes("diagonal");
    if (fact === "invertible") return facts.includes("spd") || facts.includes("orthogonal");
    return false;
  }
  if (fact === "symmetric") {
    if (e.op === "inv" || e.op === "matpow" || e.op === "adj") return hasFact(e.args[0]!, "symmetric", context);
    if (e.op === "add" || e.op === "hadamard") return e.args.every((a) => hasFact(a, "symmetric", context));
    if (e.op === "mul") return palindrome(e.args, context);
    if (e.op === "kron") return e.args.every((a) => hasFact(a, "symmetric", context));
    if (e.op === "eye") return true;
    if (e.op === "times") return hasFact(e.args[e.args.length - 1]!, "symmetric", context);
    if (e.op === "diag") return e.shape.rows.key === e.shape.cols.key;
    if (e.op === "ones") return e.shape.rows.key === e.shape.cols.key;
  }
  return false;
}

/** X'X, X'AX with a symmetric A, and xx' are their own transposes. */
function palindrome(factors: readonly Expr[], context: Pick<RewriteContext, "frozen">): boolean {
  const turned = (a: Expr, b: Expr): boolean =>
    (a.op === "transpose" && a.args[0] === b) ||
    (b.op === "transpose" && b.args[0] === a) ||
    (a === b && hasFact(a, "symmetric", context));
  for (let i = 0; i <= (factors.length - 1) / 2; i++) {
    const j = factors.length - 1 - i;
    if (i === j ? !hasFact(factors[i]!, "symmetric", context) : !turned(factors[i]!, factors[j]!)) return false;
  }
  return true;
}
