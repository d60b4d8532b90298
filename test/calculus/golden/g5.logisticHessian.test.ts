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
    expect(cites(signs)[1]).toBe('002 §2.2 "since", with x = 1');
    expect(cites(signs)[9]).toBe("002 (2)");
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

  test("nothing of the clutter", () => {
    expect(everything(signs)).not.toMatch(/\\otimes|\)\^2\}/);
  });
});
