/** The names of the tests of LaTeX. */
import { declare } from "../../../../kernel/src/calculus/text/declare.js";

export const SCOPE = declare(
  "W: m×n, x: n, y: n, b: m, z: m, R: m×n, X: n×n, A: n×n, B: n×n, W1: m×n, W_out: k×m, t: scalar, N: scalar, λ: scalar, yhat: m, L: scalar of m, M: scalar of k, σ: elementwise",
);
