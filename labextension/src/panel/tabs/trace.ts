/** The tab that steps through the forward and backward pass. */
import type { PanelState } from "../../trace/state.js";
import { el } from "../../view/dom.js";
import type { PanelContext } from "../context.js";
import { DetailsPart } from "../details.js";
import { ExplainPart } from "../explain.js";
import { graphPart } from "../graph.js";
import { stepView } from "../step.js";
import { stripPart } from "../strip.js";
import { outlineEntries } from "../tensor.js";
import { toolbarPart } from "../toolbar.js";
import type { Tab, TabEntry } from "./tab.js";

export const traceTab: TabEntry = { id: "trace", title: (trans) => trans.__("Trace"), create };

function create(context: PanelContext): Tab {
  const parts = [toolbarPart(context), stripPart(context), graphPart(context)];
  const above = el("div", { class: "jp-nabla-Step" });
  const below = el("div", { class: "jp-nabla-Step" });
  const details = new DetailsPart(context);
  const explain = new ExplainPart(context, (entries) => {
    const { document, layout } = context.state();
    if (document) outlineEntries(scroll, entries, document, layout);
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

  const drawStep = (state: PanelState): void => {
    const { document } = state;
    const step = document?.steps[state.step];
    if (!document || !step) return;
    const view = stepView(document, step, state, context);
    scroll.dataset.step = step.id;
    above.replaceChildren(...view.above);
    below.replaceChildren(...view.below);
    details.show(document, step, state);
  };

  return {
    node,
    update(state, before) {
      for (const part of parts) part.update(state, before);
      const redraw = !before || stepChanged(state, before);
      if (redraw) {
        drawStep(state);
        if (before && before.step !== state.step) scroll.scrollTop = 0;
      }
      if (redraw || state.selected !== before?.selected) void explain.show(state.document, state.selected);
      if (state.playing !== before?.playing || state.pace !== before?.pace) {
        window.clearInterval(timer);
        timer = state.playing ? window.setInterval(() => context.dispatch({ type: "tick" }), 1000 * state.pace) : 0;
      }
    },
    dispose: () => window.clearInterval(timer),
  };
}

const stepChanged = (state: PanelState, before: PanelState): boolean =>
  state.document !== before.document ||
  state.step !== before.step ||
  state.layout !== before.layout ||
  state.shapes !== before.shapes;
