/** Eaten escapes, as strings make them and in the words of the notes 004; its whole lines are in garbled.test.ts. */
import { expect, test } from "vitest";
import { text as printed } from "../../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../../kernel/src/calculus/text/declare.js";
import { parseTex } from "../../../../kernel/src/calculus/text/tex/read.js";
import { failureOf } from "../reads.js";

const SCOPE = declare("W: m×n, x: n, y: n, t: m, r: m, X: n×n, s: scalar, beta: scalar");
const read = (latex: string) => {
  const { result, warnings } = parseTex(latex, SCOPE);
  return [printed(result), ...warnings];
};
const DOUBLED = "backslashes are doubled in a string";

test.each([
  ["\frac12 s", "0.5*s", ["an escape ate the start of \\frac"]],
  ["x^\top y", "x'*y", ["an escape ate the start of \\top"]],
  ["left(x\right)^\top y", "x'*y", ["an escape ate the start of \\right", "an escape ate the start of \\top"]],
  ["\beta x", "beta*x", ["an escape ate the start of \\beta"]],
  ["\boldsymbol{x}", "x", ["an escape ate the start of \\boldsymbol"]],
  ["\vec x", "x", ["an escape ate the start of \\vec"]],
  ["mathbf Wmathbf x", "W*x", ["mathbf is read as \\mathbf", "Wmathbf is read as W\\mathbf"]],
  ["x odot y", "x.*y", ["odot is read as \\odot"]],
])("a string with single backslashes: %j", (latex, wanted, warnings) => {
  expect(read(latex)[0]).toBe(wanted);
  const said = read(latex).slice(1);
  for (const line of warnings) expect(said).toContain(`${line}: ${DOUBLED}`);
});

// Parts of the garbled lines, as expressions.
test.each([
  ["(W m{x} - m{t}) m{x}^\\mathsf{T}", "(W*x - t)*x'"],
  ["m{r} m{x}^T", "r*x'"],
  ["oldsymbol{x}^{\\mathsf{T}} oldsymbol{y}", "x'*y"],
  ["\\left(rac{1}{2} oldsymbol{x}^{\\mathsf{T}}\night) oldsymbol{y}", "0.5*(x'*y)"],
])("the notes: %j", (latex, wanted) => {
  expect(read(latex)[0]).toBe(wanted);
});

test("a line end before a declared name is a line end", () => {
  expect(read("x +\ny")).toEqual(["x + y"]);
});

test("words that several macros may have been are refused", () => {
  expect(failureOf("eta(x)", () => parseTex("eta(x)", SCOPE))).toEqual({
    code: "ambiguous",
    message: "eta can be \\eta or \\beta",
    at: "eta",
    hint: "double every backslash in a string, or use expr.tex`…`",
  });
});

test("an escape that no macro explains is refused in its place", () => {
  expect(failureOf("x + \foo", () => parseTex("x + \foo", SCOPE))).toMatchObject({
    code: "syntax",
    message: "an escape was eaten before oo: \\f is no macro",
    at: "\foo",
  });
});
