/** What the heatmap of a derivative says of its entries, in both layouts; eigenvalues of Hessians; views of a tensor. */
import { describe, expect, test } from "vitest";
import { symmetricEigenvalues } from "../../kernel/src/calculus/index.js";
import { d, hessian, jacobian } from "../../kernel/src/notebook/index.js";

const PLOTLY = "application/vnd.plotly.v1+json";
interface Figure {
  data: { z: (number | null)[][]; hovertext: string[][] }[];
  layout: {
    title: { text: string };
    width: number;
    height: number;
    updatemenus?: { buttons: { label: string; args: [Record<string, unknown[]>, { margin: object }] }[] }[];
  };
}
const figure = (value: object): Figure =>
  (value as Record<symbol, () => Record<string, Figure>>)[Symbol.for("Jupyter.display")]!()[PLOTLY]!;
const hover = (value: object): string[][] => figure(value).data[0]!.hovertext;

const A = [
  [1, 2, 3],
  [4, 5, 6],
];
const where = { where: "A: m×n, u: n, v: m, s: scalar, B: n×n symmetric" };

describe("an entry says which derivative it is, by which formula, and its number", () => {
  test("a Jacobian: rows are outputs in numerator layout, columns in denominator layout", () => {
    expect(hover(jacobian("A u", "u", where).at({ A, u: [1, 1, 1] }))[1]![2]).toBe("∂f₂/∂u₃ = A₂₃ = 6");
    expect(hover(d("A u", "u", where).at({ A, u: [1, 1, 1] }))[2]![1]).toBe("∂f₂/∂u₃ = A₂₃ = 6");
  });
  test("a gradient: the places of its variable, transposed in numerator layout", () => {
    const f = "v' A u";
    const at = { A, u: [1, 2, 3], v: [10, 20] };
    expect(hover(d(f, "A", where).at(at))[1]![2]).toBe("∂f/∂A₂₃ = v₂·u₃ = 60");
    expect(hover(d(f, "A", { ...where, layout: "numerator" }).at(at))[2]![1]).toBe("∂f/∂A₂₃ = v₂·u₃ = 60");
    expect(hover(d("2 u' u", "u", where).at({ u: [1, 2, 3] }))[2]![0]).toBe("∂f/∂u₃ = 4·u₃ = 12");
  });
  test("a product of matrices is an entry of the product", () => {
    expect(hover(d("v' A u", "u", where).at({ A, u: [0, 0, 0], v: [1, 1] }))[0]![0]).toBe("∂f/∂u₁ = [A'*v]₁ = 5");
  });
  test("a tensor: the output by the user's name, a δ that fails is 0", () => {
    const rows = hover(d("y = A u", "A", where).at({ A, u: [7, 8, 9] }));
    expect(rows.flat()).toContain("∂y₂/∂A₂₁ = u₁ = 7");
    expect(rows.flat()).toContain("∂y₁/∂A₂₁ = 0");
  });
  test("an entry of several terms has all of them", () => {
    expect(hover(d("norm(A u - v)^2", "A", where).at({ A, u: [1, 0, 0], v: [0, 0] }))[1]![0]).toBe(
      "∂f/∂A₂₁ = 2·[A*u]₂·u₁ − 2·v₂·u₁ = 8",
    );
  });
});

describe("a Hessian", () => {
  const at = {
    B: [
      [2, 1, 0],
      [1, 3, 0],
      [0, 0, -1],
    ],
    u: [1, 2, 3],
  };
  test("says its eigenvalues and what they mean", () => {
    expect(figure(hessian("0.5*(u' B u)", "u", where).at(at)).layout.title.text).toContain(
      "eigenvalues −1, 1.382, 3.618: indefinite",
    );
    expect(figure(hessian("(u' u)", "u", where).at({ u: [1, 2] })).layout.title.text).toContain(
      "eigenvalues 2, 2: positive definite",
    );
    expect(hover(hessian("0.5*(u' B u)", "u", where).at(at))[0]![1]).toBe("∂²f/∂u₁∂u₂ = B₁₂ = 1");
  });
  test("that is singular is semidefinite, its 0 not a rounding", () => {
    expect(
      figure(hessian("(v' u)^2", "u", { where: "u: n, v: n" }).at({ u: [1, 2, 3], v: [0.1, 0.2, 0.3] })).layout.title
        .text,
    ).toContain("eigenvalues 0, 0, 0.280: positive semidefinite");
  });
});

test("eigenvalues of a symmetric matrix: those of the second difference are 2 − 2cos(kπ/(n+1))", () => {
  const n = 12;
  const data = Float64Array.from({ length: n * n }, (_, k) => {
    const apart = Math.abs(Math.floor(k / n) - (k % n));
    return apart === 0 ? 2 : apart === 1 ? -1 : 0;
  });
  symmetricEigenvalues({ rows: n, cols: n, data }).forEach((value, k) => {
    expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 13);
  });
});

describe("a tensor of order four has a button for each of its views", () => {
  const made = figure(
    d("B C", "B", { where: "B: m×n, C: n×p" }).at({
      B: [
        [1, 2],
        [3, 4],
      ],
      C: [
        [1, -1, 2],
        [0.5, 3, -2],
      ],
    }),
  );
  const { buttons } = made.layout.updatemenus![0]!;
  const z = (n: number): (number | null)[][] => buttons[n]!.args[0].z![0] as (number | null)[][];

  test("named by what chooses the block; the first is what is shown", () => {
    expect(buttons.map(({ label }) => label)).toEqual(["blocks by B", "blocks by f", "vec"]);
    expect(z(0)).toEqual(made.data[0]!.z);
  });
  test("the vec view is C' ⊗ I: 6×4, zeros empty", () => {
    expect(z(2)).toEqual([
      [1, null, 0.5, null],
      [null, 1, null, 0.5],
      [-1, null, 3, null],
      [null, -1, null, 3],
      [2, null, -2, null],
      [null, 2, null, -2],
    ]);
  });
  test("every view has the same numbers and the same room", () => {
    const sorted = (rows: (number | null)[][]): (number | null)[] => rows.flat().sort();
    for (const n of [1, 2]) expect(sorted(z(n))).toEqual(sorted(z(0)));
    for (const { args } of buttons)
      expect(Object.keys(args[1])).toEqual(["title", "xaxis", "yaxis", "margin", "shapes", "annotations"]);
  });
});
