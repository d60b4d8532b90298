/** One page of a derivation: header, conditions, lines, boxed result, boxes, folded sections, reading and check. */
import type { Box, Page, PageLine } from "nabla";
import { boxTitle, inlineText, resultsInOrder } from "nabla/display";
import { el } from "../view/dom.js";
import { markdownLine } from "../view/markdown.js";
import { type LineContext, lineView } from "./line.js";

export function pageView(page: Page, context: LineContext): HTMLElement[] {
  const { typeset, trans } = context;
  const text = (name: string, line: string): HTMLElement => el("p", { class: name }, markdownLine(line, typeset));
  const condition = (line: string): HTMLElement =>
    el(
      "p",
      { class: "jp-nabla-Page-condition" },
      el("em", {}, trans.__("Condition:")),
      " ",
      markdownLine(line, typeset),
    );
  return [
    ...page.header.map((line) => text("jp-nabla-Page-header", line)),
    ...page.conditions.map(condition),
    lineList(page.lines, context),
    el("div", { class: "jp-nabla-Page-results" }, ...results(page, context)),
    ...page.boxes.map((box) => boxView(box, context)),
    ...page.folded.map(({ title, lines, text: words }) =>
      el(
        "details",
        { class: "jp-nabla-Fold" },
        el("summary", {}, markdownLine(title, typeset)),
        words ? text("jp-nabla-Fold-text", words) : undefined,
        lines.length > 0 ? lineList(lines, context) : undefined,
      ),
    ),
    ...(page.reading ? [text("jp-nabla-Page-reading", page.reading)] : []),
    el("p", { class: "jp-nabla-Page-check", attrs: { "aria-label": trans.__("Check: %1", page.check) } }, page.check),
  ];
}

const lineList = (lines: readonly PageLine[], context: LineContext): HTMLElement =>
  el("ol", { class: "jp-nabla-Lines" }, ...lines.map((line, i) => lineView(line, i + 1, context)));

/** The result of this layout in its box; that of the other layout small beside it, each with its layout's name. */
function results(page: Page, { typeset, trans }: LineContext): HTMLElement[] {
  const inOrder = resultsInOrder(page);
  return inOrder.map(({ latex, layout, here }) =>
    el(
      "div",
      { class: `jp-nabla-Result${here ? " jp-mod-here" : ""}`, attrs: { "data-layout": layout } },
      el("div", { class: "jp-nabla-Scroll" }, typeset(latex, { display: true })),
      el(
        "span",
        { class: "jp-nabla-Result-layout" },
        here && inOrder.length > 1 ? trans.__("%1, shown", layout) : layout,
      ),
    ),
  );
}

function boxView({ kind, title, text }: Box, { typeset }: LineContext): HTMLElement {
  const heading = boxTitle(kind, title);
  return el(
    "aside",
    { class: `jp-nabla-Box jp-mod-${kind}`, attrs: { role: "note", "aria-label": inlineText(heading) } },
    el("strong", {}, markdownLine(heading, typeset)),
    el("p", {}, markdownLine(text, typeset)),
  );
}
