/** One step: its sentence, its formula, its equation in numbers, its checks, and the Jacobian behind it. */
import type { TraceStep } from "nabla";
import { el } from "../view/dom.js";
import { chainLatex } from "./chain.js";
import { checkLines } from "./check.js";
import type { PanelContext } from "./context.js";
import { equationView } from "./equation.js";
import { jacobianFigure } from "./jacobian.js";
import type { Scene } from "./scene.js";

/** What stands above the explanation of the selected entry, and what stands below it. */
export interface StepView {
  readonly above: readonly HTMLElement[];
  readonly below: readonly HTMLElement[];
}

export function stepView(scene: Scene, step: TraceStep, context: PanelContext): StepView {
  const below = [checkLines(step, context), small(step) ? jacobianFigure(scene, step, context) : undefined];
  return {
    above: [
      stepHead(step),
      el("p", { class: "jp-nabla-Step-sentence" }, step.sentence),
      formulaView(scene, step, context),
      equationView(scene, step, context),
    ],
    below: below.filter((node) => node !== undefined),
  };
}

/** A larger Jacobian is one of the details. */
const SMALL_JACOBIAN = 64;
export const small = ({ local }: TraceStep): boolean =>
  local !== undefined && local.shape.reduce((product, size) => product * size, 1) <= SMALL_JACOBIAN;

export const stepHead = (step: TraceStep): HTMLElement =>
  el(
    "h3",
    { class: "jp-nabla-Step-title" },
    el("span", { class: "jp-nabla-Step-id" }, step.id),
    ` ${step.title} `,
    el("span", { class: "jp-nabla-Step-rule" }, step.rule),
  );

/** The symbolic line, with shapes under its factors when they are on, and the chain that has led here. */
export function formulaView(scene: Scene, step: TraceStep, { trans, typeset, dispatch }: PanelContext): HTMLElement {
  const { trace, layout, shapes } = scene;
  const formula = step.formula[layout];
  const top = shapes && formula.shapes ? formula.shapes : formula.symbolic;
  const chain = chainLatex(trace, step, layout);
  const words =
    layout === "numerator"
      ? trans.__("Numerator layout: gradients are transposed, factors are added on the right.")
      : trans.__("Denominator layout: factors are added on the left.");
  return el(
    "div",
    { class: "jp-nabla-Formula", attrs: { "data-layout": layout } },
    el("div", { class: "jp-nabla-Scroll" }, typeset(top, { display: true })),
    chain &&
      el(
        "div",
        { class: "jp-nabla-Chain" },
        el("div", { class: "jp-nabla-Scroll" }, typeset(chain)),
        el("span", { class: "jp-nabla-Chain-words" }, words),
      ),
    el(
      "button",
      {
        class: "jp-nabla-Link jp-nabla-ShapesButton",
        attrs: { type: "button", "aria-pressed": shapes },
        on: { click: () => dispatch({ type: "shapes" }) },
      },
      trans.__("shapes"),
    ),
  );
}
