/** dF with the differentials of its variables open, against the derivative of F along the directions of the points. */
import { failedCheck } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { compare } from "./bounds.js";
import { type Site, STEP_TOLERANCE } from "./checkStep.js";
import { exactDirection, Taped } from "./exact.js";

/** The largest relative error; more than rounding explains is an error. */
export function checkDifferential(f: Expr, dF: Expr, wrt: readonly Expr[], at: readonly Site[]): number {
  let worst = 0;
  for (const { point } of at) {
    const answer = new Taped(point, []).value(dF);
    const verdict = compare(exactDirection(f, wrt, point), answer, answer.data.map(Math.abs));
    if (verdict.wrong) throw failedCheck("the differential", verdict.worst, STEP_TOLERANCE);
    worst = Math.max(worst, verdict.worst);
  }
  return worst;
}
