/** The tab where the network is chosen and changed. */
import { el, setAttributes } from "../../view/dom.js";
import type { PanelContext } from "../context.js";
import { choicesPart } from "../setup/choices.js";
import { exchangePart } from "../setup/exchange.js";
import { matricesPart } from "../setup/matrices.js";
import { presetsPart } from "../setup/presets.js";
import type { Tab, TabEntry } from "./tab.js";

export const setupTab: TabEntry = { id: "setup", title: (trans) => trans.__("Setup"), create };

function create(context: PanelContext): Tab {
  const { trans, editor } = context;
  const button = (label: string, title: string, click: () => void): HTMLButtonElement =>
    el("button", { class: "jp-nabla-Button", attrs: { type: "button", title }, on: { click } }, label);
  const undo = button(trans.__("Undo"), trans.__("Undo (Ctrl+Z)"), () => void editor.undo());
  const redo = button(trans.__("Redo"), trans.__("Redo (Ctrl+Shift+Z)"), () => void editor.redo());
  const parts = [presetsPart(context), matricesPart(context), choicesPart(context), exchangePart(context)];
  const node = el(
    "div",
    {
      class: "jp-nabla-Scroller jp-nabla-Setup",
      attrs: { "data-tab": "setup" },
      on: { keydown: (event) => undoKeys(event, editor) },
    },
    el("div", { class: "jp-nabla-Setup-row" }, undo, redo),
    ...parts.map((part) => part.node),
  );
  return {
    node,
    update(state, before) {
      setAttributes(undo, { "aria-disabled": state.history.past.length === 0 });
      setAttributes(redo, { "aria-disabled": state.history.future.length === 0 });
      // Also when nothing new is shown: a choice that was refused is put back.
      for (const part of parts) part.update(state, before);
    },
    dispose: () => undefined,
  };
}

/** Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y, outside of a text that has its own. */
function undoKeys(event: KeyboardEvent, editor: PanelContext["editor"]): void {
  const writing = event.target instanceof Element && event.target.matches("input:not([type=checkbox]), textarea");
  if (writing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  event.stopPropagation();
  void (key === "y" || event.shiftKey ? editor.redo() : editor.undo());
}
