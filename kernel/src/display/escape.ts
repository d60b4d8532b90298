/** Plain text inside HTML, Markdown and LaTeX. */

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For the content of an element and for an attribute in quotes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c]!);

/** Plain words in a Markdown paragraph. A dollar would open mathematics. */
export const escapeMarkdown = (text: string): string =>
  text.replace(/[\\`*_[\]<>|$]/g, (c) => (c === "<" ? "&lt;" : c === ">" ? "&gt;" : c === "$" ? "&#36;" : `\\${c}`));

/** A word of code; backquotes inside are given a longer fence. */
export function codeWord(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  const pad = fence.length > 1 ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** Mathematics without the spaces at its ends, `\ ` and `\quad` among them: a `\ ` cut in half would escape the dollar. */
export const trimMath = (latex: string): string =>
  latex.replace(/^(?:\s|\\[ ,;:!]|\\q?quad(?![a-zA-Z]))+|(?:\s|(?<!\\)\\[ ,;:!]|\\q?quad)+$/gu, "");

/** Mathematics inside $…$ or $$…$$ of Markdown: no blank line ends it, no "<" opens a tag, no space after the dollar. */
export const markdownMath = (latex: string): string =>
  trimMath(latex)
    .replace(/\s*\n\s*/g, "\n")
    .replaceAll("<", "\\lt ")
    .replaceAll(">", "\\gt ")
    .trimEnd();

/** Mathematics in a cell of a Markdown table, where a bar would end the cell. */
export const tableMath = (latex: string): string =>
  markdownMath(latex).replaceAll("\\|", "\\Vert ").replaceAll("|", "\\vert ").replaceAll("\n", " ");

const LATEX_SPECIAL: Readonly<Record<string, string>> = { "\\": "\\textbackslash{}", "^": "\\^{}", "~": "\\~{}" };

/** Signs that plain LaTeX fonts have in mathematics only. */
const LATEX_SIGNS: Readonly<Record<string, string>> = {
  "×": "\\times",
  "·": "\\cdot",
  "−": "-",
  "∘": "\\circ",
  "⊙": "\\odot",
  "⊗": "\\otimes",
  "∂": "\\partial",
  "∇": "\\nabla",
  Σ: "\\Sigma",
  "∑": "\\textstyle\\sum",
  "∞": "\\infty",
  "√": "\\surd",
  "≤": "\\le",
  "≥": "\\ge",
  "≠": "\\ne",
  "≈": "\\approx",
  "±": "\\pm",
  "→": "\\to",
  "⇒": "\\Rightarrow",
  "↦": "\\mapsto",
  "∈": "\\in",
  "‖": "\\|",
  "✓": "\\checkmark",
  "✗": "\\times",
  "′": "'",
  "½": "\\tfrac12",
  α: "\\alpha",
  β: "\\beta",
  γ: "\\gamma",
  δ: "\\delta",
  Δ: "\\Delta",
  ε: "\\varepsilon",
  η: "\\eta",
  θ: "\\theta",
  λ: "\\lambda",
  μ: "\\mu",
  π: "\\pi",
  ρ: "\\rho",
  σ: "\\sigma",
  τ: "\\tau",
  φ: "\\varphi",
  ω: "\\omega",
};
const SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵀ";
const SUB = "₀₁₂₃₄₅₆₇₈₉";
const SUPER_LATEX = [..."0123456789-", "\\top"];

/** Plain words in the running text of LaTeX; `X⁻¹` becomes `X$^{-1}$`. */
export const escapeLatex = (text: string): string =>
  text.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵀ]+|[₀-₉]+|./gsu, (piece) => {
    const first = piece[0]!;
    if (SUPER.includes(first)) return `$^{${[...piece].map((c) => SUPER_LATEX[SUPER.indexOf(c)]).join("")}}$`;
    if (SUB.includes(first)) return `$_{${[...piece].map((c) => SUB.indexOf(c)).join("")}}$`;
    if (/[{}%#&_$]/.test(piece)) return `\\${piece}`;
    if (LATEX_SPECIAL[piece]) return LATEX_SPECIAL[piece];
    return LATEX_SIGNS[piece] ? `$${LATEX_SIGNS[piece]}$` : piece;
  });
