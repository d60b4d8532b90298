import { describe, expect, test } from "vitest";
import type { NablaError } from "../../../kernel/src/calculus/core/errors.js";
import { showShape } from "../../../kernel/src/calculus/core/shape.js";
import { text as printed } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parseProgram } from "../../../kernel/src/calculus/text/program.js";
import { parseTex } from "../../../kernel/src/calculus/text/tex/read.js";
import { failureOf } from "./reads.js";

const NET = "W1: h×n, b1: h, W2: k×h, b2: k, x: n, t: k simplex";

test("each name is a symbol with the shape of what it names", () => {
  const { lets, result, resultName } = parseProgram(
    "h = W1 x + b1; a = relu(h); z = W2 a + b2; L = -t' log(softmax(z))",
    declare(NET),
  );
  expect(lets.map((l) => [l.name, showShape(l.symbol.shape), printed(l.expr)])).toEqual([
    ["h", "h×1", "W1*x + b1"],
    ["a", "h×1", "relu(h)"],
    ["z", "k×1", "W2*a + b2"],
  ]);
  expect([resultName, printed(result)]).toEqual(["L", "-(t'*log(softmax(z)))"]);
  expect(lets[1]!.expr.args[0]).toBe(lets[0]!.symbol);
});

test("lines end statements, unless they are plainly unfinished", () => {
  const { lets, result } = parseProgram("h = W1 x\n  + b1\na =\n  relu(h)\n\n-a'a\n", declare(NET));
  expect(lets.map((l) => printed(l.expr))).toEqual(["W1*x + b1", "relu(h)"]);
  expect(printed(result)).toBe("-(a'*a)");
});

test("an upstream gradient through a named product", () => {
  const { lets, result } = parseProgram("Z = X Y; L(Z)", declare("X: m×n, Y: n×p, L: scalar of m×p"));
  expect([lets.length, printed(result)]).toEqual([1, "L(Z)"]);
});

test.each([
  ["x = W1 x; x", "ambiguous", "x", "x is declared (n×1): give this part another name"],
  ["u = W1 x; u = u; u", "ambiguous", "u", "u has a meaning above: give this part another name"],
  ["W1 x; x", "syntax", "W1 x", "only the last statement can go without a name"],
  ["u = W1 x; u + x", "shape_mismatch", "u + x", "sum: expected equal shapes, got h×1 and n×1"],
  [" ; ", "syntax", " ; ", "the expression is empty"],
])("%j is %s", (text, code, at, message) => {
  expect(failureOf(text, () => parseProgram(text, declare(NET)))).toMatchObject({ code, at, message });
});

describe("what is read to be differentiated has no differential in it", () => {
  const scope = declare("x: n, A: n×n");
  const refused = (text: string, read: typeof parseProgram): unknown => {
    try {
      return read(text, scope, { derivative: true }).result;
    } catch (error) {
      const { code, message, span } = error as NablaError;
      return { code, message, at: span && text.slice(...span) };
    }
  };

  test.each([
    ["dx'*x", parseProgram, "dx"],
    ["x'*A*x + d(x'*x)", parseProgram, "d(x'*x)"],
    ["h = A*x; h'*dh", parseProgram, "dh"],
    ["h = A*dx; h'*x", parseProgram, "dx"],
    ["x^\\top A\\, dx", parseTex, "dx"],
  ] as const)("%s: refused at its place", (text, read, at) =>
    expect(refused(text, read)).toEqual({
      code: "bad_argument",
      message: "the expression has a differential d(…) in it and is not differentiated again",
      at,
    }),
  );

  test("read for any other purpose it is an expression", () =>
    expect(printed(parseProgram("dx'*x", scope).result)).toBe("dx'*x"));
});
