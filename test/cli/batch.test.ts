/** `nabla batch`: the contract of the answers. */
import { describe, expect, test } from "vitest";
import { answersTo, answerTo } from "./stream.js";

const vars = { W: ["m", "n"], x: ["n"], b: ["m"], s: [] };

describe("lines", () => {
  test("are answered in order, whatever each of them is; empty lines are no requests", async () => {
    const requests = Array.from({ length: 20 }, (_, id) => ({ id, expr: id % 3 ? "W*x" : "W*", vars, wrt: ["x"] }));
    const lines = await answersTo(`\n${requests.map((r) => JSON.stringify(r)).join("\n\n")}\r\n   \n`);
    expect(lines.map((l) => l.id)).toEqual(requests.map((r) => r.id));
    expect(lines.map((l) => l.ok)).toEqual(requests.map((r) => r.id % 3 !== 0));
  });

  test("need no line break at the end", async () =>
    expect(await answersTo(JSON.stringify({ id: "a", expr: "x", vars, wrt: ["x"] }))).toMatchObject([
      { id: "a", ok: true },
    ]));
});

describe("an answer", () => {
  test("has the fields of the contract", async () => {
    const line = await answerTo({
      id: "q",
      expr: "norm(W*x + b)^2",
      vars,
      wrt: ["W"],
      dims: { m: 3, n: 2 },
      bindings: {
        W: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        x: [1, 1],
        b: [0, 0, 0],
      },
    });
    expect(line).toMatchObject({
      id: "q",
      ok: true,
      order: 2,
      shape: ["m", "n"],
      layout: "denominator",
      matrix: "2*(W*x + b)*x'",
      vec: null,
      index: {
        free: ["i", "j"],
        ranges: { i: "m", j: "n" },
        terms: [
          {
            coef: 2,
            factors: [
              { expr: "W*x + b", indices: ["i"] },
              { expr: "x", indices: ["j"] },
            ],
          },
        ],
      },
      tensor: { shape: [3, 2], data: [6, 6, 14, 14, 22, 22] },
      verified: { points: 3 },
    });
    expect(Object.keys(line)).toEqual([
      "id",
      "ok",
      "order",
      "shape",
      "layout",
      "matrix",
      "vec",
      "map",
      "index",
      "latex",
      "steps",
      "tensor",
      "verified",
      "ms",
    ]);
    for (const step of line.steps as object[])
      expect(Object.keys(step).sort()).toEqual(["after", "before", "cite", "maxRelError", "rule"]);
  });

  test.each([
    ["s", ["W"], "0*W"],
    ["b'*b", ["x"], "0*x"],
    ["s^2", ["x"], "0*x"],
    ["b", ["x"], "0*ones(n)*ones(m)'"],
    ["s*b'*b", ["s", "x"], "0*x'"],
    ['norm(W, "fro")', ["x", "b"], "0*W'"],
    ["sum(b)", ["s"], "0"],
    ["b'*b", ["x", "x"], "0*ones(n)*ones(n)'"],
  ])("that is zero names a symbol of its shape: %s by %j is %s", async (expr, wrt, matrix) =>
    expect(await answerTo({ expr, vars, wrt })).toMatchObject({ matrix, index: { terms: [] } }),
  );

  test("numerator layout transposes gradients and Jacobians", async () => {
    expect(await answerTo({ expr: "norm(W*x+b)^2", vars, wrt: ["W"], layout: "numerator" })).toMatchObject({
      matrix: "2*x*(W*x + b)'",
      shape: ["n", "m"],
    });
    expect(await answerTo({ expr: "W*x", vars, wrt: ["x"], layout: "numerator" })).toMatchObject({ matrix: "W" });
  });

  test("of order above two has an index form, its ranges and a Kronecker form", async () => {
    const line = await answerTo({ expr: "inv(X)", vars: { X: ["n", "n"] }, wrt: ["X"] });
    expect(line).toMatchObject({
      order: 4,
      matrix: null,
      vec: "-kron(inv(X)', inv(X))",
      index: { free: ["i", "j", "k", "l"], ranges: { i: "n", j: "n", k: "n", l: "n" } },
    });
  });

  test("writes decimals without an exponent and products with *", async () => {
    const { matrix } = await answerTo({ expr: "1e-7*x'*x + 2.5e9*sum(x)", vars, wrt: ["x"] });
    expect(matrix).toBe("2500000000*ones(n) + 0.0000002*x");
  });

  test("gives products of dimensions as ranges, and every summed index a range", async () => {
    const line = await answerTo({ expr: "vec(W*W')'*vec(s*W*W')", vars, wrt: ["W"] });
    const { ranges, terms } = line.index as {
      ranges: Record<string, string>;
      terms: { coef: number; factors: { indices?: string[]; delta?: string[]; expr?: string }[] }[];
    };
    for (const { coef, factors } of terms) {
      expect(typeof coef).toBe("number");
      for (const f of factors) {
        for (const i of f.indices ?? f.delta!) expect(ranges).toHaveProperty(i);
        expect((f.indices ?? f.delta!).length).toBeLessThanOrEqual(2);
      }
    }
    const kron = await answerTo({ expr: "kron(x, b)", vars, wrt: ["x"] });
    expect((kron.index as { ranges: object }).ranges).toMatchObject({ i: "m*n" });
  });

  test("drops axes that are 1 by type from its tensor", async () => {
    const line = await answerTo({ expr: "s*x", vars, wrt: ["s"], dims: { n: 2 }, bindings: { s: 3, x: [1, 2] } });
    expect(line.tensor).toEqual({ shape: [2], data: [1, 2] });
    expect(await answerTo({ expr: "s^3", vars, wrt: ["s"], bindings: { s: 2 } })).toMatchObject({
      tensor: { shape: [], data: [12] },
    });
  });

  test("ignores an unknown constraint and says so", async () =>
    expect(await answerTo({ expr: "x'*x", vars, wrt: ["x"], constraints: { x: ["shiny", "positive"] } })).toMatchObject(
      {
        ok: true,
        warnings: ['unknown fact "shiny" about x is ignored'],
      },
    ));

  test("takes abstract functions", async () =>
    expect(
      await answerTo({
        expr: "L(sigma(W*x))",
        vars: { W: ["m", "n"], x: ["n"] },
        wrt: ["x"],
        functions: { sigma: "elementwise", L: { scalarOf: ["m"] } },
      }),
    ).toMatchObject({ matrix: "W'*(grad_L(sigma(W*x)).*D_sigma(W*x))" }));
});
