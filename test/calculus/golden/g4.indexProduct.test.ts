import { expect, test } from "vitest";
import { bare, page } from "./page.js";

const BESIDE =
  "\\qquad m\\times p\\times m\\times n;\\ \\text{index order: output } i,j\\text{, then variable } k,l\\quad(\\text{no layout applies to order 4})";

test("G4: the box of ∂(BC)/∂B says its axes and whose the indices are, in both styles", () => {
  const index = page("B C", "B: m×n, C: n×p", "B", "denominator", "index");
  expect(bare(index.results[0]!.latex)).toBe(
    bare(`J_{ijkl}=\\frac{\\partial A_{ij}}{\\partial B_{kl}}=\\delta_{ik}\\,C_{lj}${BESIDE}`),
  );
  expect(index.reading).toBe(
    "Moving $B_{kl}$ moves only row $k$ of $\\mathbf A$, and moves it along row $l$ of $\\mathbf C$.",
  );
  const differential = page("B C", "B: m×n, C: n×p", "B", "denominator");
  expect(bare(differential.results[0]!.latex)).toBe(bare(`J_{ijkl}=\\delta_{ik}\\,C_{lj}${BESIDE}`));
  expect(differential.reading).toBe(`${index.reading} Here $\\mathbf A=\\mathbf B \\mathbf C$.`);
});

test("G4: an axis that is 1 by type has no index", () => {
  const box = bare(page("x'x * X", "x: n, X: m×p", "X", "denominator", "index").results[0]!.latex);
  expect(box).toContain(bare("\\text{index order: output } i,j\\text{, then variable } k,l"));
  const vector = bare(page("X x", "x: n, X: m×n", "X", "denominator").results[0]!.latex);
  expect(vector).toContain(bare("m\\times m\\times n;\\ \\text{index order: output } i\\text{, then variable } j,k"));
});
