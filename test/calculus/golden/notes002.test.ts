/** The worked examples of 002 §2 that have no golden page of their own: every line with its citation. */
import { describe, expect, test } from "vitest";
import { bare, boxed, chips, cites, page, right } from "./page.js";

describe("d(x'x), the first example of 002", () => {
  const p = page("x'x", "x: n", "x", "numerator");

  test("product (4), transpose (7), then a scalar is its own transpose", () => {
    expect(p.lines.map(right)).toEqual(
      [
        ["d(\\mathbf x^\\top)\\mathbf x+\\mathbf x^\\top d\\mathbf x"],
        ["(d\\mathbf x)^\\top\\mathbf x+\\mathbf x^\\top d\\mathbf x"],
        ["\\mathbf x^\\top d\\mathbf x+\\mathbf x^\\top d\\mathbf x", "2\\,\\mathbf x^\\top d\\mathbf x"],
        ["2\\,\\mathbf x^\\top"],
      ].map((line) => line.map(bare)),
    );
    expect(cites(p)).toEqual(["002 (4)", "002 (7)", "002 §2, unnumbered", "002 (2)"]);
    expect(chips(p)).toEqual(["product", "transpose", "scalar = transpose", "read off"]);
  });

  test("therefore d(x'x)/dx = 2x' in numerator layout, 2x in denominator layout", () => {
    expect(boxed(p, "numerator")).toContain(bare("=2\\,\\mathbf x^\\top\\in"));
    expect(boxed(p, "denominator")).toContain(bare("=2\\,\\mathbf x\\in"));
  });
});

test("d tr(AXB): (9), the product rule with constants, (12), and BA by (3)", () => {
  const p = page("tr(A X B)", "A: p×m, X: m×n, B: n×p", "X", "numerator");
  expect(p.lines.map(right)).toEqual(
    [
      ["\\operatorname{tr}(d(\\mathbf A\\mathbf X\\mathbf B))"],
      ["\\operatorname{tr}(\\mathbf A(d\\mathbf X)\\mathbf B)"],
      ["\\operatorname{tr}(\\mathbf B\\mathbf A\\,d\\mathbf X)"],
      ["\\mathbf B\\mathbf A"],
    ].map((line) => line.map(bare)),
  );
  expect(cites(p)).toEqual(["002 (9)", "002 (4)", "002 (12)", "002 (3)"]);
});

describe("d(X⁻¹) from X⁻¹X = I", () => {
  const p = page("inv(X)", "X: n×n", "X", "numerator");

  test("the rule is (8)", () => {
    expect(right(p.lines[0]!)).toEqual([bare("-\\mathbf X^{-1}(d\\mathbf X)\\mathbf X^{-1}")]);
    expect(cites(p)[0]).toBe("002 (8)");
  });

  test("why: the three lines of the notes", () => {
    const why = p.folded.find((f) => f.title === "Why (8)?")!;
    expect(why.lines.map((l) => [bare(l.left), ...right(l)])).toEqual(
      [
        ["d(\\mathbf X^{-1}\\mathbf X)", "\\mathbf 0"],
        ["d(\\mathbf X^{-1})\\mathbf X+\\mathbf X^{-1}\\,d\\mathbf X", "\\mathbf 0"],
        ["d(\\mathbf X^{-1})", "-\\mathbf X^{-1}(d\\mathbf X)\\mathbf X^{-1}"],
      ].map((line) => line.map(bare)),
    );
    expect(why.lines[1]!.tags.map((t) => t.label)).toEqual(["002 (4)"]);
  });

  test("the answer of order four has its vec form and no layout", () => {
    expect(right(p.lines[1]!)).toEqual([bare("-\\mathbf X^{-\\top}\\otimes\\mathbf X^{-1}")]);
    expect(p.results[0]!.layout).toContain("index form");
  });
});
