/** Requests as they are written by others: named parts, names in the notes' letters, fields too many. */
import { describe, expect, test } from "vitest";
import { answerTo } from "./stream.js";

const ask = (request: object) => answerTo({ vars: { x: ["n"] }, wrt: ["x"], ...request });

describe("named parts", () => {
  test.each(["f = x'x; f^2", "f = x' x\nf^2", "f = x'*x; g = f^2", "f := x'x; f^2;"])("%j", async (expr) =>
    expect(await ask({ expr })).toMatchObject({ ok: true, matrix: "4*(x'*x)*x" }),
  );

  test("have no numbers of their own", async () =>
    expect(await ask({ expr: "f = x'x; f^2", bindings: { x: [1, 2] } })).toMatchObject({
      tensor: { shape: [2], data: [20, 40] },
    }));

  test("name the stages of the chain style", async () => {
    const { steps } = (await ask({ expr: "f = x'x; f^2", style: "chain" })) as unknown as {
      steps: { after: string }[];
    };
    expect(steps.map((s) => s.after).join("\n")).toContain("df");
  });

  test("are no variables", async () =>
    expect((await ask({ expr: "f = x'x; f^2", wrt: ["f"] })).error).toMatchObject({
      code: "bad_argument",
      message: "wrt: f names a part of the expression and is no variable",
    }));
});

describe("names", () => {
  test.each(["μ", "x̂", "x_1", "W₁"])("%s is one name in vars, wrt, dims and bindings", async (name) =>
    expect(
      await answerTo({
        expr: `${name}'*${name}`,
        vars: { [name]: ["ν"] },
        wrt: [name],
        dims: { ν: 2 },
        bindings: { [name]: [1, 2] },
      }),
    ).toMatchObject({ ok: true, tensor: { data: [2, 4] } }),
  );

  test("a dimension and a function are no variables", async () => {
    expect((await ask({ expr: "x'x", wrt: ["n"] })).error!.message).toBe("wrt: n is a dimension and no variable");
    expect((await ask({ expr: "x'x", wrt: ["g"], functions: { g: "elementwise" } })).error!.message).toBe(
      "wrt: g is a function and no variable",
    );
  });
});

describe("what has nothing to do with the request is ignored, and said", () => {
  test.each([
    [{ bindings: { x: [1, 2], q: 3 } }, "bindings: q is not declared and is ignored"],
    [{ dims: { q: 3 } }, "dims: q is no dimension of the declared shapes and is ignored"],
    [{ bindigns: {} }, "the field bindigns is ignored: did you mean bindings?"],
    [{ constraints: { q: ["symmetric"] } }, "facts about q are ignored: it is not declared"],
  ])("%j", async (more, line) =>
    expect(await ask({ expr: "x'x", ...more })).toMatchObject({ ok: true, warnings: [line] }),
  );

  test("a null field is none", async () =>
    expect(await ask({ expr: "x'x", layout: null, bindings: null, dims: null, structure: null })).toMatchObject({
      ok: true,
      matrix: "2*x",
    }));
});

test("how a text was read is told with the answer", async () =>
  expect(await ask({ expr: "norm(x, 1)" })).toMatchObject({
    matrix: "sign(x)",
    notes: ["the 1-norm of x is written sum(abs(x))"],
  }));

describe("what is 0 everywhere", () => {
  const vars = { x: ["n"], y: ["n"], A: ["m", "n"] };

  test("the determinant of a product of rank 1 has the derivative 0", async () =>
    expect(await ask({ expr: "det(x*y')", vars })).toMatchObject({
      ok: true,
      matrix: "0*x",
      notes: ["the determinant of x*y' is 0: its rank is at most 1, for n > 1"],
    }));

  test.each(["norm(x - x)^2", 'norm(A - A, "fro") + sum(x)'])("%s is not differentiable", async (expr) =>
    expect((await ask({ expr, vars, wrt: [expr.includes("A") ? "A" : "x"] })).error).toMatchObject({
      code: "not_differentiable",
      message: "a norm has no derivative where its argument is 0, and this one always is",
    }),
  );
});

describe("facts that do not fit", () => {
  test("a simplex is a vector: said of a matrix it is ignored", async () =>
    expect(
      await ask({ expr: "sum(T)", vars: { T: ["m", "n"] }, wrt: ["T"], constraints: { T: ["simplex"] } }),
    ).toMatchObject({ ok: true, warnings: ["simplex is ignored: it is said of a vector, and T is m×n"] }));

  test("a constant is no variable", async () =>
    expect((await ask({ expr: "x'x", constraints: { x: ["constant"] } })).error).toMatchObject({
      code: "bad_argument",
      message: "wrt: x is declared constant",
    }));
});
