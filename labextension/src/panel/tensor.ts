/** A tensor in the panel: its symbol, its shape in the layout in force, and its numbers as a grid. */
import type { Layout, TraceDocument } from "nabla";
import { type Entry, madeAt, place, shapeText, valueAt, viewTensor } from "../trace/matrix.js";
import type { PanelState } from "../trace/state.js";
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";
import { numbersGrid } from "./numbers.js";

export interface TensorOptions {
  /** "operand", "upstream", "result": said before the symbol and used for its colour. */
  readonly caption?: string;
}

export function tensorFigure(
  trace: TraceDocument,
  name: string,
  context: PanelContext,
  { caption }: TensorOptions = {},
): HTMLElement {
  const state = context.state();
  const tensor = trace.tensors[name]!;
  const view = viewTensor(tensor, state.layout);
  const computed = isComputed(trace, name, state);
  const select = (row: number, col: number): void => {
    const [storedRow, storedCol] = place(view.transposed, row, col);
    context.dispatch({ type: "select", entry: { tensor: name, row: storedRow, col: storedCol } });
  };
  const { trans } = context;
  const body = numbersGrid(
    {
      label: trans.__("%1, %2 by %3", tensor.label, view.rows, view.cols),
      rows: view.rows,
      cols: view.cols,
      at: computed ? (row, col) => valueAt(view, row, col) : undefined,
      digits: trace.conventions.digits,
      cellLabel: (row, col, value) =>
        computed
          ? trans.__("%1 row %2 column %3, %4", tensor.label, row + 1, col + 1, value)
          : trans.__("%1 row %2 column %3, not computed yet", tensor.label, row + 1, col + 1),
      ...(computed ? { onFocus: select, onPin: select } : {}),
    },
    context,
  );
  return el(
    "figure",
    { class: `jp-nabla-Tensor jp-mod-${tensor.role}`, attrs: { "data-tensor": name } },
    el(
      "figcaption",
      {},
      caption ? el("span", { class: "jp-nabla-Tensor-caption" }, caption) : undefined,
      context.typeset(tensor.latex, { label: tensor.label }),
      el("span", { class: "jp-nabla-Tensor-shape" }, shapeText(view.rows, view.cols)),
    ),
    body,
  );
}

/** True once the step that makes the tensor has been reached. */
export const isComputed = (trace: TraceDocument, name: string, state: PanelState): boolean =>
  (madeAt(trace).get(name) ?? 0) <= state.step;

/** Outlines the given entries in every figure below `root`, and no others. */
export function outlineEntries(
  root: HTMLElement,
  entries: readonly Entry[],
  trace: TraceDocument,
  layout: Layout,
): void {
  for (const cell of root.querySelectorAll(".jp-mod-outlined")) cell.classList.remove("jp-mod-outlined");
  for (const { tensor: name, row: storedRow, col: storedCol } of entries) {
    const tensor = trace.tensors[name];
    if (!tensor) continue;
    const [r, c] = place(viewTensor(tensor, layout).transposed, storedRow, storedCol);
    for (const figure of root.querySelectorAll(`[data-tensor="${CSS.escape(name)}"]`)) {
      const { down = "1", across = "1" } = figure.querySelector<HTMLElement>("[data-down]")?.dataset ?? {};
      const [row, col] = [Math.floor(r / Number(down)), Math.floor(c / Number(across))];
      figure.querySelector(`[data-row="${row}"][data-col="${col}"]`)?.classList.add("jp-mod-outlined");
    }
  }
}
