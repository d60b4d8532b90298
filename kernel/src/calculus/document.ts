/**
 * A derivation as the document that viewers show: the pages of both layouts and of every style that has one, so that a
 * page can be turned without a kernel.
 */
import type { Derivation, Erratum } from "./core/derivation.js";
import type { Layout, Style } from "./core/step.js";
import { derive } from "./derive/derive.js";
import { tag } from "./print/citation.js";
import { conditionText } from "./print/conditions.js";
import { differentialPage } from "./print/differentialPage.js";
import { latex } from "./print/latex.js";
import type { Box, DerivationDocument, Page } from "./print/page.js";
import { checkLine, reading, results } from "./print/results.js";

const LAYOUTS: readonly Layout[] = ["denominator", "numerator"];

export function derivationDocument(derivation: Derivation): DerivationDocument {
  const { layout, style, text } = derivation.problem;
  const pages = LAYOUTS.flatMap((l) => pagesIn(l === layout ? derivation : again(derivation, l), l));
  return {
    kind: "nabla.derivation",
    version: 1,
    text,
    shown: { layout, style: pages.some((p) => p.style === style) ? style : "differential" },
    pages,
  };
}

const again = ({ problem }: Derivation, layout: Layout): Derivation =>
  derive(problem.written, problem.wrt, { layout, style: problem.style, lets: problem.lets, text: problem.text });

function pagesIn(derivation: Derivation, layout: Layout): Page[] {
  return STYLES.flatMap((style) => {
    const body = BODIES[style](derivation, layout);
    return body ? [whole(derivation, layout, style, body)] : [];
  });
}

type Body = Pick<Page, "header" | "lines" | "folded"> & Partial<Pick<Page, "results" | "reading" | "check">>;

const STYLES: readonly Style[] = ["differential"];

const BODIES: Readonly<Record<Style, (d: Derivation, layout: Layout) => Body | undefined>> = {
  differential: differentialPage,
  index: () => undefined,
  chain: () => undefined,
};

function whole(derivation: Derivation, layout: Layout, style: Style, body: Body): Page {
  return {
    layout,
    style,
    conditions: derivation.conditions.map((c) => conditionText(c, (e) => `$${latex(e)}$`)),
    results: results(derivation, layout),
    boxes: derivation.errata.map(erratumBox),
    check: checkLine(derivation),
    reading: reading(derivation),
    ...body,
  };
}

const erratumBox = (e: Erratum): Box => ({
  kind: "erratum",
  title: `The notes print it otherwise (${tag(e.source).label}, ${e.layout} layout)`,
  text: e.text,
});
