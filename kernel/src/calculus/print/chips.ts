/** What a chip says on hover: the rule as a sentence. */
import { OPS } from "../ops/index.js";
import type { Chip } from "./page.js";

const SENTENCES: Readonly<Record<string, string>> = {
  "norm²": "The squared norm is the vector's product with itself: ‖y‖² = yᵀy, or tr(YᵀY) for a matrix.",
  "dot product": "d(yᵀy) = 2yᵀdy: both terms of the product rule are equal numbers.",
  substitute: "The named part is written out again; what does not contain the variable is constant.",
  product: "The product rule: differentiate one factor at a time and keep the order.",
  constant: "d(const) = 0: only the variable that is differentiated by changes.",
  linear: "d is linear: sums and constant multiples go through.",
  "scalar = trace": "A number is its own 1×1 trace, so that the trace rules apply to it.",
  "scalar = transpose": "A number is its own transpose: (dx)ᵀx = xᵀdx.",
  "trace/cyclic": "tr(ABC) = tr(BCA) = tr(CAB): a factor may move from one end to the other.",
  "trace of a transpose": "A matrix and its transpose have the same trace.",
  "read off":
    "dy = M dx or dy = tr(M dX): M is the derivative in numerator layout, its transpose in denominator layout.",
  layout: "The layout decides between the factor and its transpose.",
  chain: "The chain rule: the derivative of the outer function at y, times dy.",
  "scalar chain": "The chain rule for numbers: du times the derivative of the outer function.",
  ln: "The derivative of ln u is 1/u.",
  elementwise: "Entry by entry: dσ(z) = σ′(z) ∘ dz.",
  "Hadamard shift": "xᵀ(y∘z) = (x∘y)ᵀz: all are Σ xᵢyᵢzᵢ.",
  "1ᵀ(u∘v)": "1ᵀ(u∘v) = uᵀv: both are Σ uᵢvᵢ.",
  "transpose of ∘": "(X∘Y)ᵀ = Xᵀ∘Yᵀ.",
  diag: "u∘v = diag(u)v.",
  cancel: "A factor and its inverse cancel.",
  collect: "All terms are brought to one factor in front of the differential.",
  sigmoid: "eᶻ/(1 + eᶻ) is the sigmoid s(z).",
  "sigmoid′": "s′ = s(1 − s).",
  count: "Equal terms are counted.",
  cofactors: "The derivative of a determinant by an entry is its cofactor.",
  "X⁻¹X = I": "The identity does not change: its differential is 0.",
  solve: "The equation is solved for the unknown differential.",
};

const FROM_RULES: ReadonlyMap<string, string> = new Map(OPS.map((o) => [o.rule.chip, o.rule.sentence]));

export function chip(name: string): Chip {
  const sentence = Object.hasOwn(SENTENCES, name) ? SENTENCES[name]! : FROM_RULES.get(name);
  if (sentence) return { name, sentence };
  if (name.startsWith("let ")) return { name, sentence: `A part is named ${name.slice(4)}, to keep the lines short.` };
  if (name.startsWith("fact: ")) return { name, sentence: `A declared fact is used: ${name.slice(6)}.` };
  if (name.startsWith("substitute ")) return { name, sentence: `${name.slice(11)} is written out by its definition.` };
  return { name, sentence: name };
}
