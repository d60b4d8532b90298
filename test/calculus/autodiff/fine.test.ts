import { describe, expect, test } from "vitest";
import { explainEntry } from "../../../kernel/src/calculus/autodiff/explain.js";
import type { NetworkConfig } from "../../../kernel/src/calculus/autodiff/network.js";
import type { Activation, Loss } from "../../../kernel/src/calculus/autodiff/trace.js";
import { traceNetwork } from "../../../kernel/src/calculus/autodiff/traceNetwork.js";
import { expectNumbers, ids, step } from "./helpers.js";

const fine = (config: NetworkConfig = {}) =>
  traceNetwork({ ...config, conventions: { ...config.conventions, fine: true } });

describe("elementary steps", () => {
  const trace = fine();

  test("the demo network has twenty-six, one tensor each", () => {
    expect(ids(trace)).toHaveLength(26);
    const made = trace.steps.filter(({ pass }) => pass === "backward").flatMap(({ results }) => results);
    expect(made).toEqual("g_L g_q g_p g_s g_e g_z g_b2 g_v g_W2 g_a g_h g_b1 g_u g_W1 g_x".split(" "));
    expect(trace.steps.slice(1, 11).map(({ results }) => results[0])).toEqual("u h a v z e s p q L".split(" "));
  });

  test("the exponential enters twice: two contributions are added", () => {
    const { formula, index, differential, operands, local } = step(trace, "B4");
    expect(formula.denominator.symbolic).toBe(
      "\\mathbf g_e=\\frac{\\partial L}{\\partial \\mathbf e}=g_s\\,\\mathbf 1 + \\frac{\\mathbf g_p}{s}",
    );
    expect(index).toBe("\\frac{\\partial L}{\\partial e_{j}}=g_s+\\frac{1}{s}\\,\\left[\\mathbf g_p\\right]_{j}");
    expect(differential).toContain("dL=g_s\\,ds + \\mathbf g_p^\\top\\,d\\mathbf p");
    expect([...operands].sort()).toEqual(["g_p", "g_s", "s"]);
    expect(local).toBeUndefined();
  });

  test("what the exponential made stands for it in the way back", () => {
    expect(step(trace, "B5").formula.denominator.symbolic).toBe(
      "\\mathbf g_z=\\frac{\\partial L}{\\partial \\mathbf z}=\\mathbf g_e\\circ \\mathbf e",
    );
    expect(step(trace, "B2").formula.numerator.symbolic).toBe(
      "\\frac{\\partial L}{\\partial \\mathbf p}=\\frac{\\frac{\\partial L}{\\partial \\mathbf q}}{\\mathbf p^\\top}",
    );
  });

  test("no formula raises a raised symbol again", () => {
    const formulas = trace.steps.flatMap(({ formula }) => [formula.denominator, formula.numerator]);
    for (const { symbolic, shapes, unrolled } of formulas)
      expect(`${symbolic} ${shapes} ${unrolled}`).not.toMatch(/\^\{[^{}]*\}\^|-1 - 1/);
  });

  test("an entry is written out from the elementary operation", () => {
    expect(explainEntry(trace, "B13", "g_W1", 1, 1).text).toBe("[2,2] = (−0.05948)(2) = −0.11897");
    expect(explainEntry(trace, "F7", "s", 0, 0).text).toBe("= 1.54872 + 3.99758 = 5.54630");
  });
});

const X = [
  [1, 2],
  [-1, 0.5],
  [0.5, -1.5],
];
const Y = [
  [0, 1],
  [1, 0],
  [0, 1],
];
const LOSSES: readonly Loss[] = ["cross-entropy", "binary-cross-entropy", "mse"];
const FORMS: readonly [string, NetworkConfig][] = [
  ["one sample", {}],
  ["samples as rows, mean", { X, Y, conventions: { reduction: "mean" } }],
  ["samples as columns", { X, Y, conventions: { samples: "columns" } }],
];
const cases = FORMS.flatMap(([name, config]) =>
  LOSSES.flatMap((loss) =>
    (["sigmoid", "relu"] as const).map((activation): [string, Loss, Activation, NetworkConfig] => [
      name,
      loss,
      activation,
      config,
    ]),
  ),
);

test.each(cases)("%s, %s, %s: elementary and whole steps come to the same numbers", (_, loss, activation, config) => {
  const one = fine({ ...config, loss, activation });
  const whole = traceNetwork({ ...config, loss, activation });
  for (const [name, tensor] of Object.entries(whole.tensors))
    expectNumbers(one.tensors[name]!.data, tensor.data, 1e-12);
  for (const check of one.steps.flatMap(({ checks }) => checks))
    expect(check.verdict, `${check.tensor}: ${check.sentence}`).toBe("ok");
});

test("without biases there are no sums to go through", () => {
  expect(Object.keys(fine({ bias: false }).tensors)).not.toContain("u");
  expect(ids(fine({ bias: false }))).toHaveLength(20);
});
