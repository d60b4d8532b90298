/** The index pages of the golden derivations and of 004, line by line. */
import { describe, expect, test } from "vitest";
import { bare, chips, cites, indexOf, latexLines, notes, printed } from "./indexHelpers.js";

const lines = (...latex: string[]): string[] => latex.map(bare);

describe("G4: ∂(BC)/∂B, 004 §0.1", () => {
  const d = indexOf("B C", "B: m×n, C: n×p", "B");

  test("the expansion, then four lines", () => {
    expect(latexLines(d)).toEqual(
      lines(
        "\\mathbf A=\\mathbf B\\mathbf C\\in\\mathbb R^{m\\times p}|A_{ij}=\\sum_{r=1}^{n}B_{ir}C_{rj}",
        "\\frac{\\partial A_{ij}}{\\partial B_{kl}}=\\frac{\\partial}{\\partial B_{kl}}\\Big(\\sum_{r=1}^{n}B_{ir}C_{rj}\\Big)=\\sum_{r=1}^{n}\\frac{\\partial B_{ir}}{\\partial B_{kl}}\\,C_{rj}",
        "=\\sum_{r=1}^{n}\\delta_{ik}\\,\\delta_{rl}\\,C_{rj}",
        "=\\delta_{ik}\\sum_{r=1}^{n}\\delta_{rl}\\,C_{rj}",
        "=\\delta_{ik}\\,C_{lj}",
      ),
    );
  });

  test("chips, cites and reasons", () => {
    expect(chips(d)).toEqual(["expand product", "linear | constant", "δ for an entry", "factor out", "contract δ"]);
    expect(cites(d)).toEqual([
      "carson §0.1",
      "carson §0.1",
      "carson §0.1",
      'carson §0.1 ("is pulled out")',
      'carson §0.1 ("sets every term … to 0")',
    ]);
    expect(notes(d)).toEqual(
      lines(
        "\\text{definition of the matrix product; } r \\text{ is the summation index}",
        "\\text{linear; } C \\text{ does not depend on } B",
        "\\tfrac{\\partial B_{ir}}{\\partial B_{kl}}=\\delta_{ik}\\delta_{rl}\\text{: 1 if it is the same entry, else 0}",
        "\\delta_{ik}\\text{ has no } r\\text{: pull it out}",
        "\\delta_{rl}\\text{ keeps only } r=l",
      ),
    );
  });

  test("the box: output indices first, then the variable's; no layout applies to order 4", () => {
    expect(printed(d.result.line)).toBe(
      bare("J_{ijkl}=\\frac{\\partial A_{ij}}{\\partial B_{kl}}=\\delta_{ik}\\,C_{lj}"),
    );
    expect(d.result.axes.map((a) => a.key)).toEqual(["m", "p", "m", "n"]);
    expect(bare(d.result.note)).toBe(
      bare("\\text{index order: output } i,j \\text{, then variable } k,l\\quad(\\text{no layout applies to order 4})"),
    );
    expect(d.reading).toBe(
      "moving $B_{kl}$ moves only row $k$ of $\\mathbf A$, and moves it along row $l$ of $\\mathbf C$.",
    );
  });

  test("the same thing as: vec, the differential, contracted with an upstream gradient", () => {
    expect(d.asides.map((a) => a.title)).toEqual(["The same thing as"]);
    expect(latexLines(d.asides[0]!)).toEqual(
      lines(
        "\\frac{\\partial\\operatorname{vec}\\mathbf A}{\\partial(\\operatorname{vec}\\mathbf B)^\\top}=\\mathbf C^\\top\\otimes\\mathbf I_m",
        "d\\mathbf A=(d\\mathbf B)\\,\\mathbf C",
        "\\frac{\\partial\\mathcal L}{\\partial B_{kl}}=\\sum_{i,j}\\frac{\\partial\\mathcal L}{\\partial A_{ij}}\\,\\delta_{ik}C_{lj}=\\sum_j\\frac{\\partial\\mathcal L}{\\partial A_{kj}}\\,C_{lj}=[\\frac{\\partial\\mathcal L}{\\partial\\mathbf A}\\,\\mathbf C^\\top]_{kl}",
      ),
    );
    expect(d.asides[0]!.steps[0]!.shape).toBe("mp×mn");
    expect(d.asides[0]!.steps[2]!.chips).toEqual(["HW3 form", "Cᵀ on the right"]);
    expect(bare(d.asides[0]!.steps[2]!.note)).toBe(bare("\\mathbf C^\\top\\text{ is on the right}"));
  });

  test("Einstein's convention drops the sums and nothing else", () => {
    expect(latexLines(d, { einstein: true })[2]).toBe(bare("=\\delta_{ik}\\,\\delta_{rl}\\,C_{rj}"));
  });

  test("∂(BC)/∂C moves columns", () => {
    const c = indexOf("B C", "B: m×n, C: n×p", "C");
    expect(printed(c.result.line)).toBe(
      bare("J_{ijkl}=\\frac{\\partial A_{ij}}{\\partial C_{kl}}=\\delta_{jl}\\,B_{ik}"),
    );
    expect(c.reading).toBe(
      "moving $C_{kl}$ moves only column $l$ of $\\mathbf A$, and moves it along column $k$ of $\\mathbf B$.",
    );
  });
});

describe("004 §0.2: ∂(Ax)/∂A", () => {
  const d = indexOf("A x", "A: m×n, x: n", "A");

  test("coordinate form, linear, δ_ik x_l", () => {
    expect(latexLines(d)).toEqual(
      lines(
        "\\mathbf y=\\mathbf A\\mathbf x\\in\\mathbb R^m|y_i=\\sum_{j=1}^{n}A_{ij}x_j",
        "\\frac{\\partial y_i}{\\partial A_{kl}}=\\sum_{j=1}^n\\frac{\\partial A_{ij}}{\\partial A_{kl}}x_j",
        "=\\delta_{ik}x_l",
      ),
    );
    expect(chips(d)).toEqual(["expand product", "linear | constant", "δ for an entry | contract δ"]);
    expect(latexLines(d, { einstein: true })[1]).toBe(
      bare("\\frac{\\partial y_i}{\\partial A_{kl}}=\\frac{\\partial A_{ij}}{\\partial A_{kl}}x_j"),
    );
  });

  test("in HW3's order the tensor has the variable's axes first", () => {
    const h = indexOf("W x", "W: h×m, x: m", "W");
    const tensor = h.asides[1]!.steps[0]!;
    expect(tensor.shape).toBe("h×m×h");
    expect(latexLines(h.asides[1]!)).toEqual(
      lines(
        "[\\frac{\\partial\\mathbf y}{\\partial\\mathbf W}]_{kli}=\\frac{\\partial y_i}{\\partial W_{kl}}=\\delta_{ik}x_l",
      ),
    );
    expect(latexLines(h.asides[0]!)[2]).toBe(
      bare(
        "\\frac{\\partial\\mathcal L}{\\partial W_{kl}}=\\sum_i\\frac{\\partial\\mathcal L}{\\partial y_i}\\delta_{ik}x_l=\\frac{\\partial\\mathcal L}{\\partial y_k}x_l=[\\frac{\\partial\\mathcal L}{\\partial\\mathbf y}\\mathbf x^\\top]_{kl}",
      ),
    );
  });
});

describe("G1 in index style: ‖Wx + b‖²", () => {
  const d = indexOf("‖W x + b‖²", "W: m×n, x: n, b: m", "W");

  test("five lines", () => {
    expect(latexLines(d)).toEqual(
      lines(
        "\\frac{\\partial f}{\\partial W_{kl}}=\\frac{\\partial}{\\partial W_{kl}}\\sum_{i=1}^{m}r_i^2|r_i=\\sum_{j=1}^{n}W_{ij}x_j+b_i",
        "=\\sum_{i=1}^{m}2r_i\\,\\frac{\\partial r_i}{\\partial W_{kl}}",
        "=\\sum_{i=1}^{m}2r_i\\sum_{j=1}^{n}\\delta_{ik}\\delta_{jl}\\,x_j",
        "=2\\,r_k\\,x_l",
        "\\nabla_{\\mathbf W}f=2\\,\\mathbf r\\,\\mathbf x^\\top=2(\\mathbf W\\mathbf x+\\mathbf b)\\mathbf x^\\top",
      ),
    );
  });

  test("reasons, cites and reading", () => {
    expect(notes(d)).toEqual(
      lines(
        "\\text{coordinate expansion}",
        "\\text{chain rule, entry by entry}",
        "\\partial W_{ij}/\\partial W_{kl}=\\delta_{ik}\\delta_{jl}",
        "\\delta_{ik}\\text{ keeps } i=k,\\ \\delta_{jl}\\text{ keeps } j=l",
        "\\text{outer product}",
      ),
    );
    expect(cites(d)[2]).toBe("carson §0.1");
    expect(cites(d)[4]).toBe("carson Example 0.2.1");
    expect(d.reading).toBe("twice the residual times the input, an outer product: rank 1.");
  });

  test("numerator layout transposes the last line only", () => {
    const n = indexOf("‖W x + b‖²", "W: m×n, x: n, b: m", "W", { layout: "numerator" });
    expect(latexLines(n).slice(0, 4)).toEqual(latexLines(d).slice(0, 4));
    expect(latexLines(n)[4]).toBe(
      bare(
        "\\frac{\\partial f}{\\partial\\mathbf W}=2\\,\\mathbf x\\,\\mathbf r^\\top=2\\mathbf x(\\mathbf W\\mathbf x+\\mathbf b)^\\top",
      ),
    );
  });
});

describe("004 §0.2.1", () => {
  test("the loss chain has four lines", () => {
    const d = indexOf("L(A x)", "L: scalar of m, A: m×n, x: n", "A");
    expect(latexLines(d)).toEqual(
      lines(
        "\\frac{\\partial\\mathcal L}{\\partial A_{kl}}=\\sum_{i=1}^m\\frac{\\partial\\mathcal L}{\\partial y_i}\\frac{\\partial y_i}{\\partial A_{kl}}",
        "=\\sum_{i=1}^m\\sum_{j=1}^n\\frac{\\partial\\mathcal L}{\\partial y_i}\\frac{\\partial A_{ij}}{\\partial A_{kl}}x_j",
        "=\\sum_i\\frac{\\partial\\mathcal L}{\\partial y_i}\\delta_{ik}x_l",
        "=\\frac{\\partial\\mathcal L}{\\partial y_k}x_l",
      ),
    );
    expect(chips(d)).toEqual(["chain rule", "linear | constant", "δ for an entry", "contract δ"]);
    expect(printed(d.result.line)).toBe(
      bare("\\nabla_{\\mathbf A}\\mathcal L=\\frac{\\partial\\mathcal L}{\\partial\\mathbf y}\\mathbf x^\\top"),
    );
  });

  test("Example 0.2.1: r_i x_j, then the outer product", () => {
    const d = indexOf("1/2 ‖W x - t‖²", "W: m×n, x: n, t: m", "W", { indices: ["i", "j"] });
    expect(latexLines(d)).toEqual(
      lines(
        "\\frac{\\partial f}{\\partial W_{ij}}=\\frac{\\partial}{\\partial W_{ij}}(\\tfrac{1}{2}\\sum_{k=1}^m r_k^2)|r_k=\\sum_{l=1}^n W_{kl}x_l-t_k",
        "=\\sum_{k=1}^m r_k\\frac{\\partial r_k}{\\partial W_{ij}}",
        "=\\sum_{k=1}^m r_k\\sum_{l=1}^n\\delta_{ki}\\delta_{lj}x_l",
        "=r_i x_j",
        "\\nabla_{\\mathbf W}f=\\mathbf r\\mathbf x^\\top=(\\mathbf W\\mathbf x-\\mathbf t)\\mathbf x^\\top",
      ),
    );
  });
});
