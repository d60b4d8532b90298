import { describe, expect, test } from "vitest";
import { bare, boxed, chips, cites, page, right } from "./page.js";

const numerator = page("ln|X|", "X: n×n", "X", "numerator");
const denominator = page("ln|X|", "X: n×n", "X", "denominator");

describe("G2: ln|X| by X", () => {
  test("three lines and the read-off, with (11) where the notes cite (10)", () => {
    expect(numerator.lines.map(right)).toEqual(
      [
        ["|\\mathbf X|^{-1}\\,d|\\mathbf X|"],
        ["|\\mathbf X|^{-1}\\,|\\mathbf X|\\operatorname{tr}(\\mathbf X^{-1}d\\mathbf X)"],
        ["\\operatorname{tr}(\\mathbf X^{-1}d\\mathbf X)"],
        ["\\mathbf X^{-1}"],
      ].map((line) => line.map(bare)),
    );
    expect(chips(numerator)).toEqual(["ln | scalar chain", "determinant", "cancel", "read off"]);
    expect(cites(numerator)).toEqual(["002 (1)", "002 (11)", "", "002 (3)"]);
    expect(numerator.lines[1]!.tags[0]!.erratum).toBe("the notes cite (10) here; the form used is (11)");
  });

  test("the Cookbook's (57) stands beside its own layout only", () => {
    expect(cites(denominator)).toEqual(["002 (1)", "002 (11)", "", "002 (3); MC (57)"]);
  });

  test("logdet(X) as input gives the same three lines", () => {
    expect(page("logdet(X)", "X: n×n", "X", "numerator").lines.map(right)).toEqual(numerator.lines.map(right));
  });

  test("both layouts are named beside their results", () => {
    expect(boxed(numerator, "numerator")).toContain(bare("=\\mathbf X^{-1}\\in"));
    expect(boxed(numerator, "denominator")).toContain(bare("=\\mathbf X^{-\\top}\\in"));
    expect(numerator.results.map((r) => r.layout)).toEqual(["numerator", "denominator"]);
  });

  test("the erratum stands at the result in numerator layout only", () => {
    expect(numerator.boxes.map((b) => b.kind)).toEqual(["erratum"]);
    expect(numerator.boxes[0]!.text).toContain("The notes print $\\mathbf X^{-\\top}$ here");
    expect(numerator.boxes[0]!.text).toContain("-\\tfrac12");
    expect(denominator.boxes).toEqual([]);
  });

  test("the conditions say what ln|X| needs and that |X| is the determinant", () => {
    expect(numerator.conditions.join("; ")).toMatch(/invertible.*determinant.*same derivative/);
    expect(numerator.header.join(" ")).toContain("is the determinant here");
  });

  test("why (11): two folded lines from the cofactors", () => {
    const [why] = numerator.folded;
    expect(why!.title).toBe("Why (11)?");
    expect(why!.lines.map((l) => [bare(l.left), ...right(l)])).toEqual(
      [
        ["d|\\mathbf X|", "\\operatorname{tr}(\\operatorname{adj}(\\mathbf X)d\\mathbf X)"],
        ["\\operatorname{tr}(\\operatorname{adj}(\\mathbf X)d\\mathbf X)", "|\\mathbf X|\\operatorname{tr}(\\mathbf X^{-1}d\\mathbf X)"],
      ].map((line) => line.map(bare)),
    );
  });
});
