/** What a reader opens when the step alone is not enough: index form, differential form, unrolled, every gradient. */
import type { TraceDocument, TraceStep } from "nabla";
import { gradients } from "../trace/matrix.js";
import type { PanelState } from "../trace/state.js";
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";
import { tensorFigure } from "./tensor.js";

/** Which sections are open is kept from step to step. */
export class DetailsPart {
  readonly node = el("div", { class: "jp-nabla-Details" });
  readonly #open = new Set<string>();

  constructor(private readonly context: PanelContext) {}

  show(trace: TraceDocument, step: TraceStep, state: PanelState): void {
    const { trans, typeset } = this.context;
    const math = (latex: string) => (): HTMLElement[] => [
      el("div", { class: "jp-nabla-Scroll" }, typeset(latex, { display: true })),
    ];
    const formula = step.formula[state.layout];
    this.node.replaceChildren(
      ...[
        step.index ? this.#section("index", trans.__("Index form"), math(step.index)) : undefined,
        step.differential
          ? this.#section("differential", trans.__("Differential form"), math(step.differential))
          : undefined,
        formula.unrolled
          ? this.#section("unrolled", trans.__("Written out from the inputs"), math(formula.unrolled))
          : undefined,
        this.#section("gradients", trans.__("All gradients"), () => this.#gradients(trace)),
        step.cite ? el("p", { class: "jp-nabla-Cite" }, step.cite) : undefined,
      ].filter((node): node is HTMLElement => node !== undefined),
    );
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

  #gradients(trace: TraceDocument): HTMLElement[] {
    const ofParameters = [...gradients(trace)].filter(([variable]) =>
      Object.values(trace.tensors).some(({ label, role }) => label === variable && role !== "value"),
    );
    return [
      el(
        "div",
        { class: "jp-nabla-Figures" },
        ...ofParameters.map(([, { name }]) => tensorFigure(trace, name, this.context)),
      ),
    ];
  }
}
