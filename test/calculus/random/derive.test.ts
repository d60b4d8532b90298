/** Random typed expressions over the whole grammar: every one derived, none wrong, none refused. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "./check.js";
import { randomProblem } from "./expressions.js";

const SEED = 20_260_411;
const RUNS = 600;
/** An expression such as inv(E − E) has no point at all; more of these would say that the generator is at fault. */
const MOST_OUTSIDE = 0.02;
const KINDS = ["scalar", "vector", "matrix"] as const;

test(`${RUNS} random expressions of depth 2 to 6, every kind by every kind, seed ${SEED}`, () => {
  let outside = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 30 }),
      fc.integer({ min: 2, max: 6 }),
      fc.constantFrom(...KINDS),
      fc.constantFrom(...KINDS),
      (seed, depth, of, wrt) => {
        const problem = randomProblem(seed, depth, { of, wrt });
        try {
          if (judge(problem.expr, problem.wrt) === "outside the domain") outside++;
        } catch (error) {
          throw new Error(`${problem.expr}  by ${problem.wrt}: ${(error as Error).message}`, { cause: error });
        }
      },
    ),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  expect(outside).toBeLessThanOrEqual(RUNS * MOST_OUTSIDE);
}, 120_000);
