/** The chain-style pages of GOLDEN G1 and G3, and the upstream forms of HW3 (C0-6 … C0-11) and 003 (C3-9). */
import { describe, expect, test } from "vitest";
import { chainOf, chips, cites, LAYOUTS, notes, plain, shaped, shapes, texts, tidy } from "./chainHelpers.js";

const G1 = ["‖W x + b‖²", "W: m×n, x: n, b: m", "W"] as const;
const G3 = ["L(W2 σ(W1 x))", "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n", "W1"] as const;

describe("G1, ‖Wx+b‖² by W, chain style", () => {
  const page = chainOf(...G1);

  test("three lines with the shapes of HW3 under every factor", () => {
    expect(shaped(page)).toEqual(
      [
        "\\mathbf c=\\mathbf W\\mathbf x+\\mathbf b,\\quad f=\\mathbf c^\\top\\mathbf c",
        "\\underbrace{\\frac{\\partial f}{\\partial\\mathbf W}}_{m\\times n}=\\underbrace{\\frac{\\partial\\mathbf c}{\\partial\\mathbf W}}_{m\\times n\\times m}\\ \\underbrace{\\frac{\\partial f}{\\partial\\mathbf c}}_{m\\times 1}",
        "=\\underbrace{\\frac{\\partial f}{\\partial\\mathbf c}}_{m\\times 1}\\ \\underbrace{\\mathbf x^\\top}_{1\\times n}=2(\\mathbf W\\mathbf x+\\mathbf b)\\,\\mathbf x^\\top",
      ].map(tidy),
    );
    expect(shapes(page)).toEqual(["", "m×n×m · m×1", "m×1 · 1×n"]);
  });

  test("shapes off is the same without the braces", () => {
    expect(plain(page)[1]).toBe(
      tidy(
        "\\frac{\\partial f}{\\partial\\mathbf W}=\\frac{\\partial\\mathbf c}{\\partial\\mathbf W}\\frac{\\partial f}{\\partial\\mathbf c}",
      ),
    );
    expect(plain(page).join("")).not.toContain("underbrace");
  });

  test("the notes say the order of the factors and the side of x'", () => {
    expect(notes(page)[0]).toBe(tidy("\\text{name the intermediate}"));
    expect(notes(page)[1]).toBe(tidy("\\text{chain rule, inner factor first}"));
    expect(notes(page)[2]).toContain(tidy("\\mathbf x^\\top\\text{ is on the right}"));
    expect(notes(page)[2]).toContain(
      tidy("\\frac{\\partial \\mathbf c^\\top\\mathbf c}{\\partial\\mathbf c}=2\\mathbf c"),
    );
    expect(chips(page)).toEqual(["let", "chain rule", "product"]);
    expect(cites(page)[2]).toBe("homework Derivative with respect to a tensor, Wx = c");
  });

  test("C0-10, C0-11: the tensor entry by entry and contracted", () => {
    expect(page.asides).toHaveLength(1);
    expect(tidy(page.asides[0]!.text!)).toBe(
      tidy(
        "$[\\partial\\mathbf c/\\partial\\mathbf W]_{kli}=\\partial c_i/\\partial W_{kl}=\\delta_{ik}x_l$; contracted: $\\sum_i\\delta_{ik}x_l\\,2c_i=2c_kx_l$.",
      ),
    );
  });

  test("numerator layout: factors reversed, a row, x on the left", () => {
    const row = chainOf(...G1, "numerator");
    expect(texts(row)).toEqual(["c = W*x + b; f = c'*c", "df/dW = df/dc*dc/dW", "= x*df/dc = 2*x*(W*x + b)'"]);
    expect(shapes(row)).toEqual(["", "1×m · m×n×m", "n×1 · 1×m"]);
    expect(notes(row)[0]).toContain(tidy("\\text{ is a row, }1\\times m\\text{ (numerator layout)}"));
    expect(notes(row)[2]).toContain(tidy("\\mathbf x\\text{ is on the left}"));
  });

  test("must not appear: a Kronecker product, an identity, a zero term", () => {
    for (const layout of LAYOUTS) {
      const all = shaped(chainOf(...G1, layout)).join("");
      for (const never of ["\\otimes", "\\mathbf{I}", "\\mathbf{0}"]) expect(all).not.toContain(never);
    }
  });
});

describe("G3, two-layer network by W₁, chain style", () => {
  const page = chainOf(...G3);

  test("four lines", () => {
    expect(shaped(page)).toEqual(
      [
        "\\mathbf h=\\mathbf W_1\\mathbf x,\\quad\\mathbf a=\\sigma(\\mathbf h),\\quad\\mathbf y=\\mathbf W_2\\mathbf a,\\quad\\mathcal L=\\mathcal L(\\mathbf y),\\qquad\\mathbf g_y:=\\partial\\mathcal L/\\partial\\mathbf y",
        "\\underbrace{\\mathbf g_a}_{h\\times1}=\\underbrace{\\mathbf W_2^\\top}_{h\\times k}\\ \\underbrace{\\mathbf g_y}_{k\\times1}",
        "\\underbrace{\\mathbf g_h}_{h\\times1}=\\underbrace{\\operatorname{diag}\\sigma'(\\mathbf h)}_{h\\times h}\\,\\underbrace{\\mathbf g_a}_{h\\times 1}=\\sigma'(\\mathbf h)\\circ\\mathbf g_a",
        "\\underbrace{\\frac{\\partial\\mathcal L}{\\partial\\mathbf W_1}}_{h\\times n}=\\underbrace{\\mathbf g_h}_{h\\times1}\\ \\underbrace{\\mathbf x^\\top}_{1\\times n}",
      ].map(tidy),
    );
  });

  test("the notes: side and printed line of HW3, diagonal Jacobian", () => {
    expect(notes(page)).toEqual(
      [
        "\\text{name the intermediates}",
        "\\mathbf W_2^\\top\\text{ is on the left}(\\text{HW3, }\\mathbf W\\mathbf x\\text{ by }\\mathbf x)",
        "\\text{elementwise: the Jacobian is diagonal}",
        "\\mathbf x^\\top\\text{ is on the right}(\\text{HW3, }\\mathbf W\\mathbf x\\text{ by }\\mathbf W)",
      ].map(tidy),
    );
  });

  test("numerator layout: rows, each new factor on the right, and the page says so", () => {
    const row = chainOf(...G3, "numerator");
    expect(texts(row)).toEqual([
      "h = W1*x; a = sigma(h); y = W2*a; L = L(y); g_y := dL/dy",
      "g_a = g_y*W2",
      "g_h = g_a*diag(D_sigma(h)) = g_a.*D_sigma(h)'",
      "dL/dW1 = x*g_h",
    ]);
    expect(shapes(row)).toEqual(["", "1×k · k×h", "1×h · h×h", "n×1 · 1×h"]);
    expect(notes(row)[0]).toContain(tidy("d\\mathcal L/d\\mathbf y\\text{ is a row, }1\\times k"));
  });

  test("σ′ is never taken at a", () => {
    for (const layout of LAYOUTS) expect(texts(chainOf(...G3, layout)).join()).not.toContain("D_sigma(a)");
  });
});

describe("the upstream forms of HW3 and 003", () => {
  const matrices = "X: m×n, Y: n×p, L: scalar of m×p";
  const layer = "W: h×m, x: m, l: scalar of h";

  test("C0-8: XY = Z → L by X, Y' is on the right", () => {
    const page = chainOf("Z = X Y; L(Z)", matrices, "X");
    expect(texts(page)).toEqual(["Z = X*Y; L = L(Z)", "dL/dX = dZ/dX*dL/dZ", "= dL/dZ*Y'"]);
    expect(notes(page)[2]).toContain(tidy("\\mathbf Y^\\top\\text{ is on the right}"));
    expect(shapes(page)).toEqual(["", "m×n×m×p · m×p", "m×p · p×n"]);
  });

  test("C0-8: XY = Z → L by Y, X' is on the left", () => {
    const page = chainOf("Z = X Y; L(Z)", matrices, "Y");
    expect(texts(page)).toEqual(["Z = X*Y; L = L(Z)", "dL/dY = dZ/dY*dL/dZ", "= X'*dL/dZ"]);
    expect(notes(page)[2]).toContain(tidy("\\mathbf X^\\top\\text{ is on the left}"));
  });

  test("C0-9: Wx = c → ℓ by x", () => {
    const page = chainOf("c = W x; l(c)", layer, "x");
    expect(shaped(page).slice(1)).toEqual(
      [
        "\\underbrace{\\frac{\\partial\\ell}{\\partial\\mathbf x}}_{m\\times 1}=\\underbrace{\\frac{\\partial\\mathbf c}{\\partial\\mathbf x}}_{m\\times h}\\underbrace{\\frac{\\partial\\ell}{\\partial\\mathbf c}}_{h\\times 1}",
        "=\\underbrace{\\mathbf W^\\top}_{m\\times h}\\underbrace{\\frac{\\partial\\ell}{\\partial\\mathbf c}}_{h\\times 1}",
      ].map(tidy),
    );
    expect(notes(page)[2]).toContain(tidy("\\mathbf W^\\top\\text{ is on the left}"));
  });

  test("C0-9, C0-10: Wx = c → ℓ by W with the h×m×h tensor", () => {
    const page = chainOf("c = W x; l(c)", layer, "W");
    expect(shapes(page)).toEqual(["", "h×m×h · h×1", "h×1 · 1×m"]);
    expect(texts(page)[2]).toBe("= dl/dc*x'");
    expect(notes(page)[2]).toContain(tidy("\\mathbf x^\\top\\text{ is on the right}"));
    expect(page.asides[0]!.title).toBe("The tensor ∂c/∂W");
  });

  test("numerator layout turns the four forms around", () => {
    const last = (text: string, vars: string, wrt: string): string => texts(chainOf(text, vars, wrt, "numerator"))[2]!;
    expect(last("Z = X Y; L(Z)", matrices, "X")).toBe("= Y*dL/dZ");
    expect(last("Z = X Y; L(Z)", matrices, "Y")).toBe("= dL/dZ*X");
    expect(last("c = W x; l(c)", layer, "x")).toBe("= dl/dc*W");
    expect(last("c = W x; l(c)", layer, "W")).toBe("= x*dl/dc");
  });

  test("C0-7, C3-9: Jacobians of B tanh(Ax) in order, inner factor first in denominator layout", () => {
    const page = chainOf("B*tanh(A*x)", "A: m×n, B: k×m, x: n", "x");
    expect(texts(page)).toEqual([
      "h = A*x; a = tanh(h); f = B*a",
      "df/dx = dh/dx*da/dh*df/da",
      "= A'*diag(1 - a.^2)*B' = A'*diag(1 - tanh(A*x).^2)*B'",
    ]);
    expect(shapes(page)).toEqual(["", "n×m · m×m · m×k", "n×m · m×m · m×k"]);
  });

  test("C3-9: the same in numerator layout, each new factor on the right", () => {
    const page = chainOf("B*tanh(A*x)", "A: m×n, B: k×m, x: n", "x", "numerator");
    expect(texts(page)).toEqual([
      "h = A*x; a = tanh(h); f = B*a",
      "df/dx = df/da*da/dh*dh/dx",
      "= B*diag(1 - a.^2)*A = B*diag(1 - tanh(A*x).^2)*A",
    ]);
    expect(cites(page)[1]).toBe("handwritten Vector Chain Rule");
  });

  test("C0-6: the scalar chain rule", () => {
    const page = chainOf("log(x^2 + 1)", "x", "x");
    expect(texts(page)).toEqual(["u = x^2 + 1; f = log(u)", "df/dx = du/dx*df/du", "= (2*x)*1/u = 2*x/(x^2 + 1)"]);
    expect(cites(page)[1]).toBe("homework Scalar chain rule");
  });
});
