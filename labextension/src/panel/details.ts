/** What a reader opens when the step alone is not enough: why, index form, differential form, numbers, code, gradients. */
import type { TraceStep } from "nabla";
import { gradients } from "../trace/matrix.js";
import { el } from "../view/dom.js";
import { markdownLine } from "../view/markdown.js";
import type { PanelContext } from "./context.js";
import { jacobianFigure } from "./jacobian.js";
import type { Scene } from "./scene.js";
import { small } from "./step.js";
import { tensorFigure } from "./tensor.js";

/** Which sections are open is kept from step to step. */
export class DetailsPart {
  readonly node = el("div", { class: "jp-nabla-Details" });
  readonly #open = new Set<string>();

  constructor(private readonly context: PanelContext) {}

  show(scene: Scene, step: TraceStep): void {
    const { trans, typeset } = this.context;
    const math = (latex: string) => (): HTMLElement[] => [
      el("div", { class: "jp-nabla-Scroll" }, typeset(latex, { display: true })),
    ];
    const given = (key: string, title: string, latex: string): HTMLElement | undefined =>
      latex === "" ? undefined : this.#section(key, title, math(latex));
    const formula = step.formula[scene.layout];
    const known = scene.study?.(step.id);
    const why = known?.why[scene.layout];
    const sections = [
      why
        ? this.#section("why", trans.__("Why the transpose"), () => [
            el("p", { class: "jp-nabla-Why" }, markdownLine(why, typeset)),
          ])
        : undefined,
      step.local && !small(step)
        ? this.#section("jacobian", trans.__("Local Jacobian"), () =>
            [jacobianFigure(scene, step, this.context)].filter((node) => node !== undefined),
          )
        : undefined,
      given("index", trans.__("Index form"), step.index),
      given("differential", trans.__("Differential form"), step.differential),
      given("numbers", trans.__("Formula in numbers"), formula.numbers),
      given("unrolled", trans.__("Written out from the inputs"), formula.unrolled),
      known
        ? this.#section("code", trans.__("Code"), () => [
            el("pre", { class: "jp-nabla-Code", attrs: { tabindex: 0 } }, known.program),
          ])
        : undefined,
      this.#section("gradients", trans.__("All gradients"), () => this.#gradients(scene)),
      step.cite ? el("p", { class: "jp-nabla-Cite" }, step.cite) : undefined,
    ];
    this.node.replaceChildren(...sections.filter((node) => node !== undefined));
  }

  #section(key: string, title: string, body: () => HTMLElement[]): HTMLElement {
    const node = el("details", { attrs: { open: this.#open.has(key), "data-section": key } }, el("summary", {}, title));
    let filled = false;
    const fill = (): void => {
      if (!filled) node.append(...body());
      filled = true;
    };
    if (node.open) fill();
    node.addEventListener("toggle", () => {
      if (node.open) fill();
      if (node.open) this.#open.add(key);
      else this.#open.delete(key);
    });
    return node;
  }

  #gradients(scene: Scene): HTMLElement[] {
    const ofParameters = [...gradients(scene.trace)].filter(([variable]) =>
      Object.values(scene.trace.tensors).some(({ label, role }) => label === variable && role !== "value"),
    );
    return [
      el(
        "div",
        { class: "jp-nabla-Figures" },
        ...ofParameters.map(([, { name }]) => tensorFigure(scene, name, this.context)),
      ),
    ];
  }
}
