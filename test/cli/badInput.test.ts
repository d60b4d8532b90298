/** What is wrong with a request is said in one line, with the place, what was got and what was wanted. */
import { describe, expect, test } from "vitest";
import { answersTo, answerTo } from "./stream.js";

const vars = { A: ["m", "n"], B: ["n", "m"], C: ["n", "n"], x: ["n"], y: ["n"], s: [] };
const error = async (request: object) => {
  const line = await answerTo({ vars, wrt: ["x"], ...request });
  expect(line.ok).toBe(false);
  return line.error!;
};

describe("the error classes", () => {
  test.each([
    ["A + B", "shape_mismatch", "sum: expected equal shapes, got m×n and n×m", [0, 5]],
    ["A*y + inv(A)*y", "non_square", "inv: expected a square matrix n×n, got m×n", [6, 12]],
    ["x'*q", "unknown_symbol", "unknown symbol q", [3, 4]],
    ["sgmoid(x)", "unknown_function", "unknown function sgmoid: did you mean sigmoid?", [0, 6]],
    ["x^2", "ambiguous", "the power of a vector (n×1) can be read in several ways", [0, 3]],
    ["det(A)", "non_square", "det: expected a square matrix n×n, got m×n", [0, 6]],
    ["tr(x, y)", "bad_argument", "tr: expected 1 argument, got 2", [0, 8]],
    [
      "floor(x)",
      "not_differentiable",
      "floor has no derivative that is of use: it is constant between its jumps",
      [0, 5],
    ],
  ])("%s is %s: %s", async (expr, code, message, span) => {
    expect(await error({ expr })).toMatchObject({ code, message: expect.stringContaining(message), span });
  });

  test("an unclosed parenthesis is shown where it was opened", async () => {
    const said = await error({ expr: "norm(A*x + (y" });
    expect(said.code).toBe("syntax");
    expect([4, 11]).toContain(said.span![0]);
  });

  test("x*y of two columns says what may have been meant", async () => {
    expect(await error({ expr: "x*y" })).toEqual({
      code: "shape_mismatch",
      message: "matrix product: expected the columns of the left to equal the rows of the right, got n×1 and n×1",
      span: [0, 3],
      got: ["n×1", "n×1"],
      want: "left columns = right rows",
      hint: "did you mean x'*y (a number), x*y' (a matrix) or x.*y (elementwise)?",
    });
  });

  test.each(["", "   "])("empty input %j is a syntax error", async (expr) =>
    expect((await error({ expr })).code).toBe("syntax"),
  );

  test("a variable that is not declared is unknown_symbol", async () =>
    expect(await error({ expr: "x'*x", wrt: ["w"] })).toMatchObject({
      code: "unknown_symbol",
      message: "wrt: w is not declared",
      got: "w",
    }));

  test("a structure needs a declared fact", async () =>
    expect(await error({ expr: "x'*C*x", wrt: ["C"], structure: "symmetric-entries" })).toMatchObject({
      code: "bad_argument",
      message: "structure: C is not declared symmetric, spd or diagonal",
    }));
});

describe("requests that are none", () => {
  test.each([
    ["null", "request: expected an object"],
    ["3", "request: expected an object"],
    ["[]", "request: expected an object"],
    ["{}", "request: expr is missing"],
    ['{"expr":"x"}', "request: vars is missing"],
    ['{"expr":"x","vars":{"x":["n"]}}', "request: wrt is missing"],
    ['{"expr":"x","vars":{"x":["n"]},"wrt":"x"}', "request: wrt is not a list of names"],
    ['{"expr":"x","vars":{"x":["n"]},"wrt":["x","x","x"]}', "request: wrt takes one or two names, got 3"],
    ['{"expr":"x","vars":{"x":["n"]},"wrt":[]}', "request: wrt takes one or two names, got 0"],
    ['{"expr":3,"vars":{"x":["n"]},"wrt":["x"]}', "request: expr is not text"],
    ['{"expr":"x","vars":[],"wrt":["x"]}', "request: vars is not an object"],
    ['{"expr":"x","vars":{"x":3},"wrt":["x"]}', "request: the shape of x is not a list"],
    ['{"expr":"x","vars":{"x":null},"wrt":["x"]}', "request: the shape of x is not a list"],
    ['{"expr":"x","vars":{"x":["n"]},"wrt":["x"],"layout":"row"}', "request: unknown layout row"],
    ['{"expr":"x","vars":{"x":["n"]},"wrt":["x"],"style":"poem"}', "request: unknown style poem"],
    [
      '{"expr":"x","vars":{"x":["n"]},"wrt":["x"],"constraints":{"x":"positive"}}',
      "request: constraints: the facts about x are not a list of words",
    ],
    [
      '{"expr":"x","vars":{"x":["n"]},"wrt":["x"],"functions":{"f":"any"}}',
      "request: functions: the kind of f is not known",
    ],
    ['{"expr":"x","vars":{"x":["n"]},"wrt":["x"],"dims":{"n":0}}', "request: dims: the size of n is 0"],
    ['{"expr":"x","vars":{"x":["n"]},"wrt":["x"],"dims":{"n":1e9}}', "request: dims: the size of n is 1000000000"],
    ['{"expr":"x","vars":{"x":["n"]},"wrt":["x"],"dims":{"n":"3"}}', 'request: dims: the size of n is "3"'],
    ['{"expr":"x","vars":{"x":["n"]},"wrt":["x"],"dims":[3]}', "request: dims is not an object"],
    ['{"expr":"x","vars":{"x":["n"]},"wrt":["x"],"bindings":[1]}', "request: bindings is not an object"],
  ])("%s: %s", async (line, message) => {
    const [only] = await answersTo(`${line}\n`);
    expect(only!.error).toMatchObject({ code: "bad_argument", message, want: expect.any(String) });
  });

  test("a line that is not JSON is a syntax error and the next is answered", async () => {
    const good = JSON.stringify({ id: 2, expr: "x'*x", vars, wrt: ["x"] });
    const [first, second] = await answersTo(`{"id": 1,\n${good}\n`);
    expect(first!.error!.code).toBe("syntax");
    expect(first!.error!.message).toMatch(/^the request is not JSON: /);
    expect(second).toMatchObject({ id: 2, ok: true, matrix: "2*x" });
  });
});

describe("numbers that do not fit", () => {
  const bound = (bindings: object, dims?: object) =>
    error({ expr: "norm(A*x)^2", bindings, ...(dims ? { dims } : {}) });

  test("a missing value is named", async () =>
    expect(await bound({ A: [[1, 2]] })).toMatchObject({
      code: "bad_argument",
      message: "bindings: no value given for x",
    }));
  test.each([
    [[[1, 2], [3]], "bindings: the rows of A have different lengths, 2 and 1"],
    [[[1, "2"]], 'bindings: A, row 1, column 2, is "2", not a number'],
    [[[1, null]], "bindings: A, row 1, column 2, is null, not a number"],
    [[[1, 2], 3], "bindings: row 2 of A is 3, not a list"],
    [[], "bindings: A is empty"],
    [[[]], "bindings: row 1 of A is empty"],
    [[1, 2, 3], "bindings: A is m×n and needs a list of rows, got a list of 3 numbers"],
    ["A", 'bindings: A is "A", not a number'],
    [{ rows: 1 }, 'bindings: A is {"rows":1}, not a number'],
  ])("A = %j: %s", async (A, message) =>
    expect(await bound({ A, x: [1, 2] })).toMatchObject({
      code: "bad_argument",
      message,
      want: "numbers of shape m×n",
    }),
  );
  test("a number that is too large for a double is not finite", async () => {
    const [only] = await answersTo('{"expr":"s^2","vars":{"s":[]},"wrt":["s"],"bindings":{"s":1e999}}\n');
    expect(only!.error).toMatchObject({ code: "bad_argument", message: "bindings: s is not finite" });
  });
  test("a size of a shape that is too large to be checked asks for a name", async () =>
    expect(await error({ expr: "z'*z", vars: { z: [1e9] }, wrt: ["z"] })).toMatchObject({
      code: "unsupported",
      message: "a part of the expression is 1000000000×1, too large to be checked",
      hint: "give the dimensions names, m×n: the answer is the same",
    }));
  test("values and shapes that contradict each other say both", async () =>
    expect(
      await bound({
        A: [
          [1, 2],
          [3, 4],
        ],
        x: [1, 2, 3],
      }),
    ).toMatchObject({
      code: "bad_argument",
      message: "the value of x is 3×1, its shape asks for 2×1",
      hint: "n = 2 by A",
    }));
  test("dims that contradict the values say both", async () =>
    expect(await bound({ A: [[1, 2]], x: [1, 2] }, { m: 3, n: 2 })).toMatchObject({
      message: "the value of A is 1×2, its shape asks for 3×2",
    }));
  test("a point outside the domain is bad_argument", async () =>
    expect(
      await error({
        expr: "inv(C)",
        wrt: ["C"],
        bindings: {
          C: [
            [1, 2],
            [2, 4],
          ],
        },
      }),
    ).toMatchObject({ code: "bad_argument" }));
});
