/** Deep chains: the differential is one DAG, so that the cost follows the number of layers. */
import { describe, expect, test } from "vitest";
import { dense } from "../../../kernel/src/calculus/core/dense.js";
import type { Expr } from "../../../kernel/src/calculus/core/expr.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { type Answer, answer } from "../../../kernel/src/calculus/index.js";
import { build as b } from "../../../kernel/src/calculus/ops/build.js";
import { opOf } from "../../../kernel/src/calculus/ops/index.js";
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

/** A line or two for each layer, which the page folds where they repeat. */
function seconds(f: Expr, wrt: Expr, layers: number): number {
  const start = performance.now();
  expect(derive(f, [wrt], { steps: true }).steps.length).toBeLessThanOrEqual(2 * layers + 8);
  return (performance.now() - start) / 1000;
}

describe("a chain of layers", () => {
  test("of 50 is derived in less than 2 s, by the shared weights and by the input", () => {
    seconds(network(5), A, 5);
    expect(seconds(network(50), A, 50)).toBeLessThan(2);
    expect(seconds(network(50), x, 50)).toBeLessThan(2);
  });

  test("of 200 is derived in seconds", () => expect(seconds(network(200), A, 200)).toBeLessThan(10));

  test("with 2^30 paths costs what its 30 layers cost", () => expect(seconds(doubling(30), s, 30)).toBeLessThan(5));
});

describe("the index style writes what can be checked in time", () => {
  const index = (expr: string, vars: Record<string, string[]>, wrt: string): number => {
    const start = performance.now();
    const made = answer({ expr, vars, wrt: [wrt], style: "index" }, () => 0);
    expect((made as Answer).ok).toBe(true);
    return (performance.now() - start) / 1000;
  };
  const layers = (n: number): [string, Record<string, string[]>] => {
    const names = Array.from({ length: n }, (_, k) => `W_${k + 1}`);
    const vars = { x: ["n"], ...Object.fromEntries(names.map((name) => [name, ["n", "n"]])) };
    return [names.reduce((h, name) => `tanh(${name}*${h})`, "x"), vars];
  };

  test.each([10, 12, 30])("%i layers, each with its own weights, in less than 2 s", (n) => {
    const [h, vars] = layers(n);
    expect(index(`sum(${h})`, vars, "x")).toBeLessThan(2);
    expect(index(h, vars, "W_1")).toBeLessThan(2);
  });

  test("300 terms in less than 2 s", () => {
    const sum = Array.from({ length: 300 }, (_, k) => `a'*exp(${k + 1}*x)`).join(" + ");
    expect(index(sum, { a: ["n"], x: ["n"] }, "x")).toBeLessThan(2);
  });
});

test("the norm of a matrix of a million entries, and of entries whose squares overflow", () => {
  const self = b.op("norm", [x]);
  const norm = (data: Float64Array): number =>
    opOf("norm").evaluate([dense(data.length, 1, data)], self, { sizes: {} } as never).data[0]!;
  expect(norm(new Float64Array(1e6).fill(2))).toBeCloseTo(2000, 6);
  expect(norm(Float64Array.of(3e200, -4e200)) / 5e200).toBeCloseTo(1, 12);
  expect(norm(Float64Array.of(0, 0))).toBe(0);
});
