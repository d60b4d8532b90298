/** The output of a derivation cell: a bar with style, layout, shapes and copy, and below it the page that they choose. */
import { Clipboard } from "@jupyterlab/apputils";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { TranslationBundle } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import type { DerivationDocument, Layout, Style } from "nabla";
import { choosePage } from "nabla/display";
import { el, setAttributes } from "../view/dom.js";
import type { Typeset } from "../view/typeset.js";
import { type Choice, LAYOUTS, offers, pageLatex, STYLES } from "./page.js";
import { type DerivationFault, readDerivation } from "./validate.js";
import { pageView } from "./view.js";

export interface DerivationOptions {
  readonly trans: TranslationBundle;
  readonly typeset: Typeset;
}

export class DerivationRenderer extends Widget implements IRenderMime.IRenderer {
  #choice: Choice | undefined;
  #shapes = false;
  readonly #bar = el("div", { class: "jp-nabla-Bar", attrs: { role: "group" } });
  readonly #page = el("div", { class: "jp-nabla-Page" });

  constructor(
    private readonly mimeType: string,
    private readonly options: DerivationOptions,
  ) {
    super();
    this.addClass("jp-nabla-Derivation");
    setAttributes(this.#bar, { "aria-label": options.trans.__("Derivation") });
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const read = readDerivation(model.data[this.mimeType]);
    if ("fault" in read) {
      this.node.replaceChildren(el("p", { class: "jp-nabla-Notice" }, this.#sentence(read.fault)));
      return;
    }
    this.#choice ??= read.document.shown;
    this.#build(read.document);
    this.node.replaceChildren(this.#bar, this.#page);
    this.#show(read.document);
  }

  #sentence(fault: DerivationFault): string {
    const { trans } = this.options;
    return fault === "version"
      ? trans.__("This derivation was written by another version of Nabla; run the cell again.")
      : trans.__("This derivation cannot be shown: a part of it is missing. Run the cell again.");
  }

  /** The bar is built once and only brought up to date, so that the focus stays on the button that was pressed. */
  #build(document: DerivationDocument): void {
    const { trans } = this.options;
    const styles: Record<Style, string> = {
      differential: trans.__("differential"),
      index: trans.__("index"),
      chain: trans.__("chain"),
    };
    const layouts: Record<Layout, string> = {
      denominator: trans.__("denominator"),
      numerator: trans.__("numerator"),
    };
    const choose = (part: Partial<Choice>) => (): void => {
      this.#choice = { ...this.#choice!, ...part };
      this.#show(document);
    };
    const button = (key: string, label: string, click: () => void): HTMLElement =>
      el("button", { class: "jp-nabla-Segment", attrs: { type: "button", "data-choice": key }, on: { click } }, label);
    const group = (label: string, ...items: HTMLElement[]): HTMLElement =>
      el("div", { class: "jp-nabla-Segments", attrs: { role: "group", "aria-label": label } }, ...items);
    const copy = button("copy", trans.__("Copy LaTeX"), () => {
      Clipboard.copyToSystem(pageLatex(choosePage(document, this.#choice!)!));
      copy.textContent = trans.__("Copied");
      window.setTimeout(() => (copy.textContent = trans.__("Copy LaTeX")), 1500);
    });
    const shapes = button("shapes", trans.__("shapes"), () => {
      this.#shapes = !this.#shapes;
      this.#show(document);
    });
    this.#bar.replaceChildren(
      group(trans.__("Style"), ...STYLES.map((style) => button(style, styles[style], choose({ style })))),
      group(trans.__("Layout"), ...LAYOUTS.map((layout) => button(layout, layouts[layout], choose({ layout })))),
      group(trans.__("Page"), shapes, copy),
    );
  }

  #show(document: DerivationDocument): void {
    const page = choosePage(document, this.#choice!);
    if (!page) return this.#page.replaceChildren();
    this.#choice = { layout: page.layout, style: page.style };
    const mark = (key: string, pressed: boolean, there = true): void => {
      const button = this.#bar.querySelector<HTMLButtonElement>(`[data-choice="${key}"]`)!;
      setAttributes(button, { "aria-pressed": pressed });
      button.disabled = !there;
    };
    const { styles, layouts } = offers(document, this.#choice);
    for (const { style, there } of styles) mark(style, style === page.style, there);
    for (const { layout, there } of layouts) mark(layout, layout === page.layout, there);
    mark("shapes", this.#shapes);
    this.#page.dataset.layout = page.layout;
    this.#page.dataset.style = page.style;
    this.#page.replaceChildren(...pageView(page, { ...this.options, shapes: this.#shapes }));
  }
}
