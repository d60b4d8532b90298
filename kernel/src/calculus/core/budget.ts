/**
 * The time that a request may take. The engine has no clock: the caller gives one. The work of a request is synchronous,
 * so the budget of the running one is kept here instead of in every signature; it never changes an answer, only
 * whether there is one. Errors: `unsupported` when the time is over.
 */
import { NablaError } from "./errors.js";

export interface Budget {
  readonly seconds: number;
  /** Milliseconds of any clock that does not run backwards. */
  readonly now: () => number;
}

interface Running extends Budget {
  readonly end: number;
}

/** The clock is read once in so many units of work: nodes made, visited or evaluated. */
const UNITS_PER_LOOK = 2048;

let running: Running | undefined;
let units = 0;

/** Does the work within the time, or throws; inside another budget the earlier end holds. */
export function within<T>(budget: Budget | undefined, work: () => T): T {
  if (!budget) return work();
  const outer = running;
  const end = budget.now() + 1000 * budget.seconds;
  running = outer && outer.end < end ? outer : { ...budget, end };
  try {
    return work();
  } finally {
    running = outer;
  }
}

/** Called by the loops that all work goes through. */
export function spend(work: number): void {
  if (!running) return;
  units += work;
  if (units < UNITS_PER_LOOK) return;
  units = 0;
  if (running.now() <= running.end) return;
  throw new NablaError(
    "unsupported",
    `not finished after ${running.seconds} s: the work is larger than the time limit`,
    {
      got: `more than ${running.seconds} s`,
      want: `at most ${running.seconds} s`,
      hint: "try a shorter expression, or a larger timeLimit (seconds)",
    },
  );
}
