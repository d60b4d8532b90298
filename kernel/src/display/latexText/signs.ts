/** The commands of the engine's LaTeX and the sign or the spacing that each is in a terminal. */

/** What a piece of text is, for the space between it and its neighbour. */
export type Kind =
  /** A variable: what follows in brackets is a factor. */
  | "word"
  /** A function or an unstyled letter: what follows in brackets is its argument. */
  | "name"
  /** d, ∂, ∇: they stand close before what they act on. */
  | "prefix"
  | "number"
  | "operator"
  | "function"
  | "big"
  | "open"
  | "close"
  | "comma"
  /** Words with their own spaces. */
  | "verbatim";

export interface Atom {
  readonly text: string;
  readonly kind: Kind;
  /** A script: no space before it. */
  readonly glued?: boolean;
}

export const TEXT_COMMANDS: ReadonlySet<string> = new Set(["text", "textbf", "textsf", "texttt", "textit", "mbox"]);
/** Their argument is shown as it is; bold is a variable. */
export const STYLES: ReadonlySet<string> = new Set(
  "mathbf boldsymbol bm mathrm mathcal mathit mathsf mathbb boxed mathop substack hat bar tilde".split(" "),
);
export const FUNCTIONS: ReadonlySet<string> = new Set(
  "ln log exp det sin cos tan tanh sinh cosh max min arg diag dim ker lim Pr".split(" "),
);
/** Commands with an argument that leaves no mark. */
export const DROPPED: ReadonlySet<string> = new Set(["phantom", "hphantom", "vphantom", "color", "hspace", "tag"]);

const signs = (kind: Kind, table: Readonly<Record<string, string>>): [string, Atom][] =>
  Object.entries(table).map(([name, text]) => [name, { text, kind }]);

// biome-ignore format: a table
const OPERATORS = {
  cdot: "·", times: "×", circ: "∘", odot: "∘", otimes: "⊗", oslash: "⊘", pm: "±", div: "÷", ast: "*", mid: "|",
  le: "≤", leq: "≤", ge: "≥", geq: "≥", ne: "≠", neq: "≠", lt: "<", gt: ">", approx: "≈", equiv: "≡", sim: "~",
  in: "∈", to: "→", rightarrow: "→", mapsto: "↦", Rightarrow: "⇒", implies: "⇒", iff: "⇔",
};

// biome-ignore format: a table
const NAMES = {
  alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", varepsilon: "ε", zeta: "ζ", eta: "η", theta: "θ",
  kappa: "κ", lambda: "λ", mu: "μ", nu: "ν", xi: "ξ", pi: "π", rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", varphi: "φ",
  chi: "χ", psi: "ψ", omega: "ω", Gamma: "Γ", Delta: "Δ", Theta: "Θ", Lambda: "Λ", Xi: "Ξ", Pi: "Π", Phi: "Φ",
  Psi: "Ψ", Omega: "Ω", Sigma: "Σ", ell: "ℓ", infty: "∞", top: "ᵀ", checkmark: "✓", ldots: "…", dots: "…", cdots: "⋯",
  prime: "′", backslash: "\\",
};

export const SIGNS: ReadonlyMap<string, Atom> = new Map([
  ...signs("operator", OPERATORS),
  ...signs("name", NAMES),
  ...signs("prefix", { partial: "∂", nabla: "∇" }),
  ...signs("open", { langle: "⟨", lvert: "|", lVert: "‖", "{": "{", lbrace: "{", lbrack: "[" }),
  ...signs("close", { rangle: "⟩", rvert: "|", rVert: "‖", "}": "}", rbrace: "}", rbrack: "]" }),
  ...signs("verbatim", { quad: "   ", qquad: "   ", "\\": " ", " ": " ", ",": "", ";": "", ":": "", "!": "" }),
  ...signs("verbatim", { "%": "%", "#": "#", "&": "&", $: "$", _: "_" }),
]);

const pairs = (from: string, to: string): Record<string, string> =>
  Object.fromEntries([...from].map((c, i) => [c, [...to][i]!]));
export const SUPERSCRIPT: Readonly<Record<string, string>> = pairs("0123456789+-−nᵀ′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿᵀ′");
export const SUBSCRIPT: Readonly<Record<string, string>> = pairs("0123456789", "₀₁₂₃₄₅₆₇₈₉");
