import { describe, expect, test } from "vitest";
import { declare, derive, parse } from "../../../kernel/src/calculus/index.js";
import { dense } from "../../../kernel/src/calculus/core/dense.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { bare, chips, cites, everything, page, right } from "./page.js";

const EXPR = "sum(log(1 + exp(-y .* (X w))))";
const signs = page(EXPR, "X: N×n, y: N signs, w: n", "w, w", "denominator");

describe("G5: the Hessian of logistic regression", () => {
  test("gradient in four lines, Hessian in four lines, each read off", () => {
    expect(signs.lines.map(right)).toEqual(
      [
        "\\mathbf 1^\\top[\\frac{e^{\\mathbf z}}{\\mathbf 1+e^{\\mathbf z}}\\circ d\\mathbf z]",
        "s(\\mathbf z)^\\top d\\mathbf z",
        "-s(\\mathbf z)^\\top[\\mathbf y\\circ(\\mathbf X\\,d\\mathbf w)]",
        "-[\\mathbf y\\circ s(\\mathbf z)]^\\top\\mathbf X\\,d\\mathbf w",
        "-\\mathbf X^\\top[\\mathbf y\\circ s(\\mathbf z)]",
        "-\\mathbf X^\\top[\\mathbf y\\circ s'(\\mathbf z)\\circ d\\mathbf z]",
        "\\mathbf X^\\top[\\mathbf y\\circ\\mathbf y\\circ s'(\\mathbf z)\\circ(\\mathbf X\\,d\\mathbf w)]",
        "\\mathbf X^\\top\\operatorname{diag}(\\mathbf y\\circ\\mathbf y\\circ s'(\\mathbf z))\\mathbf X\\,d\\mathbf w",
        "\\mathbf X^\\top\\operatorname{diag}(\\mathbf y\\circ\\mathbf y\\circ s(\\mathbf z)\\circ(\\mathbf 1-s(\\mathbf z)))\\mathbf X\\,d\\mathbf w",
        "\\mathbf X^\\top\\operatorname{diag}(\\mathbf y\\circ\\mathbf y\\circ s(\\mathbf z)\\circ(\\mathbf 1-s(\\mathbf z)))\\mathbf X",
        "\\mathbf X^\\top\\operatorname{diag}(s(\\mathbf z)\\circ(\\mathbf 1-s(\\mathbf z)))\\mathbf X",
      ].map((line) => [bare(line)]),
    );
    expect(bare(signs.lines[5]!.left)).toBe(bare("d(\\nabla f)"));
  });

  test("chips and citations", () => {
    expect(chips(signs)).toEqual([
      "elementwise",
      "sigmoid | 1ᵀ(u∘v)",
      "substitute dz",
      "Hadamard shift",
      "read off | layout",
      "product | constant | elementwise",
      "substitute dz",
      "diag",
      "sigmoid′",
      "read off",
      "fact: y∘y = 1",
    ]);
    expect(cites(signs)[0]).toBe("002 §2.2, unnumbered; 003 operator table");
    expect(cites(signs)[1]).toBe('002 §2.2 "since", with x = 1');
    expect(cites(signs)[9]).toBe("002 (2) applied to ∇f");
  });

  test("notes say what was put in", () => {
    const dz = "d\\mathbf z=-\\mathbf y\\circ(\\mathbf X\\,d\\mathbf w)";
    const note = (i: number) => bare(signs.lines[i]!.note);
    expect(note(0)).toBe(bare("\\text{elementwise: }\\ln,\\ \\exp"));
    expect(note(2)).toBe(bare(dz));
    expect(note(5)).toContain(bare("ds(\\mathbf z)=s'(\\mathbf z)\\circ d\\mathbf z"));
    expect(note(6)).toBe(bare(`${dz};\\ \\circ\\text{ commutes}`));
  });

  test("the fact is a step only where it was declared; a generic y keeps y∘y", () => {
    const generic = page(EXPR, "X: N×n, y: N, w: n", "w, w", "denominator");
    expect(chips(generic)).toEqual(chips(signs).slice(0, 10));
    expect(bare(generic.results[0]!.latex)).toContain(bare("\\mathbf y\\circ\\mathbf y\\circ s(\\mathbf z)"));
  });

  test("the numbers of the worked example", () => {
    const scope = declare("X: N×n, y: N signs, w: n");
    const f = parse(EXPR, scope).expr;
    const w = scope.symbols.get("w")!;
    const point = {
      sizes: { N: 3, n: 2 },
      values: { X: dense(3, 2, [1, 2, 1, -1, 1, 0.5]), y: dense(3, 1, [1, -1, 1]), w: dense(2, 1, [0.5, -0.25]) },
    };
    const gradient = evaluate(derive(f, [w]).matrices.denominator!, point).data;
    const hessian = evaluate(derive(f, [w, w]).matrices.denominator!, point).data;
    [-0.228155, -1.882845].forEach((v, i) => expect(gradient[i]).toBeCloseTo(v, 6));
    [0.709308, 0.402811, 0.402811, 1.278248].forEach((v, i) => expect(hessian[i]).toBeCloseTo(v, 6));
  });

  test("the header defines dz and the sigmoid", () => {
    expect(signs.header.map(bare)).toContain(
      bare("let $\\mathbf z=-\\mathbf y\\circ(\\mathbf X\\mathbf w)\\in\\mathbb R^{N},\\quad d\\mathbf z=-\\mathbf y\\circ(\\mathbf X\\,d\\mathbf w)$"),
    );
    expect(signs.header.join(" ")).toContain("$s(z)=\\frac{1}{1+e^{-z}}$ (sigmoid)");
    expect(page("sum(exp(w))", "w: n", "w", "denominator").header.join(" ")).not.toContain("sigmoid");
  });

  test("the footer: symmetric, semidefinite with the reason, entry by entry", () => {
    expect(bare(signs.reading)).toBe(
      bare(
        "Symmetric ✓ (same in both layouts) · positive semidefinite, since $\\mathbf v^\\top\\nabla^2 f\\,\\mathbf v=\\sum_i S_{ii}(\\mathbf X\\mathbf v)_i^2\\ge 0$, $\\mathbf S=\\operatorname{diag}(s(\\mathbf z)\\circ(\\mathbf 1-s(\\mathbf z)))$: $f$ is convex · index form $\\sum_i S_{ii}X_{ij}X_{ik}$.",
      ),
    );
  });

  test("the footer follows the form of the Hessian, not the problem", () => {
    const read = (expr: string, vars: string): string => page(expr, vars, "w, w", "denominator").reading;
    expect(read(EXPR, "X: N×n, y: N, w: n")).toMatch(/semidefinite.*convex/);
    expect(read("‖A w − b‖²", "A: m×n, b: m, w: n")).toMatch(/semidefinite.*2\\,\\sum_i \(\\mathbf A.*convex.*A_\{ij\}A_\{ik\}/);
    expect(read("sum(exp(A w))", "A: m×n, w: n")).toMatch(/semidefinite.*convex/);
    expect(read("(a'w)^2", "a: n, w: n")).toMatch(/rank 1.*=2\\,\(\\mathbf a\^\\top\\mathbf v\)\^2\\ge 0.*convex/);
    expect(read("sum(sin(A w))", "A: m×n, w: n")).toBe("Symmetric ✓ (same in both layouts).");
    expect(read("-sum(exp(A w))", "A: m×n, w: n")).toBe("Symmetric ✓ (same in both layouts).");
    expect(read("sum(c .* exp(A w))", "A: m×n, c: m, w: n")).toBe("Symmetric ✓ (same in both layouts).");
    expect(read("w' A w", "A: n×n, w: n")).toBe("Symmetric ✓ (same in both layouts).");
  });

  test("nothing of the clutter", () => {
    expect(everything(signs)).not.toMatch(/\\otimes|\)\^2\}/);
  });
});
