/** The page of a derivation that is in force, and words that every form of it shares. */
import type { DerivationDocument, Page } from "../../calculus/index.js";

/** The page wanted, or the nearest there is: the same style, the same layout, the first. */
export const choosePage = ({ pages }: DerivationDocument, wanted: Pick<Page, "layout" | "style">): Page | undefined =>
  pages.find(({ layout, style }) => layout === wanted.layout && style === wanted.style) ??
  pages.find(({ style }) => style === wanted.style) ??
  pages.find(({ layout }) => layout === wanted.layout) ??
  pages[0];

/** The page that the document says is shown. */
export function shownPage(document: DerivationDocument): Page {
  const page = choosePage(document, document.shown);
  if (!page) throw new RangeError(`the derivation of "${document.text}" has no page to show`);
  return page;
}

/** "denominator layout"; a result that has no layout says so in its own words. */
export const layoutWords = (layout: string): string =>
  layout === "denominator" || layout === "numerator" ? `${layout} layout` : layout;

/** The result of this page first. */
export const resultsInOrder = (page: Page): Page["results"] =>
  [...page.results].sort((a, b) => Number(b.here) - Number(a.here));

/** "Erratum: the notes print…", whatever of the two a box has. */
export const boxTitle = (kind: string, title: string): string => title || kind.charAt(0).toUpperCase() + kind.slice(1);
