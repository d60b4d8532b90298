/**
 * All steps in the main area, one under the other, every tensor computed, with the Jacobians in blocks. It is drawn
 * step by step so that the page stays alive, and follows the panel: the step in the panel is marked and scrolled to.
 */
import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import type { TraceStep } from "nabla";
import { type PanelState, shownTrace } from "../trace/state.js";
import type { TraceStore } from "../trace/store.js";
import { el } from "../view/dom.js";
import { markdownLine } from "../view/markdown.js";
import type { PanelContext } from "./context.js";
import { equationView } from "./equation.js";
import { ExplainPart } from "./explain.js";
import { jacobianFigure } from "./jacobian.js";
import { type Scene, sceneOf } from "./scene.js";
import { formulaView, stepHead } from "./step.js";
import { outlineEntries } from "./tensor.js";

export const LARGE_ID = "nabla-trace-large";

const DRAWN: readonly (keyof PanelState)[] = ["document", "sample", "layout", "shapes", "compare"];

export class LargeView extends Widget {
  readonly #list = el("div", { class: "jp-nabla-Large-steps", attrs: { tabindex: 0, "data-nabla-home": true } });
  readonly #explain: ExplainPart;
  #seen: PanelState | undefined;
  #turn = 0;

  constructor(
    private readonly store: TraceStore,
    private readonly context: PanelContext,
  ) {
    super();
    this.id = LARGE_ID;
    this.addClass("jp-nabla-Large");
    this.title.label = context.trans.__("Backprop trace, all steps");
    this.title.closable = true;
    this.#list.setAttribute("role", "region");
    this.#list.setAttribute("aria-label", this.title.label);
    this.#explain = new ExplainPart(context, (entries) => {
      const scene = this.#scene();
      if (scene) outlineEntries(this.#list, entries, scene);
    });
    this.node.append(this.#list, this.#explain.node);
    store.changed.connect(this.#update, this);
  }

  override dispose(): void {
    this.#turn++;
    this.store.changed.disconnect(this.#update, this);
    super.dispose();
  }

  protected override onAfterShow(_: Message): void {
    this.#update();
  }

  protected override onActivateRequest(_: Message): void {
    this.#update();
    this.#list.focus();
  }

  #scene(): Scene | undefined {
    const state = this.store.state;
    return sceneOf(state, this.context.studies, (shownTrace(state)?.steps.length ?? 1) - 1);
  }

  #update(): void {
    if (!this.isVisible) return;
    const before = this.#seen;
    const state = this.store.state;
    this.#seen = state;
    if (!before || DRAWN.some((member) => state[member] !== before[member])) void this.#draw();
    else if (state.step !== before.step) this.#mark();
    if (state.selected !== before?.selected || state.pinned !== before?.pinned)
      void this.#explain.show(this.#scene(), state.selected);
  }

  async #draw(): Promise<void> {
    const turn = ++this.#turn;
    const scene = this.#scene();
    if (!scene) return this.#list.replaceChildren();
    this.context.studies.ask(scene.trace, () => void this.#draw());
    const { steps } = scene.trace;
    while (this.#list.childElementCount > steps.length) this.#list.lastElementChild!.remove();
    for (const [i, step] of steps.entries()) {
      const drawn = this.#step(scene, step);
      const old = this.#list.children[i];
      if (old) old.replaceWith(drawn);
      else this.#list.append(drawn);
      // The page answers between two steps.
      await new Promise((resolve) => setTimeout(resolve));
      if (turn !== this.#turn) return;
    }
    this.#mark();
  }

  #step(scene: Scene, step: TraceStep): HTMLElement {
    const { context } = this;
    const why = scene.study?.(step.id)?.why[scene.layout];
    const jacobian = jacobianFigure(scene, step, context);
    return el(
      "section",
      { class: "jp-nabla-Large-step", attrs: { "data-step": step.id, "aria-label": `${step.id} ${step.title}` } },
      el(
        "div",
        {},
        stepHead(step),
        el("p", {}, step.sentence),
        formulaView(scene, step, context),
        why ? el("p", { class: "jp-nabla-Why" }, markdownLine(why, context.typeset)) : undefined,
      ),
      el("div", {}, equationView(scene, step, context), jacobian),
    );
  }

  #mark(): void {
    const id = this.store.state.document?.steps[this.store.state.step]?.id;
    for (const section of this.#list.querySelectorAll<HTMLElement>(".jp-nabla-Large-step")) {
      const now = section.dataset.step === id;
      if (now) section.setAttribute("aria-current", "step");
      else section.removeAttribute("aria-current");
      if (now) section.scrollIntoView({ block: "nearest" });
    }
  }
}
