import { expect, test } from "vitest";
import { configOf } from "../../../kernel/src/calculus/autodiff/configOf.js";
import type { NetworkConfig } from "../../../kernel/src/calculus/autodiff/network.js";
import { traceNetwork } from "../../../kernel/src/calculus/autodiff/traceNetwork.js";

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

test.each<[string, NetworkConfig]>([
  ["the demo network", {}],
  ["random numbers of other sizes", { sizes: [4, 5, 3], seed: 7, activation: "leaky-relu", conventions: { kink: 1 } }],
  ["no bias", { bias: false, loss: "mse", conventions: { mse: "mean", digits: "all" } }],
  ["a batch as rows", { X, Y, conventions: { samples: "rows", reduction: "mean" } }],
  ["a batch as columns", { X, Y, conventions: { samples: "columns" } }],
])("the network of a trace makes the same trace again: %s", (_, config) => {
  const trace = traceNetwork(config);
  expect(traceNetwork(configOf(trace))).toEqual(trace);
});

test("a trace without the tensors of a two-layer network has none", () => {
  const trace = traceNetwork();
  const { W2: _, ...tensors } = trace.tensors;
  expect(configOf({ ...trace, tensors })).toBeUndefined();
  expect(configOf({ ...trace, network: { ...trace.network, sizes: [3, 3, 2] } })).toBeUndefined();
});
