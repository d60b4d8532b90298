/** LaTeX in a request: read where it is said to be LaTeX, never guessed. */
import { expect, test } from "vitest";
import { answer, type Request } from "../../kernel/src/calculus/index.js";

const request = (changes: Partial<Request>): Request => ({
  expr: "\\|\\mathbf W\\mathbf x+\\mathbf b\\|^2",
  vars: { W: ["m", "n"], x: ["n"], b: ["m"] },
  wrt: ["W"],
  ...changes,
});

test('"notation": "tex" reads the expression as LaTeX', () => {
  expect(answer(request({ notation: "tex" }), () => 0)).toMatchObject({ ok: true, matrix: "2*(W*x + b)*x'" });
});

test("an escape that was repaired is among the warnings", () => {
  expect(answer(request({ notation: "tex", expr: "\frac12 x^\\top x", wrt: ["x"] }), () => 0)).toMatchObject({
    ok: true,
    matrix: "x",
    warnings: ["an escape ate the start of \\frac: backslashes are doubled in a string"],
  });
});

test("LaTeX that is not announced is refused with the way to say it", () => {
  expect(answer(request({}), () => 0)).toMatchObject({
    ok: false,
    error: { code: "syntax", message: "unexpected \\", hint: expect.stringContaining("LaTeX is read by expr.tex(…)") },
  });
});

test("another notation is refused", () => {
  expect(answer(request({ notation: "mathml" as "tex" }), () => 0)).toMatchObject({
    ok: false,
    error: { code: "bad_argument", message: "request: unknown notation mathml", want: "text or tex" },
  });
});
