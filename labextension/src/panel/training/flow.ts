/** How much of the gradient comes back to the first layer: a bar per stage, and what lets it through. */
import type { Activation } from "nabla";
import { formatNumber } from "nabla/display";
import type { Measured } from "../../train/run.js";
import { el } from "../../view/dom.js";
import type { PanelContext } from "../context.js";

/** Below this share the first layer hardly learns. */
const VANISHING = 1e-3;

export function flowView(
  { flow }: Measured,
  activation: Activation,
  { trans }: Pick<PanelContext, "trans">,
): HTMLElement[] {
  const most = Math.max(flow.z, flow.a, flow.h) || 1;
  const bar = (name: string, label: string, value: number): HTMLElement =>
    el(
      "li",
      { class: "jp-nabla-Flow-row", attrs: { "data-flow": name, "data-share": value / most } },
      el("span", {}, label),
      el(
        "span",
        { class: "jp-nabla-Flow-track", attrs: { "aria-hidden": true } },
        el("span", { class: "jp-nabla-Flow-bar", style: { width: `${(100 * value) / most}%` } }),
      ),
      el("span", { class: "jp-nabla-Flow-value" }, formatNumber(value, 3)),
    );
  return [
    el(
      "ul",
      { class: "jp-nabla-Flow", attrs: { "aria-label": trans.__("Norm of the gradient, from the output back") } },
      bar("z", "‖∂L/∂z‖", flow.z),
      bar("a", "‖∂L/∂a‖", flow.a),
      bar("h", "‖∂L/∂h‖", flow.h),
    ),
    el("p", {}, flowSentence({ flow }, activation, { trans })),
  ];
}

export function flowSentence(
  { flow }: Pick<Measured, "flow">,
  activation: Activation,
  { trans }: Pick<PanelContext, "trans">,
): string {
  const slope = activation === "sigmoid" ? "σ′" : activation === "tanh" ? "tanh′" : "φ′";
  const share = flow.a > 0 ? flow.h / flow.a : 0;
  const [part, most] = [formatNumber(share, 3), formatNumber(flow.slope, 3)];
  if (flow.a === 0) return trans.__("Nothing comes back: ∂L/∂a is 0.");
  return share < VANISHING
    ? trans.__("Vanishing: layer 1 gets %1 of what arrives at a. %2 is at most %3 there.", part, slope, most)
    : trans.__("Layer 1 gets %1 of what arrives at a; %2 is at most %3 there.", part, slope, most);
}
