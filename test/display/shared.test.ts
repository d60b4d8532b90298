import { choosePage, inlinePieces, latexToText, noteWords, parts } from "nabla/display";
import { describe, expect, test } from "vitest";
import { markdownMath, trimMath } from "../../kernel/src/display/escape.js";
import { noteMarkdown } from "../../kernel/src/display/inline.js";
import { normSquared } from "./documents.js";

test("spaces at the ends of mathematics go, whole", () => {
  expect(["z;\\ ", "\\quad x\\,", " \\;\\quad x ", "a\\\\"].map(trimMath)).toEqual(["z;", "x", "x", "a\\\\"]);
  expect(markdownMath("z;\\ ")).toBe("z;");
  expect(inlinePieces("let $z;\\ $ be")[1]).toEqual({ kind: "math", text: "z;", display: false });
});

test("a note reads the same in Markdown and on the page", () => {
  const note = "\\text{let }\\mathbf z=\\mathbf W\\mathbf x;\\ \\text{the rest is constant}";
  expect(noteWords(note)).toBe("let $\\mathbf z=\\mathbf W\\mathbf x;$ the rest is constant");
  expect(noteMarkdown(note)).toBe(noteWords(note));
});

test("a formula is said in plain signs", () =>
  expect(latexToText("\\frac{\\partial L}{\\partial\\mathbf W}=2\\,\\mathbf y^\\top")).toBe("∂L/∂W = 2 yᵀ"));

test("a wish that no page fulfils is answered by the nearest page", () =>
  expect(choosePage(normSquared, { layout: "numerator", style: "chain" })).toBe(normSquared.pages[0]));

describe("a matrix cut into parts", () => {
  const at = (row: number, col: number): number => (row === 3 && col === 5 ? -9 : row + col / 10);
  test("is itself when it is small enough", () => {
    const cut = parts({ rows: 4, cols: 6 }, at, 6);
    expect([cut.rows, cut.cols, cut.down, cut.across, cut.place(3, 5)]).toEqual([4, 6, 1, 1, [3, 5]]);
  });
  test("shows the entry of largest magnitude of each part", () => {
    const cut = parts({ rows: 5, cols: 6 }, at, 3);
    expect([cut.rows, cut.cols, cut.down, cut.across]).toEqual([3, 3, 2, 2]);
    expect([cut.place(1, 2), cut.place(0, 0), cut.place(2, 0)]).toEqual([
      [3, 5],
      [1, 1],
      [4, 1],
    ]);
  });
});
