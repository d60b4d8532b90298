import type { DerivationDocument, Page } from "nabla";
import { choosePage, noteWords } from "nabla/display";
import { expect, test } from "vitest";
import { hueOf } from "../../labextension/src/derivation/line.js";
import { offers, pageLatex } from "../../labextension/src/derivation/page.js";
import { readDerivation } from "../../labextension/src/derivation/validate.js";

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

test("a derivation of another version is told from one that is not complete", () => {
  expect(readDerivation(document)).toEqual({ document });
  expect(readDerivation({ ...document, version: 2 })).toEqual({ fault: "version" });
});

const [first] = document.pages as [Page];
const [line] = first.lines as [Page["lines"][number]];
const withPage = (changes: object): object => ({ ...document, pages: [{ ...first, ...changes }] });
test.each<[string, unknown]>([
  ["nothing", null],
  ["no kind", {}],
  ["shown is null", { ...document, shown: null }],
  ["no pages", { ...document, pages: [] }],
  ["a page is null", { ...document, pages: [null] }],
  ["no header", withPage({ header: undefined })],
  ["a condition that is a number", withPage({ conditions: [1] })],
  ["no boxes", withPage({ boxes: undefined })],
  ["a box without text", withPage({ boxes: [{ kind: "note", title: "" }] })],
  ["no folded sections", withPage({ folded: null })],
  ["a folded section without lines", withPage({ folded: [{ title: "" }] })],
  ["a line is null", withPage({ lines: [null] })],
  ["a line without chips", withPage({ lines: [{ ...line, chips: undefined }] })],
  ["a line whose right side is no list", withPage({ lines: [{ ...line, right: "x" }] })],
  ["a result without a layout", withPage({ results: [{ latex: "x", here: true }] })],
])("a document that is not complete is not drawn: %s", (_, value) => {
  expect(readDerivation(value)).toEqual({ fault: "malformed" });
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

test("a space at the end of a formula in a note does not escape its dollar", () => {
  expect(noteWords("\\text{let }\\mathbf z;\\ \\text{then}")).toBe("let $\\mathbf z;$ then");
  expect(noteWords("\\quad x\\,\\text{ and }\\; y\\qquad")).toBe(" $x$ and $y$ ");
});
