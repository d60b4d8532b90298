/** Identities and differentials that the handwritten notes (003) print wrongly. */
import { type Slip, slip } from "./define.js";

export const identitySlips: readonly Slip[] = [
  slip(
    {
      id: "003-tr5",
      prints: ["tr(x^TAx)=sum_i=1^nx_i^2"],
      document: "003",
      where: "line 172",
      why: "A weights the products x_i x_j: x'A x = Σ a_ij x_i x_j = tr(A x x'). Only A = I leaves Σ x_i².",
    },
    {
      vars: "x: n, A: n×n",
      left: "tr(x'*A*x)",
      printed: "sum(x.^2)",
      correct: "tr(A*x*x')",
      at: {
        x: [1, 1],
        A: [
          [1, 2],
          [0, 1],
        ],
      },
    },
  ),
  slip(
    {
      id: "003-tr7m",
      prints: ["d(D(V^TV))=V^TD(V)+V^TD(V)"],
      document: "003",
      where: "line 177",
      why: "The first term of the product rule is (dV)'V. For a column it is a number and equals V'dV; for a matrix it is the transpose of V'dV.",
    },
    {
      vars: "V: m×n",
      left: "d(V'*V)",
      printed: "V'*dV + V'*dV",
      correct: "dV'*V + V'*dV",
      at: {
        V: [
          [1, 2],
          [0, 1],
        ],
        dV: [
          [0, 1],
          [0, 0],
        ],
      },
    },
  ),
  slip(
    {
      id: "003-tr9m",
      document: "003",
      where: "line 181",
      why: "The second term is (dU)'V. For columns it equals V'dU, both being one number; for matrices it is the transpose of V'dU.",
    },
    {
      vars: "U: m×n, V: m×n",
      left: "d(U'*V)",
      printed: "U'*dV + V'*dU",
      correct: "U'*dV + dU'*V",
      at: {
        U: [
          [1, 0],
          [0, 1],
        ],
        V: [
          [1, 2],
          [0, 1],
        ],
        dU: [
          [0, 1],
          [0, 0],
        ],
        dV: [
          [1, 0],
          [0, 0],
        ],
      },
    },
  ),
  slip(
    {
      id: "003-tr10",
      document: "003",
      where: "line 183",
      why: "A transpose is missing: the differential of A' is (dA)', so the second term is (dA)'A.",
    },
    {
      vars: "A: n×n",
      left: "d(A'*A)",
      printed: "A'*dA + dA*A",
      correct: "A'*dA + dA'*A",
      at: {
        A: [
          [1, 2],
          [0, 1],
        ],
        dA: [
          [0, 1],
          [0, 0],
        ],
      },
    },
  ),
  slip(
    {
      id: "003-tr11",
      document: "003",
      where: "line 185",
      why: "x'A is a row, and so is (dx)'A; A'dx is its transpose, a column, and the two do not add.",
    },
    {
      vars: "x: m, A: m×n",
      left: "d(x'*A)",
      printed: "x'*dA + A'*dx",
      correct: "x'*dA + dx'*A",
      at: {},
    },
  ),
  slip(
    {
      id: "003-tr12",
      prints: ["=tr(A^TA)=tr(A)^2"],
      document: "003",
      where: "line 187",
      why: "tr(A'A) sums the squares of all entries, ‖A‖²; tr(A)² is the square of the sum of the diagonal.",
    },
    {
      vars: "A: n×n",
      left: "tr(A'*A)",
      printed: "tr(A)^2",
      correct: 'norm(A, "fro")^2',
      at: {
        A: [
          [1, 0],
          [0, 1],
        ],
      },
    },
  ),
  slip(
    {
      id: "003-tr14",
      document: "003",
      where: "line 191",
      why: "A trace allows cyclic moves: ABC → CAB → BCA. ACB is another order.",
    },
    {
      vars: "A: n×n, B: n×n, C: n×n",
      left: "tr(A*B*C)",
      printed: "tr(A*C*B)",
      correct: "tr(C*A*B)",
      at: {
        A: [
          [1, 0],
          [0, 0],
        ],
        B: [
          [0, 1],
          [0, 0],
        ],
        C: [
          [0, 0],
          [1, 0],
        ],
      },
    },
  ),
  slip(
    {
      id: "003-tr15",
      document: "003",
      where: "line 193",
      why: "tr(A'B') = tr((BA)') = tr(BA); with only one of the two transposed it is the inner product of A and B.",
    },
    {
      vars: "A: n×n, B: n×n",
      left: "tr(A'*B')",
      printed: "tr(B'*A)",
      correct: "tr(B'*A')",
      at: {
        A: [
          [0, 1],
          [0, 0],
        ],
        B: [
          [0, 1],
          [0, 0],
        ],
      },
    },
  ),
  slip(
    {
      id: "003-L153",
      prints: ["Frob(AB)=sqrttr(A^TB)"],
      document: "003",
      where: "line 153",
      why: "The inner product of A and B is tr(A'B), without a root; the norm has one matrix, ‖A‖ = √tr(A'A).",
    },
    {
      vars: "A: m×n, B: m×n",
      left: 'norm(A, "fro")',
      printed: "sqrt(tr(A'*B))",
      correct: "sqrt(tr(A'*A))",
      at: {
        A: [
          [1, 0],
          [0, 0],
        ],
        B: [
          [4, 0],
          [0, 0],
        ],
      },
    },
  ),
  slip(
    {
      id: "003-AD-fwd-r2",
      prints: ["frac12x+1=frac1x^2+1"],
      document: "003",
      where: "line 51, forward mode",
      why: "The derivative of ln u is 1/u with u = x² + 1. The two agree at x = 0 and x = 2, so try x = 3.",
    },
    {
      vars: "x: scalar",
      left: "1/(x^2 + 1)",
      printed: "1/(2*x + 1)",
      correct: "1/(x^2 + 1)",
      at: { x: 3 },
    },
  ),
];
