import { describe, expect, test } from "vitest";
import { bare, boxed, chips, cites, everything, page, right } from "./page.js";

const VARS = "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n";
const EXPR = "L(W2 σ(W1 x))";
const U = "\\frac{d\\mathcal L}{d\\mathbf y}";

describe("G3: L(W₂σ(W₁x)) by W₁ with abstract L and σ", () => {
  const numerator = page(EXPR, VARS, "W1", "numerator");
  const denominator = page(EXPR, VARS, "W1", "denominator");

  test("five lines and the read-off, as 002 §2.2 prints them", () => {
    expect(numerator.lines.map(right)).toEqual(
      [
        [`${U}\\,d\\mathbf y`, `${U}\\,\\mathbf W_2\\,d\\big(\\sigma(\\mathbf W_1\\mathbf x)\\big)`],
        [`${U}\\,\\mathbf W_2\\,\\big[\\sigma'(\\mathbf W_1\\mathbf x)\\circ d(\\mathbf W_1\\mathbf x)\\big]`],
        [`\\Big[\\Big(${U}\\mathbf W_2\\Big)^{\\!\\top}\\circ\\sigma'(\\mathbf W_1\\mathbf x)\\Big]^{\\!\\top}(d\\mathbf W_1)\\,\\mathbf x`],
        [`\\operatorname{tr}\\Big(\\Big[\\Big(${U}\\mathbf W_2\\Big)\\circ\\sigma'(\\mathbf W_1\\mathbf x)^\\top\\Big](d\\mathbf W_1)\\,\\mathbf x\\Big)`],
        [`\\operatorname{tr}\\Big(\\mathbf x\\,\\Big[\\Big(${U}\\mathbf W_2\\Big)\\circ\\sigma'(\\mathbf W_1\\mathbf x)^\\top\\Big]\\,d\\mathbf W_1\\Big)`],
        [`\\mathbf x\\Big[\\Big(${U}\\mathbf W_2\\Big)\\circ\\sigma'(\\mathbf W_1\\mathbf x)^\\top\\Big]`],
      ].map((line) => line.map((l) => bare(l).replaceAll("^{\\top}", "^\\top"))),
    );
  });

  test("the chain pages tell the row from the column too", () => {
    expect(page(EXPR, VARS, "W1", "numerator", "chain").header.join(" ")).toMatch(/1\\times k.*now \$k\\times 1/);
    expect(page(EXPR, VARS, "W1", "denominator", "chain").header.join(" ")).toMatch(/k\\times 1.*1\\times k/);
    expect(page(EXPR, VARS, "W1", "denominator", "index").header.join(" ")).toMatch(/k\\times 1/);
  });

  test("the first line says what is constant", () => {
    expect(numerator.lines[0]!.note).toBe("\\text{from eqs. (2), (4)};\\ d\\mathbf W_2=\\mathbf 0");
  });

  test("chips and citations", () => {
    expect(chips(numerator)).toEqual([
      "chain | product | constant",
      "elementwise",
      "Hadamard shift | product",
      "transpose of ∘ | scalar = trace",
      "trace/cyclic",
      "read off",
    ]);
    expect(cites(numerator)).toEqual([
      "002 (2), (4)",
      "002 §2.2, unnumbered",
      '002 §2.2 "since", (4)',
      "002 §2.2, unnumbered",
      "002 (12)",
      "002 (3)",
    ]);
  });

  test("both results, and the page says where dL/dy is a row and where a column", () => {
    expect(boxed(numerator, "numerator")).toBe(
      bare(`\\frac{\\partial\\mathcal L}{\\partial\\mathbf W_1}=\\mathbf x\\Big[\\Big(${U}\\mathbf W_2\\Big)\\circ\\sigma'(\\mathbf W_1\\mathbf x)^\\top\\Big]\\in\\mathbb R^{n\\times h}`),
    );
    expect(boxed(denominator, "denominator")).toBe(
      bare(
        "\\frac{\\partial\\mathcal L}{\\partial\\mathbf W_1}=\\Big[\\Big(\\mathbf W_2^\\top\\frac{\\partial\\mathcal L}{\\partial\\mathbf y}\\Big)\\circ\\sigma'(\\mathbf W_1\\mathbf x)\\Big]\\mathbf x^\\top\\in\\mathbb R^{h\\times n}",
      ),
    );
    expect(denominator.header.join(" ")).toMatch(/1\\times k.*k\\times 1/);
    expect(numerator.header.slice(-2).map(bare)).toEqual(
      [
        "$\\dfrac{d\\mathcal L}{d\\mathbf y}$ is $1\\times k$ (numerator layout)",
        "in the denominator result $\\dfrac{\\partial\\mathcal L}{\\partial\\mathbf y}$ is now $k\\times 1$",
      ].map(bare),
    );
    expect(everything(numerator)).not.toContain("\\sigma'(\\mathbf a)");
  });
});

test("002 §2.1: the same network by W₂, the four right-hand sides as printed", () => {
  const { lines } = page(EXPR, VARS, "W2", "numerator");
  expect(lines.flatMap(right)).toEqual(
    [
      `${U}\\,d\\mathbf y`,
      `${U}\\,(d\\mathbf W_2)\\sigma(\\mathbf W_1\\mathbf x)`,
      `\\operatorname{tr}(${U}(d\\mathbf W_2)\\sigma(\\mathbf W_1\\mathbf x))`,
      `\\operatorname{tr}(\\sigma(\\mathbf W_1\\mathbf x)${U}d\\mathbf W_2)`,
      `\\sigma(\\mathbf W_1\\mathbf x)${U}`,
    ].map(bare),
  );
});
