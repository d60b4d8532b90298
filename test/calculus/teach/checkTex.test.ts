/** Statements and answers in LaTeX: the same verdicts, and places in what was written. */
import { describe, expect, test } from "vitest";
import { type AnswerResult, check, declare, derive, parse } from "../../../kernel/src/calculus/index.js";
import { failureOf } from "../text/reads.js";

const tex = (latex: string, where?: string) => check(latex, { notation: "tex", where });

describe("statements", () => {
  test("ln|X| as the notes print it is false in numerator layout, and the slip is named", () => {
    const latex = "\\frac{\\partial \\ln|X|}{\\partial X} = X^{-\\top}";
    const result = check(latex, { notation: "tex", where: "X: n×n", layout: "numerator" });
    expect(result).toMatchObject({ verdict: "false", layoutSeen: "denominator" });
    expect(result.errata.map((e) => e.printed)).toEqual(["inv(X)'"]);
  });

  test.each([
    ["\\frac{\\partial \\ln|X|}{\\partial X} = X^{-\\top}", "true"],
    ["\\operatorname{tr}(ABC) = \\operatorname{tr}(ACB)", "false"],
    [
      "\\frac{\\partial}{\\partial\\mathbf x}\\mathbf x^\\top\\mathbf A\\mathbf x = (\\mathbf A+\\mathbf A^\\top)\\mathbf x",
      "true",
    ],
    ["\\nabla_{W} \\frac12\\|Wx-t\\|^2 = (Wx-t)x^\\top", "true"],
    ["d(\\mathbf X\\mathbf Y) = (d\\mathbf X)\\mathbf Y + \\mathbf X\\,d\\mathbf Y", "true"],
    ["\\mathrm d\\ln|\\mathbf X| = \\operatorname{tr}(\\mathbf X^{-1}\\mathrm d\\mathbf X).", "true"],
    [
      "\\begin{aligned}\\operatorname{tr}(AB) &= \\operatorname{tr}(BA)\\\\ &= \\operatorname{tr}(B^\\top A^\\top)\\end{aligned}",
      "true",
    ],
  ])("%s is %s", (latex, verdict) => {
    expect(tex(latex).verdict).toBe(verdict);
  });

  test.each([
    ["\\operatorname{tr}(A B = B A", "syntax", "this parenthesis ( is never closed", "("],
    [
      "\\frac{\\partial \\operatorname{tr}(X)}{\\partial X} = I^\\topp",
      "unknown_function",
      "unknown macro \\topp: did you mean \\top?",
      "\\topp",
    ],
    [
      "\\begin{aligned} A &= B \\\\ \\mathbf C &= D \\end{aligned}",
      "syntax",
      "this line is a statement of its own",
      "\\mathbf C &= D",
    ],
  ])("%s is refused in its place", (latex, code, message, at) => {
    expect(failureOf(latex, () => tex(latex))).toMatchObject({ code, message, at });
  });
});

describe("answers", () => {
  const scope = declare("W: m×n, x: n, b: m");
  const derivation = derive(parse("norm(W*x + b)^2", scope).expr, [scope.symbols.get("W")!]);
  const answer = (latex: string) => check(latex, derivation, { notation: "tex" });

  test("right, with the derivative before it", () => {
    expect(answer("\\nabla_W f = 2(\\mathbf W\\mathbf x+\\mathbf b)\\mathbf x^\\top")).toMatchObject({
      ok: true,
      code: "right",
    });
  });

  test("the transpose", () => {
    expect(answer("2\\mathbf x(\\mathbf W\\mathbf x+\\mathbf b)^\\top")).toMatchObject({
      ok: false,
      code: "other_layout",
    });
  });

  test("a name that nobody declared, in its place", () => {
    const latex = "2(\\mathbf W\\mathbf x+\\mathbf c)\\mathbf x^\\top";
    const { message, span } = answer(latex) as AnswerResult & { span: readonly [number, number] };
    expect([message, latex.slice(...span)]).toEqual(["unknown symbol c (column 22)", "\\mathbf c"]);
  });
});
