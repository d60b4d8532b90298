/** Deep chains: the differential is one DAG, so that the cost follows the number of layers. */
import { describe, expect, test } from "vitest";
import type { Expr } from "../../../kernel/src/calculus/core/expr.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { build as b } from "../../../kernel/src/calculus/ops/build.js";
import { variable } from "./check.js";

const [A, x, y, s] = ["A", "x", "y", "s"].map(variable) as [Expr, Expr, Expr, Expr];

function network(layers: number): Expr {
  let h = x;
  for (let i = 0; i < layers; i++) h = b.op("tanh", [b.add(b.mul(A, h), y)]);
  return b.pow(b.op("norm", [h]), 2);
}

/** Every layer uses the one before twice: 2^layers paths. */
function doubling(layers: number): Expr {
  let h = s;
  for (let i = 0; i < layers; i++) h = b.op("sin", [b.add(h, b.times(b.number(0.5), h, h))]);
  return h;
}

function seconds(f: Expr, wrt: Expr): number {
  const start = performance.now();
  expect(derive(f, [wrt], { steps: true }).steps.length).toBeLessThanOrEqual(26);
  return (performance.now() - start) / 1000;
}

describe("a chain of layers", () => {
  test("of 50 is derived in less than 2 s, by the shared weights and by the input", () => {
    seconds(network(5), A);
    expect(seconds(network(50), A)).toBeLessThan(2);
    expect(seconds(network(50), x)).toBeLessThan(2);
  });

  test("of 200 is derived in seconds", () => expect(seconds(network(200), A)).toBeLessThan(10));

  test("with 2^30 paths costs what its 30 layers cost", () => expect(seconds(doubling(30), s)).toBeLessThan(5));
});
