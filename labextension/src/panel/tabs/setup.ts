/** The tab where the network is chosen and changed. */
import { PRESETS } from "../../setup/presets.js";
import { el, setAttributes } from "../../view/dom.js";
import type { PanelContext } from "../context.js";
import type { Tab, TabEntry } from "./tab.js";

export const setupTab: TabEntry = { id: "setup", title: (trans) => trans.__("Setup"), create };

function create(context: PanelContext): Tab {
  const { trans, editor } = context;
  const button = (label: string, click: () => void): HTMLButtonElement =>
    el("button", { class: "jp-nabla-Button", attrs: { type: "button" }, on: { click } }, label);
  const undo = button(trans.__("Undo"), () => void editor.undo());
  const redo = button(trans.__("Redo"), () => void editor.redo());
  const presets = PRESETS.map(({ title, shows, config }) =>
    el(
      "li",
      {},
      button(title(trans), () => void editor.replace(config)),
      el("span", {}, " ", shows(trans)),
    ),
  );
  const node = el(
    "div",
    { class: "jp-nabla-Scroller", attrs: { "data-tab": "setup" } },
    el("div", { class: "jp-nabla-Setup-actions" }, undo, redo),
    el("h3", {}, trans.__("Presets")),
    el("ul", { class: "jp-nabla-Setup-presets" }, ...presets),
  );
  return {
    node,
    update({ history }) {
      setAttributes(undo, { "aria-disabled": history.past.length === 0 });
      setAttributes(redo, { "aria-disabled": history.future.length === 0 });
    },
    dispose: () => undefined,
  };
}
