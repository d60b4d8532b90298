/** W^{(1)} is W1 where that is declared and W is not. */
import { expect, test } from "vitest";
import { text as printed } from "../../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../../kernel/src/calculus/text/parse.js";
import { parseTex } from "../../../../kernel/src/calculus/text/tex/read.js";
import { failureOf } from "../reads.js";

const SCOPE = declare("W1: m×n, W2: k×m, x: n, z1: n, b: m, s: scalar");

test.each([
  ["\\mathbf W^{(1)}\\mathbf x", "W1*x", ["W^{(1)} is read as W1"]],
  ["W^{[1]}z^{(1)}", "W1*z1", ["W^{(1)} is read as W1", "z^{(1)} is read as z1"]],
  ["\\mathbf W^{(2)\\top}\\mathbf W^{(2)}b", "W2'*W2*b", ["W^{(2)} is read as W2"]],
  ["sz^{(1)}", "s*z1", ["z^{(1)} is read as z1"]],
])("LaTeX: %s", (latex, wanted, notes) => {
  const program = parseTex(latex, SCOPE);
  expect(printed(program.result)).toBe(wanted);
  expect(program.notes).toEqual(notes);
});

test("a label of no declared name is refused", () => {
  expect(failureOf("x^{(3)}", () => parseTex("x^{(3)}", SCOPE))).toEqual({
    code: "ambiguous",
    message: "^{(3)} can be a power or a label",
    at: "^{(3)}",
    hint: "write ^{3} for the power, _{3} for another symbol",
  });
});

test("text: W^(1) is W1 where W is no name", () => {
  const { expr, notes } = parse("W^(1) x + b", SCOPE);
  expect([printed(expr), ...notes]).toEqual(["W1*x + b", "W^(1) is read as W1"]);
});

test("text: s^(2) is a power where s is a name", () => {
  expect(printed(parse("s^(2)", declare("s: scalar, s2: scalar")).expr)).toBe("s^2");
});
