import { describe, expect, test } from "vitest";
import { bare, boxed, chips, cites, page, right, shapes } from "./page.js";

const VARS = "W: m×n, x: n, b: m";
const numerator = page("‖W x + b‖²", VARS, "W", "numerator");
const denominator = page("‖W x + b‖²", VARS, "W", "denominator");

describe("G1: ‖Wx+b‖² by W, as 002 prints it", () => {
  test("five lines and the read-off", () => {
    expect(numerator.lines.map(right)).toEqual(
      [
        ["d(\\mathbf y^\\top\\mathbf y)\\Big|_{\\mathbf y=\\mathbf W\\mathbf x+\\mathbf b}"],
        ["2\\,\\mathbf y^\\top d\\mathbf y\\,\\Big|_{\\mathbf y=\\mathbf W\\mathbf x+\\mathbf b}"],
        ["2(\\mathbf W\\mathbf x+\\mathbf b)^\\top(d\\mathbf W)\\,\\mathbf x"],
        ["\\operatorname{tr}\\!\\big(2(\\mathbf W\\mathbf x+\\mathbf b)^\\top(d\\mathbf W)\\,\\mathbf x\\big)"],
        ["\\operatorname{tr}\\!\\big(2\\,\\mathbf x(\\mathbf W\\mathbf x+\\mathbf b)^\\top\\,d\\mathbf W\\big)"],
        ["2\\,\\mathbf x(\\mathbf W\\mathbf x+\\mathbf b)^\\top"],
      ].map((line) => line.map(bare)),
    );
    expect(bare(numerator.lines[0]!.left)).toBe(bare("d\\|\\mathbf W\\mathbf x+\\mathbf b\\|^2"));
  });

  test("chips, citations and shapes", () => {
    expect(chips(numerator)).toEqual([
      "norm² | let y",
      "dot product",
      "substitute | product | constant",
      "scalar = trace",
      "trace/cyclic",
      "read off",
    ]);
    expect(cites(numerator)).toEqual([
      "002 §2 (used)",
      "002 §2 ex. 1, (4), (7)",
      "002 (4)",
      "002 §2, unnumbered",
      "002 (12)",
      "002 (3)",
    ]);
    expect(shapes(numerator)[2]).toBe("1×m · m×n · n×1");
    expect(shapes(numerator)[4]).toBe("tr(n×m · m×n)");
  });

  test("the third line says what is constant", () => {
    expect(numerator.lines[2]!.note).toBe("\\text{from eq. (4)},\\ d\\mathbf b=\\mathbf 0,\\ d\\mathbf x=\\mathbf 0");
  });

  test("both layouts are boxed, each with its name", () => {
    expect(boxed(numerator, "numerator")).toBe(
      bare("\\frac{\\partial f}{\\partial\\mathbf W}=2\\,\\mathbf x(\\mathbf W\\mathbf x+\\mathbf b)^\\top\\in\\mathbb R^{n\\times m}"),
    );
    expect(boxed(numerator, "denominator")).toBe(
      bare("\\frac{\\partial f}{\\partial\\mathbf W}=2(\\mathbf W\\mathbf x+\\mathbf b)\\,\\mathbf x^\\top\\in\\mathbb R^{m\\times n}"),
    );
  });

  test("in denominator layout the five lines are the same and the last says that it transposes", () => {
    expect(denominator.lines.slice(0, 5).map(right)).toEqual(numerator.lines.slice(0, 5).map(right));
    expect(denominator.lines[5]!.note).toContain("so that it has the shape of");
  });

  test("the reading and the check are there, the clutter is not", () => {
    for (const layout of ["denominator", "numerator"] as const)
      for (const style of ["differential", "index", "chain"] as const)
        expect(page("‖W x + b‖²", VARS, "W", layout, style).reading).toBe(
          "Twice the residual times the input, an outer product: rank 1.",
        );
    expect(numerator.check).toMatch(/^✓ 6 lines, 2 random points, worst \d+e-1\d|^✓ 6 lines, 2 random points, worst 0/);
    const shown = JSON.stringify([numerator.lines.flatMap((l) => l.right), numerator.results]);
    expect(shown).not.toMatch(/\\mathbf I|\\otimes|\\mathbf 0/);
  });
});
