/**
 * LaTeX in one spelling: no styles, sizes, spaces or braces, so that a slip is found again however it was typeset.
 * Letters that eaten escapes left behind (`rac`, `oldsymbol`) are those of their macros.
 */
const STYLES =
  /\\(?:mathbf|boldsymbol|bm|vec|mathrm|operatorname|text|mathcal|mathsf|mathbb|left|right|Big|big|limits|qquad|quad)(?![a-zA-Z])|\\[!,;: ]/g;

export const spelling = (latex: string): string =>
  latex
    .replace(STYLES, "")
    .replace(/oldsymbol/g, "")
    .replace(/(?<![A-Za-z])m(?=\{)/g, "")
    .replace(/(?<![fA-Za-z\\])rac(?=\{)/g, "frac")
    .replace(/\\(?:top|intercal)(?![a-zA-Z])/g, "T")
    .replace(/\\?\bl?dots\b/g, "dots")
    .replace(/[{}\s&$\\]/g, "");
