import { describe, expect, test } from "vitest";
import { explainEntry } from "../../../kernel/src/calculus/autodiff/explain.js";
import type { NetworkConfig } from "../../../kernel/src/calculus/autodiff/network.js";
import type { EntryExplanation, TraceDocument } from "../../../kernel/src/calculus/autodiff/trace.js";
import { traceNetwork } from "../../../kernel/src/calculus/autodiff/traceNetwork.js";

const demo = traceNetwork();
const explain = (trace: TraceDocument, tensor: string, row = 0, col = 0): EntryExplanation =>
  explainEntry(trace, trace.tensors[tensor]!.madeBy, tensor, row, col);

describe("one entry in words", () => {
  test("[2,2] of ∂L/∂W1 is a product of two numbers, and the way leads to B6", () => {
    const entry = explain(demo, "g_W1", 1, 1);
    expect(entry.text).toBe("[2,2] = (−0.05948)(2) = −0.11897");
    expect(entry.terms).toEqual([
      {
        factors: [
          { tensor: "g_h", row: 1, col: 0, value: expect.closeTo(-0.059484, 6) },
          { tensor: "x", row: 1, col: 0, value: 2 },
        ],
      },
    ]);
    expect(entry.follow).toEqual([{ label: "∂L/∂h", tensor: "g_h", step: "B6" }]);
  });

  test("numerator layout turns the place, not the number", () => {
    const turned = { ...demo, conventions: { ...demo.conventions, layout: "numerator" as const } };
    expect(explain(turned, "g_W1", 2, 0).text).toMatch(/^\[1,3\] = /);
  });

  test.each<[string, number, string]>([
    ["h", 0, "[1] = (0.5)(1) + (−1)(2) + 0.1 = −1.4"],
    ["a", 0, "[1] = σ(−1.4) = 0.19782"],
    ["p", 0, "[1] = e^0.43743/(e^0.43743 + e^1.38569) = 0.27923"],
    ["L", 0, "= −(0)(ln 0.27923) − (1)(ln 0.72077) = 0.32744"],
    ["dphi", 0, "[1] = (0.19782)(1 − 0.19782) = 0.15868"],
    ["g_L", 0, "= 1"],
    ["g_p", 1, "[2] = −(1)(1/0.72077) = −1.38741"],
    ["g_a", 0, "[1] = (1)(0.27923) + (−0.25)(−0.27923) = 0.34904"],
    ["g_h", 1, "[2] = (−0.48866)(0.12173) = −0.05948"],
    ["g_b1", 1, "[2] = −0.05948"],
    ["x", 1, "[2] = 2"],
  ])("%s[%i]", (tensor, row, text) => {
    expect(explain(demo, tensor, row).text).toBe(text);
  });

  test("an entry that the step does not make is an error", () => {
    expect(() => explainEntry(demo, "B7", "g_h", 0, 0)).toThrow("step B7 makes no entry [1,1] of g_h");
  });
});

const batch = {
  X: [
    [1, 2],
    [-1, 0.5],
    [0.5, -1.5],
  ],
};
const CONFIGS: NetworkConfig[] = [
  {},
  { conventions: { fused: true } },
  { activation: "relu", loss: "mse" },
  { activation: "tanh", loss: "binary-cross-entropy", bias: false },
  { activation: "leaky-relu", ...batch, conventions: { reduction: "mean" } },
  { ...batch, conventions: { samples: "columns" } },
  { ...batch, loss: "mse", conventions: { mse: "mean", reduction: "mean" } },
  { ...batch, loss: "binary-cross-entropy", conventions: { fused: true } },
];

test.each(CONFIGS)("terms add up to the entry, everywhere: %j", (config) => {
  const trace = traceNetwork(config);
  for (const tensor of Object.values(trace.tensors)) {
    if (tensor.madeBy === "F0" || tensor.madeBy === "B0") continue;
    tensor.data.forEach((value, i) => {
      const { terms, text } = explain(trace, tensor.name, Math.floor(i / tensor.shape[1]), i % tensor.shape[1]);
      expect(text).not.toMatch(/undefined|NaN/);
      const sum = terms.reduce(
        (s, { coefficient = 1, factors }) => s + factors.reduce((p, f) => p * f.value, coefficient),
        0,
      );
      expect(Math.abs(sum - value), `${tensor.name} ${i}: ${text}`).toBeLessThan(1e-12 * Math.max(1, Math.abs(value)));
    });
  }
});
