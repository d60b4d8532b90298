/** What single characters of the notes' notation stand for in the ASCII grammar. */

const GREEK_LETTERS =
  "α alpha β beta γ gamma δ delta ε epsilon ϵ epsilon ζ zeta η eta θ theta ϑ theta ι iota κ kappa λ lambda μ mu µ mu ν nu ξ xi π pi ρ rho σ sigma ς sigma τ tau υ upsilon φ phi ϕ phi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega ℓ l ℒ L";

const pairs = (text: string): ReadonlyMap<string, string> => {
  const words = text.split(" ");
  return new Map(words.flatMap((c, i) => (i % 2 === 0 ? [[c, words[i + 1]!] as const] : [])));
};

/** Letters outside ASCII by the name that is printed for them. */
export const LETTERS: ReadonlyMap<string, string> = pairs(GREEK_LETTERS);

/** Signs above the letter before them: x̂ is xhat. */
export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ["\u0302", "hat"],
  ["\u0303", "tilde"],
  ["\u0304", "bar"],
  ["\u0305", "bar"],
  ["\u0307", "dot"],
  ["\u20d7", "vec"],
]);

export const SUBSCRIPTS: ReadonlyMap<string, string> = pairs(
  "₀ 0 ₁ 1 ₂ 2 ₃ 3 ₄ 4 ₅ 5 ₆ 6 ₇ 7 ₈ 8 ₉ 9 ₐ a ₑ e ₕ h ᵢ i ⱼ j ₖ k ₗ l ₘ m ₙ n ₒ o ₚ p ᵣ r ₛ s ₜ t ᵤ u ᵥ v ₓ x",
);

/** Raised digits and letters; "T" is the sign of transposition. */
export const SUPERSCRIPTS: ReadonlyMap<string, string> = pairs(
  "⁰ 0 ¹ 1 ² 2 ³ 3 ⁴ 4 ⁵ 5 ⁶ 6 ⁷ 7 ⁸ 8 ⁹ 9 ⁻ - ᵏ k ᵐ m ⁿ n ᵖ p ᵀ T ⊤ T ᵗ T ′ T",
);

/** Operators and brackets. ⊗ has no ASCII sign and stays; 𝟏 is the vector of ones. */
export const SIGNS: ReadonlyMap<string, string> = new Map([
  ["‖", "‖"],
  ["∥", "‖"],
  ["∣", "|"],
  ["·", "*"],
  ["⋅", "*"],
  ["∙", "*"],
  ["×", "*"],
  ["∗", "*"],
  ["⊙", ".*"],
  ["∘", ".*"],
  ["⊘", "./"],
  ["÷", "/"],
  ["−", "-"],
  ["–", "-"],
  ["—", "-"],
  ["’", "'"],
  ["“", '"'],
  ["”", '"'],
  ["∂", "d "],
  ["√", "sqrt "],
  ["½", "(1/2)"],
  ["⅓", "(1/3)"],
  ["¼", "(1/4)"],
  ["¾", "(3/4)"],
  ["∞", "inf"],
  ["∑", "sum "],
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!="],
  ["\u00a0", " "],
  ["\u2009", " "],
  ["\u202f", " "],
  ["\t", " "],
  ["\r", " "],
  ["⊗", "⊗"],
  ["𝟏", "𝟏"],
  ["𝟙", "𝟏"],
]);
