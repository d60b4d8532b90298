/**
 * Functions of one number inside each other, ln(1 + e^z), as one function of z, where its derivative is shorter than what the
 * chain rule makes of the parts: s(z) in place of (1 + e^z)⁻¹ e^z.
 */
import { type Expr, treeSize } from "../../core/expr.js";
import { ENTRY } from "../../core/indexLine.js";
import { build as b, rebuild } from "../../ops/build.js";
import { opOf } from "../../ops/index.js";
import { isNumber, numberOf } from "../../ops/leaves.js";
import { derivative } from "../closed.js";

export interface Composed {
  /** A scalar expression of ENTRY. */
  readonly body: Expr;
  /** What it is applied to, entry by entry. */
  readonly of: Expr;
}

/** Undefined where the parts are better differentiated one after the other. */
export function composed(e: Expr, active: ReadonlySet<Expr>): Composed | undefined {
  const made = functionOf(e, active);
  if (made.body === ENTRY || made.of === e.args[0]) return undefined;
  const slope = derivative(made.body, [ENTRY], { facts: false }).matrix;
  return slope && 2 * treeSize(slope) <= treeSize(made.body) ? made : undefined;
}

function functionOf(e: Expr, active: ReadonlySet<Expr>): Composed {
  const at = e.args.findIndex((a) => active.has(a));
  const others = e.args.map((a, n) => (n === at ? undefined : constantOf(a)));
  const passes = opOf(e.op).elementwise ? at === 0 : e.op === "add" || e.op === "times";
  if (at < 0 || !passes || others.some((c, n) => n !== at && c === undefined)) return { body: ENTRY, of: e };
  const inner = functionOf(e.args[at]!, active);
  const args = others.map((c, n) => (n === at ? inner.body : c!));
  const body = e.op === "add" ? b.add(...args) : e.op === "times" ? b.times(...args) : rebuild(e, args);
  return { body, of: inner.of };
}

/** The number that every entry of a constant is. */
function constantOf(e: Expr): Expr | undefined {
  if (isNumber(e)) return e;
  if (e.op === "ones") return b.number(1);
  const [c, one] = e.args;
  return e.op === "times" && e.args.length === 2 && isNumber(c!) && one!.op === "ones"
    ? b.number(numberOf(c!))
    : undefined;
}
