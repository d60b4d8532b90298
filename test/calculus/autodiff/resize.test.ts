import fc from "fast-check";
import { expect, test } from "vitest";
import { configOf } from "../../../kernel/src/calculus/autodiff/configOf.js";
import { resizeNetwork } from "../../../kernel/src/calculus/autodiff/resize.js";
import type { Loss } from "../../../kernel/src/calculus/autodiff/trace.js";
import { traceNetwork } from "../../../kernel/src/calculus/autodiff/traceNetwork.js";

const demo = configOf(traceNetwork())!;

test("what both sizes have in common is kept, and coming back gives it again", () => {
  const large = resizeNetwork(demo, { sizes: [3, 4, 2], batch: 2 });
  expect((large.W1 as number[][]).slice(0, 3).map((row) => row.slice(0, 2))).toEqual(demo.W1);
  expect(large.X![0]!.slice(0, 2)).toEqual(demo.x);
  expect(resizeNetwork(large, { sizes: [2, 3, 2], batch: 1 })).toEqual(demo);
});

test("the same sizes change nothing", () => {
  expect(resizeNetwork(demo, { sizes: [2, 3, 2], batch: 1 })).toEqual(demo);
});

test("a target that lost its class gets one: every size from 1 to 8 makes a network", () => {
  const size = fc.integer({ min: 1, max: 8 });
  const losses = fc.constantFrom<Loss>("cross-entropy", "binary-cross-entropy", "mse");
  fc.assert(
    fc.property(size, size, size, size, losses, fc.boolean(), (n, m, k, batch, loss, bias) => {
      const { b1: _1, b2: _2, ...free } = demo;
      const from = configOf(traceNetwork({ ...(bias ? demo : free), loss, bias }))!;
      const trace = traceNetwork(resizeNetwork(from, { sizes: [n, m, k], batch }));
      expect([...trace.network.sizes, trace.network.batch, trace.network.bias]).toEqual([n, m, k, batch, bias]);
    }),
    { seed: 1, numRuns: 12 },
  );
});
