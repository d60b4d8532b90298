/** Derivatives that the notes print wrongly, in the layout of their document. */
import { type Slip, slip } from "./define.js";

const LAYOUT = { layout: "numerator" } as const;
const otherOperand =
  "Only entry i of u acts on entry i, so the Jacobian is a diagonal matrix: diag of the other operand, not the operand itself.";

export const derivativeSlips: readonly Slip[] = [
  slip(
    {
      id: "002-ex-logdet",
      document: "002",
      where: "§2",
      why: "By eq. (3) of the notes themselves, d ln|X| = tr(X^-1 dX) gives X^-1; X^-T is the denominator layout.",
    },
    {
      vars: "X: n×n",
      left: "logdet(X)",
      by: "X",
      ...LAYOUT,
      printed: "inv(X)'",
      correct: "inv(X)",
      at: {
        X: [
          [2, 1],
          [0, 1],
        ],
      },
    },
  ),
  slip(
    {
      id: "003-L23",
      prints: ["2x_i^m-2x_i^m=0"],
      document: "003",
      where: "lines 23 and 129",
      why: "Each x_i stands in x'x once, as x_i²: its derivative is 2x_i and nothing cancels it.",
    },
    { vars: "x: n", left: "x'*x", by: "x", ...LAYOUT, printed: "0*x'", correct: "2*x'", at: { x: [1, 2] } },
  ),
  slip(
    {
      id: "003-Op-mul",
      prints: ["odotdiag[fracpartialpartialu_1dotsfracpartialpartialu_n]=x"],
      document: "003",
      where: "lines 74 and 87, operator ⊙",
      why: otherOperand,
    },
    {
      vars: "u: n, w: n",
      left: "u.*w",
      by: "u",
      ...LAYOUT,
      printed: "w",
      correct: "diag(w)",
      at: { u: [1, 1], w: [1, 2] },
    },
  ),
  slip(
    {
      id: "003-Op-div2",
      prints: ["diag[-frac1u_1^2dots"],
      document: "003",
      where: "line 76, operator ⊘",
      why: "The numerator stays: ∂(w_i/u_i)/∂u_i = −w_i/u_i². The printed form is right for w = 1 only.",
    },
    {
      vars: "u: n, w: n",
      left: "w./u",
      by: "u",
      ...LAYOUT,
      printed: "diag(-1 ./ (u.^2))",
      correct: "diag(-w./(u.^2))",
      at: { u: [1, 2], w: [1, 2] },
    },
  ),
  slip(
    {
      id: "003-L95",
      prints: ["=diag(y)=I_n"],
      document: "003",
      where: "line 95",
      why: "y is the variable and s the constant: each entry s y_i has the derivative s, so the Jacobian is s I.",
    },
    {
      vars: "s: scalar, y: n",
      left: "s*y",
      by: "y",
      ...LAYOUT,
      printed: "diag(y)",
      correct: "s*eye(n)",
      at: { s: 3, y: [1, 2] },
    },
  ),
  slip(
    {
      id: "003-L114",
      prints: ["fracpartialapartialx_i=alphax_i"],
      document: "003",
      where: "line 114",
      why: "The map x ↦ αA x is linear with the matrix αA; column i of the Jacobian is α A e_i.",
    },
    {
      vars: "alpha: scalar, A: m×n, x: n",
      left: "alpha*A*x",
      by: "x",
      ...LAYOUT,
      printed: "alpha*x",
      correct: "alpha*A",
      at: {
        alpha: 2,
        A: [
          [1, 2],
          [0, 1],
        ],
        x: [1, 1],
      },
    },
  ),
  slip(
    {
      id: "003-L117",
      prints: ["fracpartialapartialx=Ax"],
      document: "003",
      where: "line 117",
      why: "A x is the derivative of αA x by α; by x it is the matrix αA.",
    },
    {
      vars: "alpha: scalar, A: m×n, x: n",
      left: "alpha*A*x",
      by: "x",
      ...LAYOUT,
      printed: "A*x",
      correct: "alpha*A",
      at: {
        alpha: 2,
        A: [
          [1, 2],
          [0, 1],
        ],
        x: [1, 1],
      },
    },
  ),
  slip(
    {
      id: "003-L215",
      prints: ["fracpartialapartialx=alphax"],
      document: "003",
      where: "lines 215 and 218",
      why: "The map x ↦ αx is linear with the matrix αI, an n×n matrix; αx is the value, not the derivative.",
    },
    {
      vars: "alpha: scalar, x: n",
      left: "alpha*x",
      by: "x",
      ...LAYOUT,
      printed: "alpha*x",
      correct: "alpha*eye(n)",
      at: { alpha: 2, x: [1, 2] },
    },
  ),
  slip(
    {
      id: "004-id8",
      prints: ["x^TAA+A^T"],
      document: "004",
      where: "identity 8",
      why: "A parenthesis was lost and A is printed twice: x stands in x'A x twice, once through A and once through A'.",
    },
    {
      vars: "x: n, A: n×n",
      left: "x'*A*x",
      by: "x",
      ...LAYOUT,
      printed: "x'*A*A + A'",
      correct: "x'*(A + A')",
      at: {},
    },
  ),
];
