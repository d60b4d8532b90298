/** Title, status and conventions: where the numbers come from and which choices they rest on, always in sight. */
import type { TraceDocument } from "nabla";
import type { PanelState, Status } from "../trace/state.js";
import { el } from "../view/dom.js";
import type { PanelContext, Part } from "./context.js";

export function headerPart({ trans, dispatch }: PanelContext): Part {
  const status = el("span", { class: "jp-nabla-Status" });
  const title = el("span", { class: "jp-nabla-Header-title" });
  const notice = el("p", { class: "jp-nabla-Notice", attrs: { hidden: true } });
  const layout = el("button", {
    class: "jp-nabla-Link jp-nabla-LayoutBanner",
    attrs: { type: "button", title: trans.__("Switch the layout (L)") },
    on: { click: () => dispatch({ type: "layout" }) },
  });
  const others = el("span", {});
  const node = el(
    "div",
    { class: "jp-nabla-Header" },
    el("h2", {}, trans.__("Backprop trace"), " ", status),
    title,
    el("p", { class: "jp-nabla-Conventions" }, layout, others),
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
    update(state: PanelState) {
      const { document } = state;
      const count = document?.source?.executionCount;
      status.textContent =
        count && state.status !== "stand-alone" ? `${words[state.status]} [${count}]` : words[state.status];
      status.title = hints[state.status];
      status.dataset.status = state.status;
      title.textContent = document ? [document.title, place(document)].filter(Boolean).join(" · ") : "";
      layout.textContent = state.layout === "numerator" ? trans.__("numerator layout") : trans.__("denominator layout");
      others.textContent = document ? ` · ${conventions(document, trans).join(" · ")}` : "";
      notice.textContent = state.notice;
      notice.hidden = state.notice === "";
    },
  };
}

const place = ({ source }: TraceDocument): string =>
  [source?.notebook, source?.variable].filter((part) => part !== undefined).join(" · ");

/** The conventions that this network can show a difference in. */
function conventions({ conventions: c, network }: TraceDocument, trans: PanelContext["trans"]): string[] {
  const words: string[] = [];
  if (network.batch > 1) {
    words.push(c.samples === "rows" ? trans.__("samples as rows") : trans.__("samples as columns"));
    words.push(c.reduction === "mean" ? trans.__("mean over samples") : trans.__("sum over samples"));
  }
  if (network.loss === "mse") words.push({ half: "½‖r‖²", sum: "‖r‖²", mean: "‖r‖²/k" }[c.mse]);
  if (network.activation === "relu" || network.activation === "leaky-relu") words.push(`φ′(0) = ${c.kink}`);
  if (network.loss === "cross-entropy")
    words.push(c.fused ? trans.__("softmax and loss fused") : trans.__("softmax step by step"));
  words.push(network.activation, network.loss);
  return words;
}
