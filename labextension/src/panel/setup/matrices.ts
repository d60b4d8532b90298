/** The given numbers of the network as matrices that can be changed. */
import type { TraceDocument } from "nabla";
import { type Changed, copied, GIVEN, type Given, pasted, typed } from "../../setup/numbers.js";
import { shapeText } from "../../trace/matrix.js";
import type { PanelState } from "../../trace/state.js";
import { el } from "../../view/dom.js";
import { type EditGrid, editGrid } from "../../view/editGrid.js";
import type { PanelContext, Part } from "../context.js";
import { LARGEST } from "./choices.js";

export function matricesPart(context: PanelContext): Part {
  const { trans, typeset, editor, dispatch, state, say } = context;
  const node = el("section", { class: "jp-nabla-Figures", attrs: { "aria-label": trans.__("Numbers") } });
  const grids = new Map<Given, EditGrid>();
  let built = "";

  const make = (changed: Changed): void => {
    if ("change" in changed) return void editor.edit(changed.change);
    dispatch({ type: "notice", notice: changed.problem });
    say(changed.problem);
  };

  function figure(document: TraceDocument, name: Given): HTMLElement {
    const { label, latex, shape } = document.tensors[name]!;
    const [rows, cols] = shape;
    const grid = editGrid({
      label: trans.__("%1, %2 by %3, can be changed", label, rows, cols),
      rows,
      cols,
      cellLabel: (row, col, value) => trans.__("%1 row %2 column %3, %4", label, row + 1, col + 1, value),
      onType: (row, col, text) => make(typed(state().document!, name, [row, col], text, trans)),
      onPaste: (row, col, text) => make(pasted(state().document!, name, [row, col], text, trans)),
      onCopy: () => copied(state().document!, name),
    });
    grids.set(name, grid);
    return el(
      "figure",
      { class: "jp-nabla-Tensor", attrs: { "data-tensor": name } },
      el(
        "figcaption",
        {},
        typeset(latex, { label }),
        el("span", { class: "jp-nabla-Tensor-shape" }, shapeText(rows, cols)),
      ),
      grid.node,
    );
  }

  return {
    node,
    update({ document }: PanelState) {
      if (!document) return;
      const names = GIVEN.filter((name) => Object.hasOwn(document.tensors, name));
      const key = names.map((name) => `${document.tensors[name]!.label} ${document.tensors[name]!.shape}`).join("|");
      const large = names.some((name) => document.tensors[name]!.shape.some((size) => size > LARGEST));
      if (large) {
        const words = trans.__(
          "This network is larger than %1 in a layer: change its numbers in the notebook.",
          LARGEST,
        );
        node.replaceChildren(el("p", {}, words));
      } else if (key !== built) {
        grids.clear();
        node.replaceChildren(...names.map((name) => figure(document, name)));
      }
      built = large ? "" : key;
      if (!large) for (const name of names) grids.get(name)!.update(document.tensors[name]!.data);
    },
  };
}
