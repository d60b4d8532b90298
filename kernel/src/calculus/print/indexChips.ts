/** What the chips of the index style say on hover. */
import { chip } from "./chips.js";
import type { Chip } from "./page.js";

const SENTENCES: Readonly<Record<string, string>> = {
  "expand product": "An entry of a matrix product is a sum over the inner index: A_ij = Σ_r B_ir C_rj.",
  expand: "The expression is written entry by entry.",
  "coordinate expansion": "The expression is written entry by entry, with a named summation index.",
  linear: "The derivative of a sum is the sum of the derivatives; constant factors stay.",
  constant: "What does not contain the variable has derivative 0.",
  "chain rule": "The chain rule for numbers, in every entry.",
  "δ for an entry": "∂B_ij/∂B_kl = δ_ik δ_jl: 1 if it is the same entry, otherwise 0.",
  "factor out": "What does not have the summation index stands in front of the sum.",
  "contract δ": "In a sum over r, δ_rl keeps the one term with r = l.",
  "outer product": "The entries u_k v_l are those of the outer product uvᵀ.",
  "matrix form": "The entries are read back as a matrix expression.",
  "read back": "A sum over the inner index of two entries is an entry of the product.",
  "index form": "The differential, entry by entry.",
  coefficient: "The factor of dX_kl is the derivative by X_kl.",
  symmetric: "The indices of the two variables exchanged: a second derivative does not depend on the order.",
  vec: "The same numbers as a matrix, with the columns of both sides stacked.",
  differential: "The same derivative as a linear map.",
  upstream: "Contracted with the gradient of a loss with respect to the result.",
  "HW3 form": "The upstream form of the homework, in denominator layout.",
  "axis order": "The same tensor with the axes of the variable first.",
};

export function indexChip(name: string): Chip {
  if (Object.hasOwn(SENTENCES, name)) return { name, sentence: SENTENCES[name]! };
  const side = /^(\w+)ᵀ on the (left|right)$/.exec(name);
  if (side)
    return {
      name,
      sentence: `The transposed other factor ${side[1]}ᵀ stands on the ${side[2]} of the upstream gradient.`,
    };
  return chip(name);
}
