import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  adjointText,
  tableLatexArray,
  tableMarkdown,
  tablePlain,
  valueText,
} from "../../../kernel/src/calculus/autodiff/printTables.js";
import { autodiff } from "../../../kernel/src/calculus/autodiff/tables.js";
import type { Expr } from "../../../kernel/src/calculus/core/expr.js";
import { SCALAR } from "../../../kernel/src/calculus/core/shape.js";
import { build as b } from "../../../kernel/src/calculus/ops/build.js";
import { symbol } from "../../../kernel/src/calculus/ops/leaves.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { bindPoint } from "../../../kernel/src/calculus/verify/bindings.js";
import { differences } from "../differences.js";
import { seedFile } from "./helpers.js";

interface Golden {
  ad_forward: {
    x: number;
    rows: { v: string; value_expr: string; value: number; tangent_expr: string; tangent: number }[];
  };
  ad_reverse: {
    x: number;
    y: number;
    forward: { v: string; value_expr: string; value: number }[];
    reverse: { v: string; adjoint_expr: string; adjoint: number }[];
  };
}
const golden = seedFile<Golden>("notes-traces.json");
const expr = (text: string, where: string): Expr => parse(text, declare(where)).expr;

describe("the tables of the notes", () => {
  test("C3-4: forward table of ln(x²+1) at x = 3", () => {
    const { rows, x } = golden.ad_forward;
    const table = autodiff(expr("ln(x^2 + 1)", "x: scalar"), { x }, { mode: "forward" });
    expect(table.forward.map((r) => [r.v, valueText(r), r.tangentExpression])).toEqual(
      rows.map((r) => [r.v, r.value_expr, r.tangent_expr]),
    );
    table.forward.forEach((r, i) => {
      expect(r.value).toBeCloseTo(rows[i]!.value, 12);
      expect(r.tangent).toBeCloseTo(rows[i]!.tangent, 12);
    });
    expect(table.derivatives.f).toBeCloseTo(0.6, 12);
  });

  test("C3-5: reverse table of y·sin(x+y) at (1, 2): a value used twice collects both uses", () => {
    const { forward, reverse, x, y } = golden.ad_reverse;
    const u = expr("x + y", "x: scalar, y: scalar");
    const v = b.op("sin", [u]);
    const names = new Map([
      [u, "u"],
      [v, "v"],
    ]);
    const f = expr("y sin(x + y)", "x: scalar, y: scalar");
    const table = autodiff(f, { x, y }, { names });
    expect(table.forward.map((r) => [r.v, valueText(r)])).toEqual(forward.map((r) => [r.v, r.value_expr]));
    expect(table.reverse.map((r) => [r.v, adjointText(r)])).toEqual(reverse.map((r) => [r.v, r.adjoint_expr]));
    for (const [i, r] of table.forward.entries()) expect(r.value).toBeCloseTo(forward[i]!.value, 12);
    for (const [i, r] of table.reverse.entries()) expect(r.adjoint).toBeCloseTo(reverse[i]!.adjoint, 12);
    expect(table.derivatives.x).toBeCloseTo(-1.9799849932008908, 12);
    expect(table.derivatives.y).toBeCloseTo(-1.8388649851410237, 12);
  });
});

describe("tables of other expressions", () => {
  test("a division and a minus sign belong to the operation that uses them", () => {
    const table = autodiff(expr("(x - y)/(x + 3)", "x: scalar, y: scalar"), { x: 1, y: 2 });
    expect(table.forward.map((r) => r.expression)).toEqual(["x", "y", "v-1 - v0", "v-1 + 3", "v1 / v2"]);
  });

  test("three uses are counted", () => {
    const table = autodiff(expr("x sin(x) exp(x)", "x: scalar"), { x: 1 });
    expect(table.reverse.filter((r) => r.v === "v0").map((r) => r.note)).toEqual([
      "(first use of x)",
      "(second use)",
      "(third use) = ∂f/∂x",
    ]);
  });

  test("‖Wx+b‖²: matrices and columns, each gradient in the shape of its variable", () => {
    const f = expr("norm(W*x + b)^2", "W: m×n, x: n, b: m");
    const table = autodiff(f, {
      W: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      x: [1, 1],
      b: [0, 0, 0],
    });
    expect(table.derivatives.W).toEqual([
      [6, 6],
      [14, 14],
      [22, 22],
    ]);
    expect(table.derivatives.b).toEqual([[6], [14], [22]]);
    expect(tablePlain(table)).toContain("v̄1 · v-1ᵀ   = ∂f/∂W");
  });

  test("forward mode goes in the direction of the seed", () => {
    const f = expr("W*x", "W: m×n, x: n");
    const W = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    const table = autodiff(f, { W, x: [1, 1] }, { mode: "forward", seed: { x: [0, 1] } });
    expect(table.derivatives.f).toEqual([[2], [4], [6]]);
  });

  test("C3-6: the graph has a node per operation with its shape and an edge per use with its local derivative", () => {
    const { graph } = autodiff(expr("w'*sigmoid(W*x)", "W: m×n, x: n, w: m"), {
      W: [
        [1, -1],
        [0.5, 0.25],
        [0, 2],
      ],
      x: [1, 2],
      w: [1, 1, -1],
    });
    expect(graph.nodes.map((node) => [node.label, node.shape])).toEqual([
      ["W", [3, 2]],
      ["x", [2, 1]],
      ["w", [3, 1]],
      ["v1", [1, 3]],
      ["v2", [3, 1]],
      ["v3", [3, 1]],
      ["f", [1, 1]],
    ]);
    const edge = graph.edges.find(({ from, to }) => from === "v-1" && to === "v2")!;
    expect(edge).toMatchObject({
      local: "v-2",
      value: [
        [1, -1],
        [0.5, 0.25],
        [0, 2],
      ],
    });
    expect(graph.nodes.every((node) => node.adjoint !== undefined)).toBe(true);
  });

  test("the agreed slope at a kink is used", () => {
    const f = expr("relu(x)", "x: scalar");
    expect(autodiff(f, { x: 0 }).derivatives.x).toBe(0);
    expect(autodiff(f, { x: 0 }, { kink: 0.5 }).derivatives.x).toBe(0.5);
  });
});

describe("errors", () => {
  const f = expr("norm(W*x)", "W: m×n, x: n");
  test("a missing value", () => {
    expect(() => autodiff(f, { x: [1, 2] })).toThrow("no value given for W");
  });
  test("values whose sizes do not meet", () => {
    expect(() => autodiff(f, { W: [[1, 2, 3]], x: [1, 2] })).toThrow("x: expected 3 for the dimension n, got 2");
  });
  test("a result that is no scalar and no seed", () => {
    expect(() => autodiff(expr("W*x", "W: m×n, x: n"), { W: [[1, 2]], x: [1, 2] })).toThrow(
      "reverse mode of a result of shape m×1 needs a seed, the adjoint of the result",
    );
  });
  test("nothing to differentiate", () => {
    expect(() => autodiff(b.number(3), {})).toThrow(
      "the expression has no variable: there is nothing to differentiate",
    );
  });
});

test("Markdown, text and LaTeX say the same rows", () => {
  const table = autodiff(expr("ln(x^2 + 1)", "x: scalar"), { x: 3 }, { mode: "forward" });
  expect(tablePlain(table)).toBe(
    [
      "Forward",
      "    value             tangent",
      "v0  x       3         ẋ = 1    1",
      "v1  v0^2    9         2 v0 v̇0  6",
      "v2  v1 + 1  10        v̇1       6",
      "v3  ln v2   2.302585  v̇2 / v2  0.6",
    ].join("\n"),
  );
  expect(tableMarkdown(table)).toContain("| v1 | v0^2 | 9 | 2 v0 v̇0 | 6 |");
  expect(tableLatexArray(table)).toContain("v_{1}&v_{0}^2&9&\\dot v_{1}=2\\,v_{0}\\,\\dot v_{0}&6");
});

/** Scalar expressions in x and y that stay in the domain of ln and of division. */
const scalars = (): fc.Arbitrary<Expr> => {
  const [x, y] = [symbol("x", SCALAR), symbol("y", SCALAR)];
  const positive = (e: Expr): Expr => b.add(b.pow(e, 2), b.number(1));
  return fc.letrec<{ e: Expr }>((tie) => ({
    e: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(x, y),
      fc.tuple(tie("e"), tie("e")).map(([p, q]) => b.add(p, q)),
      fc.tuple(tie("e"), tie("e")).map(([p, q]) => b.sub(p, q)),
      fc.tuple(tie("e"), tie("e")).map(([p, q]) => b.times(p, q)),
      fc.tuple(tie("e"), tie("e")).map(([p, q]) => b.div(p, positive(q))),
      fc.tuple(fc.constantFrom("sin", "cos", "tanh", "sigmoid"), tie("e")).map(([op, p]) => b.op(op, [p])),
      tie("e").map((p) => b.op("log", [positive(p)])),
    ),
  })).e;
};

test("forward mode, reverse mode and central differences agree on 200 random expressions", () => {
  const at = { x: 0.7, y: -0.4 };
  const names = ["x", "y"] as const;
  fc.assert(
    fc.property(scalars(), (f) => {
      const used = names.filter((name) => {
        const text = JSON.stringify(bindSymbols(f));
        return text.includes(`"${name}"`);
      });
      fc.pre(used.length > 0);
      const reverse = autodiff(f, at);
      for (const name of used) {
        const forward = autodiff(f, at, { mode: "forward", seed: { [name]: 1 } });
        const r = reverse.derivatives[name] as number;
        const scale = Math.max(1, Math.abs(r));
        expect(Math.abs((forward.derivatives.f as number) - r) / scale).toBeLessThan(1e-12);
        const [difference] = differences(f, symbol(name, SCALAR), bindPoint(f, at)).data;
        expect(Math.abs(difference! - r) / scale).toBeLessThan(1e-6);
      }
    }),
    { seed: 20, numRuns: 200 },
  );
});

const bindSymbols = (f: Expr): string[] => (f.op === "symbol" ? [f.attrs.name as string] : f.args.flatMap(bindSymbols));
