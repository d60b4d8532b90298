import { expect, test } from "vitest";
import { showShape } from "../../../kernel/src/calculus/core/shape.js";
import { factsOf } from "../../../kernel/src/calculus/ops/leaves.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { type Declarations, mergeScopes } from "../../../kernel/src/calculus/text/scope.js";
import { failureOf } from "./reads.js";

const shapes = (scope: Declarations): Record<string, string> =>
  Object.fromEntries([...scope.symbols].map(([name, e]) => [name, [showShape(e.shape), ...factsOf(e)].join(" ")]));

test("shapes are written as people write them", () => {
  expect(
    shapes(declare("W: m×n, x: n; b: [m]\n U: [m, n], V: m by n, Y: 2x3, Z: m x n, s, t: scalar, a: 1, λ")),
  ).toEqual({
    W: "m×n",
    x: "n×1",
    b: "m×1",
    U: "m×n",
    V: "m×n",
    Y: "2×3",
    Z: "m×n",
    s: "scalar",
    t: "scalar",
    a: "scalar",
    lambda: "scalar",
  });
});

test("facts follow the shape; an unknown one is ignored with a warning", () => {
  const scope = declare("A: n×n symmetric, y: N signs, t: k simplex, a: scalar positive, B: n×n shiny");
  expect(shapes(scope)).toEqual({
    A: "n×n symmetric",
    y: "N×1 signs",
    t: "k×1 simplex",
    a: "scalar positive",
    B: "n×n",
  });
  expect(scope.warnings).toEqual(['unknown fact "shiny" about B is ignored']);
});

test("functions: elementwise, and scalar of a shape", () => {
  const { functions, dims } = declare("σ: elementwise, L: scalar of k, M: scalar of m×p");
  expect(functions.get("sigma")).toEqual({ kind: "elementwise" });
  expect([...functions.keys()]).toEqual(["sigma", "L", "M"]);
  expect([...dims]).toEqual(["k", "m", "p"]);
});

test("a request's objects declare the same as text", () => {
  const scope = declare(
    { W: ["m", "n"], x: ["n"], s: [], X: [2, 3], y: "n positive" },
    {
      constraints: { W: ["dense"], Q: ["spd"], s: ["positive"] },
      functions: { sigma: "elementwise", L: { scalarOf: ["k"] } },
    },
  );
  expect(shapes(scope)).toEqual({ W: "m×n", x: "n×1", s: "scalar positive", X: "2×3", y: "n×1 positive" });
  expect([...scope.functions.keys()]).toEqual(["sigma", "L"]);
  expect(scope.warnings).toEqual([
    'unknown fact "dense" about W is ignored',
    "facts about Q are ignored: it is not declared",
  ]);
});

test("names of Object's own properties are names like any other", () => {
  const hostile = JSON.parse('{"__proto__": ["n"], "constructor": ["n", "n"], "hasOwnProperty": []}');
  expect([...declare(hostile).symbols.keys()].sort()).toEqual(["__proto__", "constructor", "hasOwnProperty"]);
  expect(declare("x: n").symbols.get("constructor")).toBeUndefined();
});

test.each([
  ["A: n×n, x: n, A: m×n", "ambiguous", "A: m×n", "A is declared twice: n×n and m×n"],
  ["h: n, W: h×m", "ambiguous", "h: n, W: h×m", "h is declared twice: a dimension and a symbol (n×1)"],
  ["x: n, A: m×n symmetric", "non_square", "A: m×n symmetric", "A: only a square matrix is symmetric, got m×n"],
  ["x: n, S: n spd", "non_square", "S: n spd", "S: only a square matrix is spd, got n×1"],
  ["y: N signs simplex", "bad_argument", "y: N signs simplex", "y: signs and simplex exclude each other"],
  ["y: N positive signs", "bad_argument", "y: N positive signs", "y: signs and positive exclude each other"],
  [
    "D: n×n diagonal positive",
    "bad_argument",
    "D: n×n diagonal positive",
    "D: diagonal and positive exclude each other",
  ],
  ["A: m×n×p", "bad_argument", "A: m×n×p", "expected at most two dimensions, got m×n×p"],
  ["A: 0×3", "bad_argument", "A: 0×3", "expected a dimension (a name or a positive whole number), got 0"],
  ["3x: n", "syntax", "3x: n", "expected a name, got 3x"],
  ["A: ?", "syntax", "A: ?", "expected a shape such as m×n, n or scalar, got ?"],
  ["L: scalar of", "syntax", "L: scalar of", "expected a shape such as m×n, n or scalar, got nothing"],
])("%j is %s", (text, code, at, message) => {
  expect(failureOf(text, () => declare(text))).toMatchObject({ code, at, message });
});

test("the inner scope hides the names of the outer one", () => {
  const outer = declare("x: n, f: elementwise, W: h×n");
  const scope = mergeScopes(declare("x: m×m, h: m"), outer);
  expect(showShape(scope.symbols.get("x")!.shape)).toBe("m×m");
  expect(parse("h'h", scope).expr.op).toBe("mul");
  expect(scope.functions.has("f")).toBe(true);
  expect(scope.dims.has("h")).toBe(true);
});

test("a size written as text is the number", () => {
  expect(declare({ x: ["3"] }).symbols.get("x")).toBe(declare({ x: [3] }).symbols.get("x"));
  expect(declare("x: 3").symbols.get("x")).toBe(declare({ x: [3] }).symbols.get("x"));
});
