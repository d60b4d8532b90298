import katex from "katex";
import { expect, test } from "vitest";
import type { NetworkConfig } from "../../../kernel/src/calculus/autodiff/network.js";
import { traceNetwork } from "../../../kernel/src/calculus/autodiff/traceNetwork.js";

const BATCH = {
  X: [
    [1, 2],
    [-1, 0.5],
    [0.5, -1.5],
  ],
};
const CONFIGS: NetworkConfig[] = [
  {},
  { conventions: { fused: true, digits: "all" } },
  { activation: "relu", loss: "mse", conventions: { mse: "mean" } },
  { activation: "tanh", loss: "binary-cross-entropy" },
  { activation: "identity", bias: false },
  { ...BATCH, activation: "leaky-relu", conventions: { reduction: "mean" } },
  { ...BATCH, loss: "mse", conventions: { samples: "columns" } },
  { ...BATCH, loss: "binary-cross-entropy", conventions: { reduction: "mean", fused: true } },
];

test.each(CONFIGS)("every formula renders: %j", (config) => {
  const trace = traceNetwork(config);
  const lines = [
    ...Object.values(trace.tensors).map((tensor) => tensor.latex),
    ...trace.steps.flatMap(({ formula, index, differential, local }) => [
      ...Object.values(formula.denominator),
      ...Object.values(formula.numerator),
      index,
      differential,
      local?.latex ?? "",
    ]),
  ];
  for (const line of lines) {
    expect(() => katex.renderToString(line, { throwOnError: true, strict: "error" }), line).not.toThrow();
    expect(line).not.toMatch(/undefined|\bD_|\bdphi\b|NaN/);
  }
});

test("in every layout the numbers of a formula are the numbers of its result", () => {
  const trace = traceNetwork({ conventions: { digits: "all" } });
  for (const step of trace.steps.slice(7))
    for (const layout of ["denominator", "numerator"] as const) {
      const { shape, data } = trace.tensors[step.results[0]!]!;
      const matrix = /\\begin\{bmatrix\}((?:(?!\\begin).)*)\\end\{bmatrix\}$/.exec(step.formula[layout].numbers)![1]!;
      const rows = matrix.split("\\\\").map((row) => row.split("&").map(Number));
      const want = layout === "denominator" ? shape : [shape[1], shape[0]];
      expect([rows.length, rows[0]!.length], `${step.id} ${layout}`).toEqual(want);
      const flat = (layout === "denominator" ? rows : rows[0]!.map((_, j) => rows.map((row) => row[j]!))).flat();
      for (const [i, x] of flat.entries()) expect(x).toBeCloseTo(data[i]!, 12);
    }
});
