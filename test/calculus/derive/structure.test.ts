/** Derivatives by the free entries of a symmetric or diagonal variable; every line is proved on those entries. */
import { describe, expect, test } from "vitest";
import { type Answer, answer, derivationDocument, derive, type Request } from "../../../kernel/src/calculus/index.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { goodPoint } from "../../../kernel/src/calculus/verify/domain.js";
import { evaluate, type Point } from "../../../kernel/src/calculus/verify/evaluate.js";

type Structure = "symmetric-entries" | "projected";

const derivation = (source: string, declared: string, structure: Structure, wrt = "X") => {
  const scope = declare(declared);
  const variables = wrt.split(" ").map((name) => scope.symbols.get(name)!);
  return derive(parse(source, scope).expr, variables, { structure, text: source });
};

describe("scalar by matrix", () => {
  test.each([
    ["tr(A*X)", "A: n×n, X: n×n symmetric", "A + A' - A.*eye(n)", "0.5*(A + A')"],
    ["logdet(X)", "X: n×n spd", "2*inv(X) - inv(X).*eye(n)", "inv(X)"],
    ["det(X)", "X: n×n spd", "det(X)*(2*inv(X) - inv(X).*eye(n))", "det(X)*inv(X)"],
    ["tr(X^2)", "X: n×n symmetric", "4*X - 2*(X.*eye(n))", "2*X"],
    ["tr(A*X)", "A: n×n, X: n×n diagonal", "A.*eye(n)", "A.*eye(n)"],
    ["tr(X^2)", "X: n×n diagonal", "2*X", "2*X"],
  ])("%s (%s): %s by its entries, %s projected", (source, declared, entries, projected) => {
    for (const [structure, want] of [
      ["symmetric-entries", entries],
      ["projected", projected],
    ] as const) {
      const { matrices } = derivation(source, declared, structure);
      expect(text(matrices.denominator!)).toBe(want);
      expect(matrices.numerator).toBe(matrices.denominator);
    }
  });

  test("the Cookbook's rule is what differences over the entries X_ij = X_ji give", () => {
    const scope = declare("a: n, b: n, X: n×n spd");
    const X = scope.symbols.get("X")!;
    const f = parse("a'*inv(X)*b", scope).expr;
    const { denominator } = derive(f, [X], { structure: "symmetric-entries" }).matrices;
    const { point } = goodPoint([f], [X], 7);
    const G = evaluate(denominator!, point);
    const moved = (i: number, j: number, h: number): Point => {
      const data = Float64Array.from(point.values.X!.data);
      data[i * G.cols + j]! += h;
      if (i !== j) data[j * G.cols + i]! += h;
      return { ...point, values: { ...point.values, X: { ...G, data } } };
    };
    for (let i = 0; i < G.rows; i++)
      for (let j = 0; j < G.cols; j++) {
        const slope = (evaluate(f, moved(i, j, 1e-5)).data[0]! - evaluate(f, moved(i, j, -1e-5)).data[0]!) / 2e-5;
        expect(G.data[i * G.cols + j]!).toBeCloseTo(slope, 7);
      }
  });

  test("a line of its own says the condition and its source", () => {
    const { steps } = derivation("logdet(X)", "X: n×n spd", "symmetric-entries");
    const last = steps[steps.length - 1]!;
    expect(last).toMatchObject({ rule: "structure/symmetric-entries", chips: ["symmetric entries"] });
    expect(last.cites).toEqual([{ source: "cookbook", at: "(138)" }]);
    expect(last.conditions).toEqual(["X_ij and X_ji are one variable, since X is spd"]);
    expect(steps.map((s) => s.rule).slice(-3)).toEqual(["identify", "fact", "structure/symmetric-entries"]);
    expect(derivation("logdet(X)", "X: n×n spd", "projected").steps.at(-1)).toMatchObject({
      rule: "structure/projected",
      cites: [],
      conditions: ["X moves among symmetric matrices, since X is spd"],
    });
    expect(derivation("tr(X)", "X: n×n diagonal", "projected").steps.at(-1)).toMatchObject({
      rule: "structure/diagonal",
      note: "\\text{only }X_{ii}\\text{ moves: }G\\circ\\mathbf I\\text{, the same for both structures}",
    });
  });

  test("pages of every style and layout end with that line", () => {
    const { pages } = derivationDocument(derivation("a'*X*b", "a: n, b: n, X: n×n symmetric", "symmetric-entries"));
    expect(pages.map((p) => `${p.style} ${p.layout}`)).toHaveLength(6);
    for (const page of pages) {
      expect(page.lines.at(-1)!.chips[0]!.name).toBe("symmetric entries");
      expect(page.results).toHaveLength(1);
      expect(page.results[0]!.layout).toBe("both layouts, structure: symmetric-entries");
    }
  });
});

describe("matrix by matrix and second derivatives", () => {
  test("inv(X) by its free entries: index form, and S = I + K − diag(vec I) behind the Kronecker form", () => {
    const { result } = derivation("inv(X)", "X: n×n symmetric", "symmetric-entries");
    expect(text(result.kronecker!)).toBe("-kron(inv(X), inv(X))*(eye(n*n) + commutation(n, n) - diag(vec(eye(n))))");
    expect(result.index.terms.map((t) => t.coefficient)).toEqual([-1, -1, 1]);
  });

  test("inv(X) projected is the mean of the derivative and its transpose in X", () => {
    const { result } = derivation("inv(X)", "X: n×n symmetric", "projected");
    expect(text(result.kronecker!)).toBe("-0.5*kron(inv(X), inv(X))*(eye(n*n) + commutation(n, n))");
  });

  test.each(["symmetric-entries", "projected"] as const)(
    "the Hessian of logdet(X), %s, takes S on both sides",
    (structure) => {
      const { result, proof } = derivation("logdet(X)", "X: n×n spd", structure, "X X");
      const S =
        structure === "projected"
          ? "(eye(n*n) + commutation(n, n))"
          : "(eye(n*n) + commutation(n, n) - diag(vec(eye(n))))";
      expect(text(result.kronecker!).split(S)).toHaveLength(3);
      expect(proof.maxRelError).toBeLessThan(1e-9);
    },
  );

  test("only the declared variable of a mixed derivative changes", () => {
    const { result } = derivation("tr(A*X*B*Y)", "A: n×n, B: n×n, X: n×n symmetric, Y: n×n", "projected", "Y X");
    expect(text(result.kronecker!)).toContain("0.5*");
  });
});

describe("through the contract", () => {
  const asked = (more: Partial<Request>) =>
    answer({ expr: "tr(A*X)", vars: { A: ["n", "n"], X: ["n", "n"] }, wrt: ["X"], ...more }, () => 0);

  test("the tensor is that of the structured answer", () => {
    const made = asked({
      constraints: { X: ["symmetric"] },
      structure: "symmetric-entries",
      dims: { n: 2 },
      bindings: {
        A: [
          [1, 2],
          [3, 4],
        ],
        X: [
          [1, 0],
          [0, 1],
        ],
      },
    }) as Answer;
    expect(made.matrix).toBe("A + A' - A.*eye(n)");
    expect(made.tensor!.data).toEqual([1, 5, 5, 4]);
    expect(made.map).toBe("tr(A*dX)");
  });

  test("without the fact it says which is missing", () => {
    expect(asked({ structure: "projected" })).toMatchObject({
      ok: false,
      error: {
        code: "bad_argument",
        message: "structure: X is not declared symmetric, spd or diagonal",
        hint: "X: n×n symmetric",
      },
    });
  });

  test("an unknown structure is refused with the known ones", () => {
    expect(asked({ structure: "skew" as Structure })).toMatchObject({
      ok: false,
      error: {
        code: "bad_argument",
        message: "request: unknown structure skew",
        want: "symmetric-entries or projected",
      },
    });
  });

  test("no structure leaves the entries independent", () => {
    expect(asked({ constraints: { X: ["symmetric"] } })).toMatchObject({ matrix: "A'" });
  });
});
