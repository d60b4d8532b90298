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

/** The page wanted, or else the nearest: the same style, then the same layout, then the first. */
export function choosePage(document: DerivationDocument, wanted: Choice): Page | undefined {
  const { pages } = document;
  return (
    pages.find((page) => page.layout === wanted.layout && page.style === wanted.style) ??
    pages.find((page) => page.style === wanted.style) ??
    pages.find((page) => page.layout === wanted.layout) ??
    pages[0]
  );
}

/** Each style and layout with whether a page of it exists beside the one that is shown. */
export function offers(document: DerivationDocument, shown: Choice) {
  return {
    styles: STYLES.map((style) => ({ style, there: has(document, { ...shown, style }) })),
    layouts: LAYOUTS.map((layout) => ({ layout, there: has(document, { ...shown, layout }) })),
  };
}

/** A document from a notebook file is looked at before it is drawn. */
export function isDerivation(value: unknown): value is DerivationDocument {
  const document = value as Partial<DerivationDocument> | null;
  return (
    typeof document === "object" &&
    document?.kind === "nabla.derivation" &&
    document.version === 1 &&
    typeof document.shown === "object" &&
    Array.isArray(document.pages) &&
    document.pages.every((page) => Array.isArray(page?.lines) && Array.isArray(page.results))
  );
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
