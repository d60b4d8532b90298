/** The two-layer networks among the statements of the notes, in the notes' numerator layout. */
import { expect, test } from "vitest";
import { relativeError } from "../../../../kernel/src/calculus/core/dense.js";
import { declare } from "../../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../../kernel/src/calculus/text/parse.js";
import { goodPoint } from "../../../../kernel/src/calculus/verify/domain.js";
import { evaluate } from "../../../../kernel/src/calculus/verify/evaluate.js";
import { chainOf, LAYOUTS, texts } from "./chainHelpers.js";

const SHAPES = "W1: h×n, W2: k×h, x: n, t: k simplex";
const LOSSES = {
  mse: { f: (y: string) => `norm(${y} - t)^2`, gradient: (y: string) => `2*(${y} - t)'` },
  "mse-mean": { f: (y: string) => `norm(${y} - t)^2/k`, gradient: (y: string) => `(2/k)*(${y} - t)'` },
  "softmax-ce": { f: (y: string) => `-(t'*log(softmax(${y})))`, gradient: (y: string) => `(softmax(${y}) - t)'` },
  ce: {
    f: (y: string) => `-(t'*log(sigmoid(${y})) + (1 - t)'*log(1 - sigmoid(${y})))`,
    gradient: (y: string) => `(sigmoid(${y}) - t)'`,
  },
} as const;
const SLOPES = { sigmoid: "sigmoid(W1*x).*(1 - sigmoid(W1*x))", relu: "step(W1*x)" } as const;

const rows = (["sigmoid", "relu"] as const).flatMap((act) =>
  (Object.keys(LOSSES) as (keyof typeof LOSSES)[]).flatMap((loss) => {
    const a = `${act}(W1*x)`;
    const y = `W2*${a}`;
    const [f, up] = [LOSSES[loss].f(y), `(${LOSSES[loss].gradient(y)})`];
    return [
      { id: `D-net-W2-${act}-${loss}`, f, wrt: "W2", expected: `(${a})*${up}` },
      { id: `D-net-W1-${act}-${loss}`, f, wrt: "W1", expected: `x*((${up}*W2).*(${SLOPES[act]})')` },
    ];
  }),
);

test.each(rows)("$id", ({ f, wrt, expected }) => {
  const scope = declare(SHAPES);
  const page = chainOf(f, SHAPES, wrt, "numerator");
  const printed = parse(expected, scope).expr;
  for (const seed of [1, 2, 3]) {
    const { point } = goodPoint([parse(f, scope).expr, printed], [scope.symbols.get(wrt)!], seed);
    expect(relativeError(evaluate(page.result, point).data, evaluate(printed, point).data)).toBeLessThan(1e-12);
  }
  const last = texts(page)[page.steps.length - 1]!;
  expect(last).toMatch(wrt === "W1" ? /^df\/dW1 = x\*g_h$/ : /= (sigmoid|relu)\(W1\*x\)\*(df\/dc|g_z)/);
});

test("every line of every row holds in both layouts", () => {
  for (const { f, wrt } of rows)
    for (const layout of LAYOUTS)
      for (const step of chainOf(f, SHAPES, wrt, layout).steps) expect(step.check.maxRelError).toBeLessThan(1e-12);
});
