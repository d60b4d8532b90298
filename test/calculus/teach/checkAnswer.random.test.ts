/** Random wrong answers on random expressions: none is ever called right. The seed of a failure is in its message. */
import { expect, test } from "vitest";
import { relativeError, transpose } from "../../../kernel/src/calculus/core/dense.js";
import { NablaError } from "../../../kernel/src/calculus/core/errors.js";
import { type Expr, topological } from "../../../kernel/src/calculus/core/expr.js";
import { type Random, random } from "../../../kernel/src/calculus/core/random.js";
import { isScalar, isSquare } from "../../../kernel/src/calculus/core/shape.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { build as b, substitute } from "../../../kernel/src/calculus/ops/build.js";
import { isNumber, numberOf } from "../../../kernel/src/calculus/ops/leaves.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { checkAnswer } from "../../../kernel/src/calculus/teach/checkAnswer.js";
import { checkLines } from "../../../kernel/src/calculus/teach/checkLines.js";
import { goodPoint } from "../../../kernel/src/calculus/verify/domain.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { read, SCOPE, variable } from "../random/check.js";
import { KINDS, randomProblem } from "../random/expressions.js";

const PROBLEMS = 300;
const FIRST_SEED = 20_000;
/** Other points than the engine's. */
const OWN_SEEDS = [77, 78, 79];
/** Relative to the largest entry; below it two answers count as one. */
const DIFFERENT = 1e-4;

/** A coefficient changed, a term or factor dropped, a factor transposed, two factors exchanged. */
function* wrongForms(e: Expr, rng: Random): Generator<readonly [string, Expr]> {
  const nodes = topological(e);
  const swap = (from: Expr, to: Expr): Expr => substitute(e, new Map([[from, to]]));
  const some = (list: readonly Expr[]): Expr | undefined => list[rng.integer(0, list.length - 1)];
  const number = some(nodes.filter((n) => isNumber(n) && numberOf(n) !== 0));
  if (number) yield ["coefficient", swap(number, b.number(numberOf(number) * (rng.next() < 0.5 ? 1.001 : -1.5)))];
  const sum = some(nodes.filter((n) => n.op === "add"));
  if (sum) yield ["term dropped", swap(sum, b.add(...sum.args.slice(1)))];
  const square = some(nodes.filter((n) => isSquare(n.shape) && !isScalar(n.shape) && n.op !== "eye"));
  if (square) yield ["transposed", swap(square, b.transpose(square))];
  const product = some(
    nodes.filter((n) => n.op === "mul" && n.args.length === 2 && n.args.every((a) => isSquare(a.shape))),
  );
  if (product) yield ["exchanged", swap(product, b.mul(product.args[1]!, product.args[0]!))];
  const scaled = some(nodes.filter((n) => n.op === "times" || n.op === "hadamard"));
  if (scaled) yield ["factor dropped", swap(scaled, scaled.args[scaled.args.length - 1]!)];
  yield ["one entry", b.add(e, b.times(b.number(0.01), b.ones(e.shape)))];
}

/** Do the two differ where we look, in both layouts? */
function differs(wrong: Expr, rights: readonly Expr[], f: Expr): boolean {
  return rights.every((right) =>
    OWN_SEEDS.some((seed) => {
      const { point } = goodPoint([right, wrong, f], [], seed);
      const [x, y] = [evaluate(wrong, point), evaluate(right, point)];
      const gap = (z: typeof y): number => (x.rows === z.rows && x.cols === z.cols ? relativeError(x.data, z.data) : 1);
      return Math.min(gap(y), gap(transpose(y))) > DIFFERENT;
    }),
  );
}

test(`wrong answers to ${PROBLEMS} random expressions: 0 are accepted`, () => {
  const accepted: string[] = [];
  const refused: string[] = [];
  let tried = 0;
  for (let i = 0; i < PROBLEMS; i++) {
    const seed = FIRST_SEED + i;
    const kinds = { of: KINDS[i % 2]!, wrt: KINDS[i % 3]! };
    if (kinds.of === "vector" && kinds.wrt === "matrix") continue;
    const { expr, wrt } = randomProblem(seed, 2 + (i % 4), kinds);
    try {
      const derivation = derive(read(expr), [variable(wrt)], { text: expr, steps: false });
      const { denominator, numerator } = derivation.matrices;
      if (!denominator) continue;
      const rights = [denominator, ...(numerator ? [numerator] : [])];
      const own = checkAnswer(text(denominator), derivation, { scope: SCOPE });
      if (!own.ok && own.code !== "undefined_answer") refused.push(`${seed}: d(${expr})/d${wrt}: ${own.message}`);
      for (const [how, wrong] of wrongForms(denominator, random(seed))) {
        if (!differs(wrong, rights, derivation.problem.f)) continue;
        tried++;
        const answer = text(wrong);
        const line = `${seed}: d(${expr})/d${wrt}, ${how}: ${answer}`;
        const result = checkAnswer(answer, derivation, { scope: SCOPE });
        if (result.ok || result.score === 1) accepted.push(line);
        if (i % 10 === 0 && checkLines([`∂f/∂${wrt} = ${answer}`], derivation, { scope: SCOPE }).ok)
          accepted.push(line);
      }
    } catch (error) {
      // No point in the domain: nothing to compare.
      if (!(error instanceof NablaError && error.code === "unsupported")) throw error;
    }
  }
  console.info(`${tried} wrong answers, ${accepted.length} accepted; ${refused.length} right answers refused`);
  expect(accepted).toEqual([]);
  expect(refused).toEqual([]);
  expect(tried).toBeGreaterThan(500);
}, 240_000);
