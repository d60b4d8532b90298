/** Which page of a derivation is shown, and what may be chosen from there. Pure data, no DOM. */
import type { DerivationDocument, Layout, Page, PageLine, Style } from "nabla";

export interface Choice {
  readonly layout: Layout;
  readonly style: Style;
}

export const STYLES: readonly Style[] = ["differential", "index", "chain"];
export const LAYOUTS: readonly Layout[] = ["denominator", "numerator"];

const has = (document: DerivationDocument, { layout, style }: Choice): boolean =>
  document.pages.some((page) => page.layout === layout && page.style === style);

/** Each style and layout with whether a page of it exists beside the one that is shown. */
export function offers(document: DerivationDocument, shown: Choice) {
  return {
    styles: STYLES.map((style) => ({ style, there: has(document, { ...shown, style }) })),
    layouts: LAYOUTS.map((layout) => ({ layout, there: has(document, { ...shown, layout }) })),
  };
}

const escapeText = (text: string): string =>
  text.replace(/[\\{}%#&_$~^]/gu, (c) => (c === "\\" ? "\\textbackslash{}" : `\\${c}`));

/** The line in LaTeX: `left &= right &= right && \text{chips}`. */
function lineLatex(line: PageLine): string {
  const reason = line.chips.map(({ name }) => name).join(", ");
  const tail = reason ? ` && \\text{${escapeText(reason)}}` : "";
  return line.right.map((right, i) => `${i === 0 ? line.left : ""} &= ${right}${i === 0 ? tail : ""}`).join(" \\\\\n");
}

/** The whole page as one `aligned` and the boxed result, to paste into a document. */
export function pageLatex(page: Page): string {
  const here = page.results.filter((result) => result.here);
  return [
    "\\begin{aligned}",
    page.lines
      .filter((line) => line.right.length > 0)
      .map(lineLatex)
      .join(" \\\\\n"),
    "\\end{aligned}",
    ...here.map(({ latex }) => `\\qquad \\boxed{${latex}}`),
  ].join("\n");
}
