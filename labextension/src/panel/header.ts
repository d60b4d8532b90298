/** Title, status and conventions: where the numbers come from and which choices they rest on, always in sight. */
import type { TraceDocument } from "nabla";
import { conventionChoices, inForce } from "../setup/conventions.js";
import type { PanelState, Status } from "../trace/state.js";
import { el, setAttributes } from "../view/dom.js";
import type { PanelContext, Part } from "./context.js";

export function headerPart({ trans, dispatch, editor, choose }: PanelContext): Part {
  const status = el("span", { class: "jp-nabla-Status" });
  const title = el("span", { class: "jp-nabla-Header-title" });
  const sources: HTMLSelectElement = el("select", {
    class: "jp-nabla-Sources",
    attrs: { "aria-label": trans.__("Network"), hidden: true },
    on: { change: () => choose(sources.value) },
  });
  const notice = el("p", { class: "jp-nabla-Notice", attrs: { hidden: true } });
  const layout = el("button", {
    class: "jp-nabla-Link jp-nabla-LayoutBanner",
    attrs: { type: "button", title: trans.__("Switch the layout (L)") },
    on: { click: () => dispatch({ type: "layout" }) },
  });
  const others = conventionChoices(trans).map((choice) => {
    const node = el("button", {
      class: "jp-nabla-Link",
      attrs: { type: "button", "data-convention": choice.key, "aria-label": "", hidden: true },
      on: { click: () => void editor.edit({ conventions: { [choice.key]: next } }) },
    });
    let next: unknown;
    const update = ({ network, conventions }: TraceDocument): void => {
      const { now, next: following } = inForce(choice, conventions);
      next = following.value;
      node.textContent = now.words;
      const label = trans.__("%1; change to %2", now.words, following.words);
      setAttributes(node, { hidden: !choice.matters(network), "aria-label": label, title: label });
    };
    return { node, update };
  });
  const node = el(
    "div",
    { class: "jp-nabla-Header" },
    el("h2", {}, trans.__("Backprop trace"), " ", status),
    title,
    sources,
    el(
      "div",
      { class: "jp-nabla-Conventions", attrs: { role: "group", "aria-label": trans.__("Conventions") } },
      layout,
      ...others.map((other) => other.node),
    ),
    notice,
  );

  const words: Record<Status, string> = {
    live: trans.__("live"),
    stale: trans.__("stale"),
    "stand-alone": trans.__("stand-alone"),
  };
  const hints: Record<Status, string> = {
    live: trans.__("The notebook's kernel holds this network now."),
    stale: trans.__("The last trace that was seen; run the cell again to bring it up to date."),
    "stand-alone": trans.__("Computed in the panel, without a kernel."),
  };

  return {
    node,
    update(state: PanelState, before?: PanelState) {
      const { document } = state;
      if (state.sources !== before?.sources)
        sources.replaceChildren(
          ...state.sources.map(({ key, label }) => el("option", { attrs: { value: key } }, label)),
        );
      sources.value = state.source;
      sources.hidden = state.sources.length < 2;
      const count = document?.source?.executionCount;
      status.textContent =
        count && state.status !== "stand-alone" ? `${words[state.status]} [${count}]` : words[state.status];
      status.title = hints[state.status];
      status.dataset.status = state.status;
      title.textContent = document ? [document.title, place(document)].filter(Boolean).join(" · ") : "";
      layout.textContent = state.layout === "numerator" ? trans.__("numerator layout") : trans.__("denominator layout");
      if (document) for (const other of others) other.update(document);
      notice.textContent = state.notice;
      notice.hidden = state.notice === "";
    },
  };
}

const place = ({ source }: TraceDocument): string =>
  [source?.notebook, source?.variable].filter((part) => part !== undefined).join(" · ");
