/** One step: its sentence, its formula, what it reads, what it makes, and its checks. */
import type { TraceDocument, TraceStep } from "nabla";
import type { PanelState } from "../trace/state.js";
import { el } from "../view/dom.js";
import { checkLines } from "./check.js";
import type { PanelContext } from "./context.js";
import { jacobianFigure } from "./jacobian.js";
import { tensorFigure } from "./tensor.js";

/** What stands above the explanation of the selected entry, and what stands below it. */
export interface StepView {
  readonly above: readonly HTMLElement[];
  readonly below: readonly HTMLElement[];
}

export function stepView(trace: TraceDocument, step: TraceStep, state: PanelState, context: PanelContext): StepView {
  const { trans } = context;
  const above = [
    el(
      "h3",
      { class: "jp-nabla-Step-title" },
      el("span", { class: "jp-nabla-Step-id" }, step.id),
      ` ${step.title} `,
      el("span", { class: "jp-nabla-Step-rule" }, step.rule),
    ),
    el("p", { class: "jp-nabla-Step-sentence" }, step.sentence),
    formulaView(step, state, context),
    figures(
      trans.__("Result"),
      [...results(trace, step, context), ...upstream(trace, step, context)],
      "jp-nabla-Results",
    ),
  ];
  const checks = checkLines(step, context);
  const below = [figures(trans.__("From"), sources(trace, step, context), "jp-nabla-Operands")];
  return { above: checks ? [...above, checks] : above, below };
}

/** The symbolic line, with shapes under its factors when they are on, and the same line in numbers. */
function formulaView(step: TraceStep, state: PanelState, { trans, typeset, dispatch }: PanelContext): HTMLElement {
  const formula = step.formula[state.layout];
  const top = state.shapes && formula.shapes ? formula.shapes : formula.symbolic;
  return el(
    "div",
    { class: "jp-nabla-Formula", attrs: { "data-layout": state.layout } },
    el("div", { class: "jp-nabla-Scroll" }, typeset(top, { display: true })),
    formula.numbers
      ? el("div", { class: "jp-nabla-Scroll jp-nabla-Formula-numbers" }, typeset(formula.numbers, { display: true }))
      : undefined,
    el(
      "button",
      {
        class: "jp-nabla-Link jp-nabla-ShapesButton",
        attrs: { type: "button", "aria-pressed": state.shapes },
        on: { click: () => dispatch({ type: "shapes" }) },
      },
      trans.__("shapes"),
    ),
  );
}

function figures(title: string, nodes: readonly HTMLElement[], name: string): HTMLElement {
  return el(
    "section",
    { class: `jp-nabla-Figures ${name}`, attrs: { "aria-label": title, hidden: nodes.length === 0 } },
    ...nodes,
  );
}

function results(trace: TraceDocument, step: TraceStep, context: PanelContext): HTMLElement[] {
  const given = step.id === trace.steps[0]?.id;
  const caption = given ? {} : { caption: context.trans.__("result") };
  return step.results.map((name) => tensorFigure(trace, name, context, caption));
}

function upstream(trace: TraceDocument, step: TraceStep, context: PanelContext): HTMLElement[] {
  const caption = context.trans.__("upstream");
  return step.upstream ? [tensorFigure(trace, step.upstream, context, { caption })] : [];
}

/** The local Jacobian, then the operands other than the upstream gradient. */
function sources(trace: TraceDocument, step: TraceStep, context: PanelContext): HTMLElement[] {
  const others = step.operands.filter((name) => name !== step.upstream && !step.results.includes(name));
  const local = jacobianFigure(trace, step, context);
  return [...others.map((name) => tensorFigure(trace, name, context)), ...(local ? [local] : [])];
}
