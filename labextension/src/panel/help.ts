/** The keys of the panel, shown and hidden with "?". */
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";

export function helpView({ trans }: PanelContext): HTMLElement {
  const keys: readonly [string, string][] = [
    ["← →", trans.__("one step back, one step on")],
    ["Home End", trans.__("first step, last step")],
    [trans.__("Space"), trans.__("play, pause")],
    ["[ ]", trans.__("slower, faster")],
    ["L", trans.__("denominator or numerator layout")],
    ["Q", trans.__("quiz: predict the next step")],
    ["P", trans.__("projector: one step fills the window; Esc leaves")],
    ["Tab", trans.__("to the next part of the panel")],
    [trans.__("arrows in a matrix"), trans.__("to the next number, which is written out; Enter pins it, Esc leaves")],
    ["?", trans.__("this list")],
  ];
  return el(
    "section",
    { class: "jp-nabla-Help", attrs: { "aria-label": trans.__("Keys"), hidden: true } },
    el("h3", {}, trans.__("Keys")),
    el("dl", {}, ...keys.flatMap(([key, does]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, does)])),
  );
}
