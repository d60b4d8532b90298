/** One derivative in all its forms, as a cell asks for them. */
import { describe, expect, test } from "vitest";
import { d, hessian } from "../../kernel/src/notebook/index.js";

const where = { where: "W: m×n, x: n, b: m, X: n×n, B: m×n, C: n×p, A: n×n" };

describe("forms of one derivative", () => {
  test("a matrix by a matrix has index form, vec form and the linear map, and no matrix", () => {
    const made = d("inv(X)", "X", where);
    expect(made.matrix).toBeUndefined();
    expect(made.index).toBe("J_ijkl = -[inv(X)]_ik [inv(X)]_lj");
    expect(made.vec).toBe("-kron(inv(X)', inv(X))");
    expect(made.map).toBe("-inv(X)*dX*inv(X)");
    expect(made.shape).toBe("n×n×n×n");
  });

  test("a gradient has a matrix in its layout, index form and the map tr(G'dX)", () => {
    const made = d("‖W x + b‖²", "W", where);
    expect(made.matrix).toBe("2*(W*x + b)*x'");
    expect(made.index).toBe("J_ij = 2 [W*x + b]_i x_j");
    expect(made.map).toBe("2*((W*x + b)'*dW*x)");
    expect(made.vec).toBeUndefined();
  });

  test("a Hessian by a matrix has the map dX ↦ d∇f", () => {
    const made = hessian("tr(X' A X)", "X", where);
    expect(made.map).toBe("(A + A')*dX");
    expect(made.vec).toBe("kron(eye(n), A + A')");
  });
});

describe("inLayout", () => {
  test("is the same derivative in the other layout, with its page", () => {
    const made = d("‖W x + b‖²", "W", where);
    const turned = made.inLayout("numerator");
    expect([turned.layout, turned.matrix, turned.shape]).toEqual(["numerator", "2*x*(W*x + b)'", "n×m"]);
    expect(turned.document.shown.layout).toBe("numerator");
    expect(made.inLayout("denominator")).toBe(made);
    expect(turned.inLayout("denominator").matrix).toBe(made.matrix);
  });
});

describe("axes", () => {
  const numbers = {
    B: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    C: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  };

  test("are output first, as the notes write them, and variable first on request", () => {
    const made = d("B C", "B", where);
    const turned = made.axes("variable-first");
    expect([made.index, turned.index]).toEqual(["J_ijkl = C_lj δ_ik", "J_klij = C_lj δ_ik"]);
    expect([made.shape, turned.shape]).toEqual(["m×p×m×n", "m×n×m×p"]);
    expect([made.vec, turned.vec]).toEqual(["kron(C', eye(m))", "kron(C, eye(m))"]);
    expect(turned.axes("output-first").index).toBe(made.index);
  });

  test("move the numbers too: entry (k, l, i, j) of one is entry (i, j, k, l) of the other", () => {
    const made = d("B C", "B", where);
    const [J, K] = [made.at(numbers), made.axes("variable-first").at(numbers)];
    expect([J.shape, K.shape]).toEqual([
      [2, 2, 2, 3],
      [2, 3, 2, 2],
    ]);
    const entry = (rows: unknown, at: readonly number[]): unknown =>
      at.reduce<unknown>((value, i) => (value as readonly unknown[])[i], rows);
    for (const [i, j, k, l] of [
      [0, 1, 0, 2],
      [1, 0, 1, 1],
      [0, 0, 1, 2],
    ] as const)
      expect(entry(K.rows(), [k, l, i, j])).toBe(entry(J.rows(), [i, j, k, l]));
  });

  test("of a Jacobian are its layout", () => {
    const made = d("W x", "x", where);
    expect(made.axes("output-first").matrix).toBe("W");
    expect(made.axes("variable-first").matrix).toBe("W'");
  });
});

test("a structure goes with the derivative into the other layout", () => {
  const made = d("tr(A S)", "S", { where: "A: n×n, S: n×n symmetric", structure: "symmetric-entries" });
  expect(made.matrix).toBe("A + A' - A.*eye(n)");
  expect(made.inLayout("numerator").matrix).toBe(made.matrix);
});
