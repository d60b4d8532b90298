/** A ⊗ B ⊗ …. Beside a matrix product it needs parentheses: A B ⊗ C can be read in two ways. */
import type { Expr } from "../core/expr.js";
import { build, splitScalars } from "../ops/build.js";
import { type ChainStep, type Part, partOf } from "./parts.js";
import { failure, placeOf, type Reading } from "./reading.js";
import type { Tree } from "./syntax.js";

const kron = (a: Expr, b: Expr): Expr => build.op("kron", [a, b]);

export function kroneckerRun(r: Reading, left: Part | Tree, steps: readonly ChainStep[]): Expr {
  const first = partOf(r, left);
  const { scalars, rest } = "value" in left ? splitScalars(first.value) : { scalars: [], rest: first.value };
  const fenced = first.from === first.to;
  if (!fenced && rest && (rest.op === "mul" || rest.op === "hadamard"))
    throw failure(r, placeOf(r, first.from, steps[0]!.tree), "ambiguous", "A B ⊗ C can be read in two ways", {
      want: "parentheses",
      hint: "write kron(A, B) or parentheses",
    });
  const parts = steps.map(({ tree }) => partOf(r, tree).value);
  const value = rest ? parts.reduce(kron, rest) : parts.reduce(kron);
  return build.times(...scalars, value);
}
