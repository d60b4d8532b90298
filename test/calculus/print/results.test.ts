/** The sentence about the shape of an answer. */
import { expect, test } from "vitest";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { reading } from "../../../kernel/src/calculus/print/results.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";

const scope = declare("A: n×n, x: n, y: n");
const x = scope.symbols.get("x")!;

test.each([
  ["x'*diag(A)", "A column: the diagonal of a matrix."],
  ["x.*y", "A diagonal matrix: each output depends on its own input only."],
  ["x", "The identity: each output moves with its own input."],
  ["y'*y", "Zero: the expression does not depend on the variable."],
  ["x'*y", ""],
])("%s by x: %s", (text, sentence) => expect(reading(derive(parse(text, scope).expr, [x]))).toBe(sentence));
