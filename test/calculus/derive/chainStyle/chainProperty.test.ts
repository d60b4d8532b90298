/** Random compositions: every line equals the engine's derivative, and the whole agrees with central differences. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeError, transpose } from "../../../../kernel/src/calculus/core/dense.js";
import { type Expr, topological } from "../../../../kernel/src/calculus/core/expr.js";
import { dim, isScalar, ONE, shape } from "../../../../kernel/src/calculus/core/shape.js";
import { chainSteps } from "../../../../kernel/src/calculus/derive/chainStyle/chain.js";
import { build as b } from "../../../../kernel/src/calculus/ops/build.js";
import { nameOf, symbol } from "../../../../kernel/src/calculus/ops/leaves.js";
import { goodPoint } from "../../../../kernel/src/calculus/verify/domain.js";
import { evaluate } from "../../../../kernel/src/calculus/verify/evaluate.js";
import { differences } from "../../differences.js";
import { LAYOUTS, type Layout } from "./chainHelpers.js";

const RUNS = 150;
const SIZES = ["n", "m", "p", "q"];
const ELEMENTWISE = ["tanh", "sigmoid", "sin", "exp", "relu"];

interface Made {
  readonly f: Expr;
  readonly variables: readonly Expr[];
}

/** Choices drawn as numbers in [0, 1): a column goes through stages, then perhaps into a number. */
function compose(choices: readonly number[]): Made {
  let at = 0;
  const draw = (n: number): number => Math.floor((choices[at++ % choices.length]! * 7919 + at * 0.37) % n);
  const x = symbol("x", shape(dim("n"), ONE));
  const matrices: Expr[] = [];
  let v: Expr = x;
  const matrix = (): Expr => {
    const to = dim(SIZES[draw(SIZES.length)]!);
    const W = symbol(`W${matrices.length + 1}`, shape(to, v.shape.rows));
    matrices.push(W);
    return W;
  };
  const vector = (): Expr => symbol(`b_${v.shape.rows.key}`, v.shape);
  const stages = 1 + draw(4);
  for (let i = 0; i < stages; i++) {
    switch (draw(7)) {
      case 0:
        v = b.add(b.mul(matrix(), v), symbol(`c${i}`, shape(matrices[matrices.length - 1]!.shape.rows, ONE)));
        break;
      case 1:
        v = b.mul(matrix(), v);
        break;
      case 2:
      case 3:
        v = b.op(ELEMENTWISE[draw(ELEMENTWISE.length)]!, [b.mul(matrix(), v)]);
        break;
      case 4:
        v = b.add(v, b.op("tanh", [v]));
        break;
      case 5:
        v = b.hadamard(vector(), v);
        break;
      case 6:
        v = b.op("softmax", [b.mul(matrix(), v)]);
        break;
    }
  }
  const f = scalarOrVector(v, draw(8), vector);
  const used = topological(f);
  return { f, variables: [x, ...matrices].filter((s) => used.includes(s)) };
}

function scalarOrVector(v: Expr, choice: number, vector: () => Expr): Expr {
  switch (choice) {
    case 0:
      return b.pow(b.op("norm", [v]), 2);
    case 1:
      return b.pow(b.op("norm", [b.sub(v, vector())]), 2);
    case 2:
      return b.op("scalarfn", [v], { fn: "L", order: 0 });
    case 3:
      return b.mul(b.transpose(vector()), b.op("tanh", [v]));
    case 4:
      return b.neg(b.mul(b.transpose(symbol("t", v.shape, ["simplex"])), b.op("log", [b.op("softmax", [v])])));
    case 5:
      return b.op("sum", [b.op("log", [b.add(b.ones(v.shape), b.op("exp", [v]))])]);
    case 6:
      return b.op("logsumexp", [v]);
    default:
      return v;
  }
}

function checkAgainstDifferences(made: Made, x: Expr, layout: Layout): void {
  const page = chainSteps({ f: made.f, lets: [], x, layout });
  for (const step of page.steps) expect(step.check.maxRelError).toBeLessThan(1e-9);
  const { point } = goodPoint([made.f, page.result], [x], 5);
  const value = evaluate(page.result, point);
  const want = differences(made.f, x, point);
  // Gradients lie as the variable in denominator layout, Jacobians as rows = outputs in numerator layout.
  const asDifferences: Layout = isScalar(made.f.shape) ? "denominator" : "numerator";
  const data = (layout === asDifferences ? value : transpose(value)).data;
  expect(relativeError(data, want.data)).toBeLessThan(5e-6);
}

test(`${RUNS} random compositions, both layouts, every variable that has a matrix answer`, () => {
  let pages = 0;
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 12, maxLength: 12 }),
      (choices) => {
        const made = compose(choices);
        const variables = isScalar(made.f.shape) ? made.variables : made.variables.filter((s) => nameOf(s) === "x");
        for (const x of variables)
          for (const layout of LAYOUTS) {
            checkAgainstDifferences(made, x, layout);
            pages++;
          }
      },
    ),
    { numRuns: RUNS, seed: 20_240_519 },
  );
  expect(pages).toBeGreaterThanOrEqual(2 * RUNS);
}, 120_000);
