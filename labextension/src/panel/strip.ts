/** One mark per step, the forward pass above the backward pass: done, now, next. */
import type { PanelState } from "../trace/state.js";
import { el } from "../view/dom.js";
import type { PanelContext, Part } from "./context.js";

export function stripPart({ trans, dispatch }: PanelContext): Part {
  const node = el("nav", { class: "jp-nabla-Strip", attrs: { "aria-label": trans.__("All steps") } });
  let shown = "";

  const build = ({ document }: PanelState): void => {
    const mark = (id: string, title: string, tabindex: number): HTMLElement =>
      el(
        "button",
        {
          class: "jp-nabla-Mark",
          attrs: { type: "button", "data-step": id, title: `${id} ${title}`, "aria-label": `${id} ${title}`, tabindex },
          on: { click: () => dispatch({ type: "step", id }) },
        },
        id,
      );
    const row = (pass: "forward" | "backward"): HTMLElement =>
      el(
        "div",
        { class: "jp-nabla-Strip-row", attrs: { "data-pass": pass } },
        ...(document?.steps ?? []).filter((step) => step.pass === pass).map(({ id, title }) => mark(id, title, -1)),
      );
    node.replaceChildren(row("forward"), row("backward"));
  };

  return {
    node,
    update(state: PanelState) {
      const key = state.document?.steps.map(({ id, title }) => `${id} ${title}`).join("|") ?? "";
      if (key !== shown) build(state);
      shown = key;
      const now = state.document?.steps[state.step]?.id;
      const order = new Map(state.document?.steps.map((step, i) => [step.id, i]));
      for (const mark of node.querySelectorAll<HTMLElement>(".jp-nabla-Mark")) {
        const id = mark.dataset.step!;
        const at = order.get(id)!;
        mark.dataset.state = at < state.step ? "done" : at === state.step ? "now" : "next";
        mark.tabIndex = id === now ? 0 : -1;
        if (id === now) mark.setAttribute("aria-current", "step");
        else mark.removeAttribute("aria-current");
      }
    },
  };
}
