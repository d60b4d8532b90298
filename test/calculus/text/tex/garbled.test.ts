/** The lines of the notes 004 that lost their escapes, letter by letter, as statements. */
import { describe, expect, test } from "vitest";
import { check } from "../../../../kernel/src/calculus/index.js";
import { failureOf } from "../reads.js";

const R = String.raw;
const statement = (latex: string, where?: string) => check(latex, { notation: "tex", where });

describe("identities", () => {
  test("aᵀXb: its derivative is abᵀ", () => {
    const { verdict, layoutSeen, notes } = statement(
      R`$$rac{\partial}{\partial X} a^{\mathsf{T}} X b = a b^{\mathsf{T}}$$`,
    );
    expect([verdict, layoutSeen]).toEqual(["true", "denominator"]);
    expect(notes).toContain("rac is read as \\frac: backslashes are doubled in a string");
  });

  test.each([
    [R`$$rac{\partial}{\partial X} x^{\mathsf{T}} a = a^{\mathsf{T}}$$`],
    [R`$$rac{\partial}{\partial oldsymbol{X}}oldsymbol{a}^{\mathsf{T}}oldsymbol{x} = oldsymbol{a}^{\mathsf{T}}$$`],
  ])("%s: printed with X for x, so that the shapes do not fit", (latex) => {
    expect(statement(latex, "X: n×p, a: n, x: n").message).toBe(
      "The shapes do not fit: the derivative (denominator layout) is n×p, the right side 1×n.",
    );
    expect(statement(latex.replace("X", "x"), "a: n, x: n")).toMatchObject({
      verdict: "true",
      layoutSeen: "numerator",
    });
  });

  test("xᵀAx: the parenthesis that is missing is said in its place", () => {
    const latex = R`$$rac{\partial}{\partial oldsymbol{X}} oldsymbol{x}^{\mathsf{T}} oldsymbol{A} oldsymbol{x} = oldsymbol{x}^{\mathsf{T}} oldsymbol{A} oldsymbol{A} + oldsymbol{A}^{\mathsf{T}})$$`;
    const failure = failureOf(latex, () => statement(latex));
    expect(failure).toMatchObject({ code: "syntax", message: "this parenthesis ) was never opened", at: ")" });
  });
});

describe("two statements with their line end eaten", () => {
  const latex =
    "$$egin{aligned} m{r} m{x}^T &= (W m{x} - m{t}) m{x}^\\mathsf{T} \\ m{\nabla}_W \\mathcal{L} &= (W m{x} - m{t}) m{x}^\\mathsf{T} \\end{aligned}$$";

  test("are told apart", () => {
    expect(failureOf(latex, () => statement(latex))).toMatchObject({
      code: "syntax",
      message: "this line is a statement of its own",
      at: "m{\nabla}_W \\mathcal{L} &= (W m{x} - m{t}) m{x}^\\mathsf{T}",
    });
  });

  test("the second, with the loss of the notes in it, is true", () => {
    const second = latex
      .slice(latex.indexOf("m{\nabla}"), latex.lastIndexOf("\\end"))
      .replace("\\mathcal{L}", R`\frac12\|Wx-t\|^2`);
    expect(statement(second)).toMatchObject({ verdict: "true", layoutSeen: "denominator" });
  });
});
