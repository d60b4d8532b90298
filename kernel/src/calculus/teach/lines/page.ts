/** Where a right line stands on our own page, and what it passes over. */
import type { Expr } from "../../core/expr.js";
import type { Step } from "../../core/step.js";
import { withoutLets } from "../../derive/lineState.js";
import { d } from "../../ops/leaves.js";
import { text } from "../../print/text.js";
import type { Finding } from "./judge.js";
import type { State } from "./state.js";

/** The rules of the lines between the student's last line and this one; moves the state on. */
export function passedOver(e: Expr, finding: Finding, state: State): string[] {
  const { steps } = state.derivation;
  // f rewritten is the line d(…) of the page.
  const line = finding.kind === "value" ? d(e) : e;
  const found = finding.final
    ? steps.length - 1
    : steps.findIndex((s, i) => i >= state.at && sidesOf(s, state).some((side) => sameLine(side, line)));
  if (found < state.at) {
    state.otherwise = true;
    return [];
  }
  // A line in another form than the page's may be one of those between.
  const between = state.otherwise ? [] : steps.slice(state.at, found);
  state.at = found + 1;
  state.otherwise = false;
  return between.map((s) => s.chips.join(", "));
}

/** Nodes that are built in another order print as one line. */
const sameLine = (a: Expr, b: Expr): boolean => a === b || text(a) === text(b);

function sidesOf({ body }: Step, { derivation }: State): readonly Expr[] {
  if (body.kind !== "differential") return [];
  const lets = [...derivation.problem.lets, ...derivation.names, ...(body.where ?? [])];
  const plain = (e: Expr): Expr => withoutLets(lets, e);
  return [body.after, ...(body.via ? [body.via] : [])].map(plain);
}
