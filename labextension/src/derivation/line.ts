/** One line of a derivation: number, left, "= right", and on the right the chips and tags; what they say opens below. */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { PageLine } from "nabla";
import { noteWords } from "nabla/display";
import { typesetClauses } from "../view/clauses.js";
import { el } from "../view/dom.js";
import { markdownLine } from "../view/markdown.js";
import type { Typeset } from "../view/typeset.js";

export interface LineContext {
  readonly trans: TranslationBundle;
  readonly typeset: Typeset;
  readonly shapes: boolean;
}

/** Number of families of chip colours in style/derivation.css. */
const HUES = 6;

/** The same rule has the same colour on every page. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)!) % 9973;
  return hash % HUES;
}

export function lineView(line: PageLine, number: number, context: LineContext): HTMLElement {
  const said = el("p", { class: "jp-nabla-Line-said", attrs: { hidden: true } });
  const right = context.shapes && line.shaped ? line.shaped : line.right;
  const equation = [
    el("span", { class: "jp-nabla-Line-number", attrs: { "aria-hidden": true } }, String(number)),
    el("div", { class: "jp-nabla-Line-left" }, line.left ? context.typeset(line.left, { display: true }) : undefined),
    el(
      "div",
      { class: "jp-nabla-Line-right jp-nabla-Scroll" },
      ...right.map((latex) =>
        el(
          "div",
          { class: "jp-nabla-Line-equals" },
          ...typesetClauses(line.left || number > 0 ? `= ${latex}` : latex, context.typeset, true),
        ),
      ),
      context.shapes && line.shape && !line.shaped
        ? el("div", { class: "jp-nabla-Line-shape" }, line.shape)
        : undefined,
    ),
  ];
  return el(
    "li",
    { class: "jp-nabla-Line", attrs: { "data-line": number } },
    ...equation,
    el("div", { class: "jp-nabla-Line-why" }, ...reasons(line, said, context)),
    said,
  );
}

/** Note, chips and tags. A press on a chip says its sentence under the line; the pointer only has to rest on it. */
function reasons(line: PageLine, said: HTMLElement, { trans, typeset }: LineContext): HTMLElement[] {
  const button = (name: string, label: string, sentence: string, hue?: number): HTMLButtonElement => {
    const node = el(
      "button",
      {
        class: name,
        attrs: { type: "button", title: sentence, "aria-expanded": false, "data-hue": hue },
        on: {
          click: () => {
            const open = node.getAttribute("aria-expanded") === "true";
            for (const other of node.parentElement!.querySelectorAll("[aria-expanded]"))
              other.setAttribute("aria-expanded", "false");
            node.setAttribute("aria-expanded", String(!open));
            said.hidden = open;
            said.replaceChildren(markdownLine(sentence, typeset));
          },
        },
      },
      label,
    );
    return node;
  };
  return [
    ...(line.note
      ? [el("span", { class: "jp-nabla-Line-note jp-nabla-Scroll" }, markdownLine(noteWords(line.note), typeset))]
      : []),
    ...line.chips.map(({ name, sentence }) => button("jp-nabla-Chip", name, sentence, hueOf(name))),
    ...line.tags.map(({ label, erratum }) =>
      erratum
        ? button("jp-nabla-Tag jp-mod-erratum", trans.__("%1 · erratum", label), erratum)
        : el("span", { class: "jp-nabla-Tag" }, label),
    ),
  ];
}
