/**
 * Random problems by the number of their run, so that any of them can be repeated alone. NABLA_RANDOM is how many the
 * four files of this folder judge together (2,000), NABLA_SEED where the numbers begin.
 */
import { random } from "../../../kernel/src/calculus/core/random.js";
import { judge } from "./check.js";
import { KINDS, randomProblem, variablesIn } from "./expressions.js";

const ALL = Number(process.env.NABLA_RANDOM ?? 2000);
const SEED = Number(process.env.NABLA_SEED ?? 20_260_411);
/** Of every ten problems this many are second derivatives. */
const SECOND = 3;
/** inv(E − E) has no point at all, tanh(9 + x²)³ no derivative in double precision; more would be the generator's fault. */
const MOST_OUTSIDE = 0.02;
const PROGRESS = 1000;
const STYLES = ["differential", "index", "chain"] as const;
const LAYOUTS = ["denominator", "numerator"] as const;

interface Problem {
  readonly expr: string;
  readonly wrt: readonly [string] | readonly [string, string];
}

export const share = (order: 1 | 2): number => Math.round((ALL * (order === 2 ? SECOND : 10 - SECOND)) / 20);
export const titled = (order: 1 | 2, shard: 0 | 1): string =>
  `${share(order)} random ${order === 1 ? "derivatives" : "second derivatives"} are right, seed ${SEED}, part ${shard + 1} of 2`;

/** First derivatives of depth 2 to 6, second ones of depth 2 to 4; every kind by every kind, some with named parts. */
function problemOf(seed: number, order: 1 | 2): Problem {
  const rng = random(seed);
  const depth = rng.integer(2, order === 1 ? 6 : 4);
  const [of, wrt] = [KINDS[rng.integer(0, 2)]!, KINDS[rng.integer(0, 2)]!];
  const parts = rng.next() < 0.2 ? rng.integer(1, 2) : 0;
  const problem = randomProblem(seed + 1, depth, { of, wrt, parts });
  if (order === 1) return { expr: problem.expr, wrt: [problem.wrt] };
  const names = variablesIn(problem.expr);
  const other = rng.next() < 0.5 ? problem.wrt : names[rng.integer(0, names.length - 1)]!;
  return { expr: problem.expr, wrt: [problem.wrt, other] };
}

/** Judges one half of the problems of an order; throws at the first that is wrong or refused, with its number. */
export function run(order: 1 | 2, shard: 0 | 1): void {
  let outside = 0;
  for (let k = 1; k <= share(order); k++) {
    const seed = SEED + order * 10_000_019 + (2 * k + shard) * 104_729;
    const { expr, wrt } = problemOf(seed, order);
    const page = { style: STYLES[k % 3]!, layout: LAYOUTS[k % 2]! };
    try {
      if (judge(expr, wrt, page) !== "right") outside++;
    } catch (error) {
      const { message } = error as Error;
      throw new Error(`${expr}  by ${wrt.join(", ")}, ${page.style} style, ${page.layout} layout: ${message}`, {
        cause: error,
      });
    }
    if (k % PROGRESS === 0) console.log(`${k} of ${share(order)}, ${outside} outside their domain or below rounding`);
  }
  if (outside > Math.max(2, share(order) * MOST_OUTSIDE)) throw new Error(`${outside} could not be judged`);
}
