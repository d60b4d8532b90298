/** Documents read statement by statement: the five of the notes with every slip and conflict, and documents of one line. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { SLIPS } from "../../../kernel/src/calculus/teach/errata/index.js";
import { lint } from "../../../kernel/src/calculus/teach/lint.js";

const folder = path.resolve(import.meta.dirname, "../../seeds/notes");
const notes = readdirSync(folder)
  .sort()
  .map((file) => ({ name: file.slice(0, 3), text: readFileSync(path.join(folder, file), "utf8") }));
const read = lint(notes);
const report = (name: string) => read.documents.find((d) => d.name === name)!;
const found = (name: string, code: string) => report(name).findings.filter((f) => f.code === code);

/** Slips that are a finding of another kind: nothing in one formula shows them. */
const SHOWN_AS: Readonly<Record<string, readonly [document: string, code: string]>> = {
  "002-columns": ["002", "order"],
  "004-escapes": ["004", "eaten_escape"],
  "004-mixed-layouts": ["004", "layout_conflict"],
};

describe("the five documents", () => {
  test.each(SLIPS.map((s) => [s.id, s] as const))("%s is found in its document", (id, slip) => {
    const documents = slip.document === "000/001" ? ["000", "001"] : [slip.document];
    const other = SHOWN_AS[id];
    const findings = other
      ? found(...other)
      : documents.flatMap((d) => report(d).findings.filter((f) => f.erratum === id));
    expect(findings.length).toBeGreaterThan(0);
    for (const { line, message } of findings) {
      expect(line).toBeGreaterThan(0);
      expect(message.length).toBeGreaterThan(10);
    }
  });

  test("a slip is found in no other document", () => {
    const misplaced = SLIPS.flatMap((slip) =>
      read.documents
        .filter((d) => !slip.document.includes(d.name) && d.findings.some((f) => f.erratum === slip.id))
        .map((d) => `${slip.id} in ${d.name}`),
    );
    expect(misplaced).toEqual([]);
  });

  test("the layouts are those of the documents, and conflicts are named", () => {
    expect(read.documents.map((d) => [d.name, d.layout])).toEqual([
      ["000", "denominator"],
      ["001", "denominator"],
      ["002", "numerator"],
      ["003", "numerator"],
      ["004", "numerator"],
    ]);
    expect(found("002", "layout_conflict").map((f) => f.line)).toEqual([41]);
    expect(found("004", "layout_conflict").map((f) => f.line)).toEqual([76]);
    expect([...found("000", "layout_conflict"), ...found("001", "layout_conflict")]).toEqual([]);
  });

  test("between the documents: layouts, the elementwise product, ⊗", () => {
    expect(read.between.map((f) => f.message)).toEqual([
      "000 is in denominator layout, 001 is in denominator layout, 002 is in numerator layout, 003 is in numerator layout, 004 is in numerator layout",
      "the elementwise product is ∘ in 002 and ⊙ in 000, 001, 003",
      "⊗ is the Kronecker product in 002 and elementwise in 003",
    ]);
  });

  test("two shapes under braces, a bound index, a citation, sums of two kinds, tensors, a lost parenthesis", () => {
    expect(found("001", "shapes_disagree").map((f) => [f.line, f.message])).toEqual([
      [67, "\\frac{\\partial \\ell}{\\partial \\mathbf{c}} is h×1 under the brace of line 65 and 1×m here"],
    ]);
    expect(found("003", "bound_index").map((f) => f.line)).toEqual([57]);
    expect(found("002", "citation").map((f) => f.message)).toEqual([
      "eq. (10) is cited; the form that is used is (11)",
    ]);
    expect(found("004", "mixed_sums").map((f) => f.line)).toEqual([28]);
    expect(found("004", "entrywise").map((f) => f.line)).toEqual([63, 66, 68, 70]);
    expect(found("004", "parentheses").map((f) => f.line)).toEqual([78]);
    expect(found("002", "dangling").map((f) => f.line)).toEqual([83]);
  });

  test("eaten escapes are reported by their macros", () => {
    expect(new Set(found("004", "eaten_escape").map((f) => f.message.split(":")[0]))).toEqual(
      new Set([
        "egin{ is \\begin{",
        "abla is \\nabla",
        "rac is \\frac",
        "oldsymbol is \\boldsymbol",
        "ight is \\right",
      ]),
    );
    expect(report("004").statements.flatMap((s) => s.repaired).length).toBeGreaterThan(3);
  });

  test("what is right is not complained of", () => {
    for (const name of ["000", "001"]) expect(found(name, "false")).toEqual([]);
    const complaints = read.documents.flatMap((d) =>
      d.findings.filter((f) => f.code === "false").map((f) => [d.name, f.line]),
    );
    expect(complaints).toEqual([
      ["002", 53],
      ["003", 187],
    ]);
  });
});

const one = (text: string, layout?: "denominator" | "numerator") =>
  lint([{ name: "page", text }], { layout }).documents[0]!;

describe("documents of a few lines", () => {
  test("a page in one layout has no findings", () => {
    const page =
      "# Hints\n\n$$\\frac{\\partial a^T x}{\\partial x} = a$$\n\n$\\frac{\\partial x^T x}{\\partial x} = 2x$";
    expect(one(page)).toMatchObject({ layout: "denominator", findings: [], layouts: { denominator: 2, numerator: 0 } });
  });
  test("a page that should be in the other layout has all its derivatives named", () => {
    const page = "$\\frac{\\partial a^T x}{\\partial x} = a$";
    expect(one(page, "numerator").findings.map((f) => [f.code, f.line])).toEqual([["layout_conflict", 1]]);
  });
  test("both layouts on one page", () => {
    const page = "$\\frac{\\partial a^T x}{\\partial x} = a$\n\n$\\frac{\\partial x^T x}{\\partial x} = 2x^T$";
    expect(one(page).findings.map((f) => [f.code, f.line])).toEqual([
      ["layout_conflict", 1],
      ["layout_conflict", 3],
    ]);
  });
  test("a false identity has its counterexample; a definition is no claim", () => {
    const page = "$y = A x$, and $\\operatorname{tr}(AB) = \\operatorname{tr}(A)\\operatorname{tr}(B)$";
    const { findings, statements } = one(page);
    expect(findings.map((f) => f.code)).toEqual(["false"]);
    expect(findings[0]!.message).toMatch(/^false\. At A = .+ the left side is .+, the right side .+/);
    expect(statements[0]).toMatchObject({ verdict: "undecided", message: "a definition" });
  });
  test("a name that the document defines is written out", () => {
    expect(one("Let $y = A x$. Then $\\frac{\\partial y}{\\partial x} = A$.").layouts.numerator).toBe(1);
    expect(one("$\\frac{\\partial y}{\\partial x} = A$").statements[0]!.message).toBe(
      "nothing says how y depends on x",
    );
  });
  test("lines of the grammar, without LaTeX", () => {
    expect(one("d(a'x)/dx = a\ntr(A B) = tr(A) tr(B)\n").findings.map((f) => [f.code, f.line])).toEqual([["false", 2]]);
  });
  test("aligned rows, \\[ \\] and an equation environment", () => {
    const page =
      "\\[\\begin{aligned} \\operatorname{tr}(AB) &= \\operatorname{tr}(BA) \\\\ &= \\operatorname{tr}(A^T B) \\end{aligned}\\]\n\\begin{equation}\\operatorname{tr}(A) = \\operatorname{tr}(A^T)\\end{equation}";
    expect(one(page).statements.map((s) => s.verdict)).toEqual(["false", "true"]);
  });
  test("an empty document, and one without formulas", () => {
    expect(one("")).toMatchObject({ statements: [], findings: [], layout: undefined });
    expect(one("No formula here.").statements).toEqual([]);
  });
});
