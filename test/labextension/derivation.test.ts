import type { DerivationDocument, Page } from "nabla";
import { expect, test } from "vitest";
import { hueOf } from "../../labextension/src/derivation/line.js";
import { noteWords } from "../../labextension/src/derivation/note.js";
import { choosePage, isDerivation, offers, pageLatex } from "../../labextension/src/derivation/page.js";

const page = (layout: Page["layout"], style: Page["style"]): Page => ({
  layout,
  style,
  header: [],
  conditions: [],
  lines: [
    {
      left: "df",
      right: ["2\\,\\mathbf y^\\top d\\mathbf y"],
      note: "",
      chips: [{ name: "dot product", sentence: "" }],
      tags: [],
      shape: "1",
      maxRelError: 0,
    },
    { left: "", right: ["a", "b"], note: "", chips: [], tags: [], shape: "", maxRelError: 0 },
  ],
  results: [
    { latex: "\\mathbf X^{-\\top}", layout: "denominator", here: layout === "denominator" },
    { latex: "\\mathbf X^{-1}", layout: "numerator", here: layout === "numerator" },
  ],
  boxes: [],
  folded: [],
  check: "",
  reading: "",
});
const document: DerivationDocument = {
  kind: "nabla.derivation",
  version: 1,
  text: "f",
  shown: { layout: "denominator", style: "differential" },
  pages: [page("denominator", "differential"), page("numerator", "differential"), page("denominator", "chain")],
};

test("the page wanted is shown, and the nearest of the same style where there is none", () => {
  expect(choosePage(document, { layout: "numerator", style: "differential" })).toBe(document.pages[1]);
  expect(choosePage(document, { layout: "numerator", style: "chain" })).toBe(document.pages[2]);
});

test("only what exists beside the page shown is offered", () => {
  const { layouts, styles } = offers(document, { layout: "denominator", style: "chain" });
  expect(layouts.filter(({ there }) => there).map(({ layout }) => layout)).toEqual(["denominator"]);
  expect(styles.filter(({ there }) => there).map(({ style }) => style)).toEqual(["differential", "chain"]);
});

test("a page copies as one aligned with its reasons and the boxed result of its own layout", () => {
  expect(pageLatex(document.pages[0]!)).toBe(
    [
      "\\begin{aligned}",
      "df &= 2\\,\\mathbf y^\\top d\\mathbf y && \\text{dot product} \\\\",
      " &= a \\\\",
      " &= b",
      "\\end{aligned}",
      "\\qquad \\boxed{\\mathbf X^{-\\top}}",
    ].join("\n"),
  );
});

test("a rule keeps its colour", () => {
  expect(hueOf("trace/cyclic")).toBe(hueOf("trace/cyclic"));
  expect(hueOf("trace/cyclic")).toBeLessThan(6);
});

test("what is no derivation of this version is not drawn", () => {
  expect(isDerivation(document)).toBe(true);
  for (const value of [null, {}, { ...document, version: 2 }, { ...document, pages: [null] }])
    expect(isDerivation(value)).toBe(false);
});

test("a note in LaTeX becomes words around its formulas, so that it can be broken over lines", () => {
  expect(noteWords("\\text{norm squared; let }\\mathbf y")).toBe("norm squared; let $\\mathbf y$");
  expect(noteWords("\\text{from }d(\\mathbf x^{\\top}\\mathbf x)\\text{, i.e. eqs. (4), (7)}")).toBe(
    "from $d(\\mathbf x^{\\top}\\mathbf x)$, i.e. eqs. (4), (7)",
  );
  expect(noteWords("\\underbrace{x}_{\\text{in}}")).toBe("$\\underbrace{x}_{\\text{in}}$");
  expect(noteWords("a scalar is its own trace")).toBe("a scalar is its own trace");
  expect(noteWords("let $y$")).toBe("let $y$");
});
