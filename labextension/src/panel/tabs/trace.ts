/** The tab that steps through the forward and backward pass. */
import { type PanelState, shownTrace } from "../../trace/state.js";
import { el } from "../../view/dom.js";
import { changeLine } from "../changes.js";
import type { PanelContext } from "../context.js";
import { DetailsPart } from "../details.js";
import { ExplainPart } from "../explain.js";
import { graphPart } from "../graph.js";
import { Quiz } from "../quiz.js";
import { samplePart } from "../sample.js";
import { type Scene, sceneOf } from "../scene.js";
import { stepView } from "../step.js";
import { stripPart } from "../strip.js";
import { outlineEntries } from "../tensor.js";
import { toolbarPart } from "../toolbar.js";
import type { Tab, TabEntry } from "./tab.js";

export const traceTab: TabEntry = { id: "trace", title: (trans) => trans.__("Trace"), create };

function create(context: PanelContext): Tab {
  const parts = [toolbarPart(context), samplePart(context), stripPart(context), graphPart(context)];
  const above = el("div", { class: "jp-nabla-Step" });
  const below = el("div", { class: "jp-nabla-Step" });
  const details = new DetailsPart(context);
  const scene = (): Scene | undefined => sceneOf(context.state(), context.studies);
  const explain = new ExplainPart(context, (entries) => {
    const now = scene();
    if (now) outlineEntries(scroll, entries, now);
  });
  const quiz = new Quiz(context, () => {
    drawStep();
    scroll.focus({ preventScroll: true });
    scroll.querySelector<HTMLElement>("form:last-of-type input:enabled, form:last-of-type button:enabled")?.focus();
  });
  const scroll = el(
    "div",
    {
      class: "jp-nabla-Scroller",
      attrs: { tabindex: 0, role: "region", "aria-label": context.trans.__("Step"), "data-nabla-home": true },
    },
    above,
    explain.node,
    below,
    details.node,
  );
  const node = el(
    "div",
    { class: "jp-nabla-Tab", attrs: { "data-tab": "trace" } },
    ...parts.map((part) => part.node),
    scroll,
  );
  let timer = 0;
  // To ask the page for it would have the page laid out at once.
  let scrolled = false;
  scroll.addEventListener("scroll", () => {
    scrolled = scroll.scrollTop > 0;
  });

  function drawStep(): void {
    const now = scene();
    const step = now?.trace.steps[now.at];
    if (!now || !step) return;
    const state = context.state();
    const asked = state.quiz && quiz.asks(now, step);
    scroll.dataset.step = step.id;
    scroll.classList.toggle("jp-mod-asked", asked);
    const view = asked ? { above: quiz.view(now, step), below: [] } : stepView(now, step, context);
    const changes = asked ? undefined : changeLine(now, context);
    above.replaceChildren(...view.above, ...(changes ? [changes] : []));
    below.replaceChildren(...view.below);
    explain.node.hidden = asked;
    details.node.hidden = asked;
    if (!asked) details.show(now, step);
    context.studies.ask(now.trace, () => {
      const given = context.state().step === 0;
      if (given || shownTrace(context.state()) !== now.trace) return;
      drawStep();
      void explain.show(scene(), context.state().selected);
    });
  }

  return {
    node,
    update(state, before) {
      for (const part of parts) part.update(state, before);
      const redraw = !before || stepChanged(state, before);
      if (redraw) {
        drawStep();
        if (scrolled && before?.step !== state.step) scroll.scrollTop = 0;
      }
      if (redraw || state.selected !== before?.selected || state.pinned !== before?.pinned)
        void explain.show(scene(), state.selected);
      if (state.playing !== before?.playing || state.pace !== before?.pace) {
        window.clearInterval(timer);
        timer = state.playing ? window.setInterval(() => context.dispatch({ type: "tick" }), 1000 * state.pace) : 0;
      }
    },
    dispose: () => window.clearInterval(timer),
  };
}

const DRAWN: readonly (keyof PanelState)[] = [
  "document",
  "sample",
  "step",
  "layout",
  "shapes",
  "compare",
  "quiz",
  "projector",
];

const stepChanged = (state: PanelState, before: PanelState): boolean =>
  DRAWN.some((member) => state[member] !== before[member]);
