/** A tensor in the panel: its symbol, its shape in the layout in force, and its numbers as a grid. */
import type { Tensor } from "nabla";
import { formatNumber } from "nabla/display";
import {
  type Entry,
  type MatrixView,
  madeAt,
  place,
  shapeText,
  turnedView,
  valueAt,
  viewTensor,
} from "../trace/matrix.js";
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";
import { numbersGrid } from "./numbers.js";
import type { Scene } from "./scene.js";
import { madeOf } from "./spoken.js";

export interface TensorOptions {
  /** "upstream", "kept": said before the symbol. */
  readonly caption?: string;
  /** As a factor of an equation stands: the transpose of what the layout shows. */
  readonly turned?: boolean;
}

export function tensorFigure(
  scene: Scene,
  name: string,
  context: PanelContext,
  { caption, turned = false }: TensorOptions = {},
): HTMLElement {
  const { trace, layout, digits } = scene;
  const { trans, dispatch } = context;
  const tensor = trace.tensors[name]!;
  const plain = viewTensor(tensor, layout);
  const view = turned ? turnedView(plain) : plain;
  const computed = isComputed(scene, name);
  const stored = (row: number, col: number): Entry => {
    const [storedRow, storedCol] = place(view.transposed, row, col);
    return { tensor: name, row: storedRow, col: storedCol };
  };
  const body = numbersGrid(
    {
      label: turned
        ? trans.__("%1 transposed, %2 by %3", tensor.label, view.rows, view.cols)
        : trans.__("%1, %2 by %3", tensor.label, view.rows, view.cols),
      rows: view.rows,
      cols: view.cols,
      at: computed ? (row, col) => valueAt(view, row, col) : undefined,
      digits,
      cellLabel: (row, col, value) => {
        const [r, c] = turned ? [col, row] : [row, col];
        if (!computed) return trans.__("%1 row %2 column %3, not computed yet", tensor.label, r + 1, c + 1);
        const words = trans.__("%1 row %2 column %3, %4", tensor.label, r + 1, c + 1, value);
        const made = madeOf(scene, tensor, stored(row, col), trans);
        return made === "" ? words : `${words}, ${made}`;
      },
      ...(computed
        ? {
            mark: changes(scene, tensor, view, context),
            onFocus: (row: number, col: number) => dispatch({ type: "select", entry: stored(row, col) }),
            onPin: (row: number, col: number) => dispatch({ type: "pin", entry: stored(row, col) }),
            onLeave: () => dispatch({ type: "select" }),
          }
        : {}),
    },
    context,
  );
  const symbol = turned ? transposedLatex(tensor.latex) : tensor.latex;
  return el(
    "figure",
    { class: `jp-nabla-Tensor jp-mod-${tensor.role}`, attrs: { "data-tensor": name, "data-turned": turned } },
    el(
      "figcaption",
      {},
      caption ? el("span", { class: "jp-nabla-Tensor-caption" }, caption) : undefined,
      context.typeset(symbol, { label: turned ? trans.__("%1 transposed", tensor.label) : tensor.label }),
      el("span", { class: "jp-nabla-Tensor-shape" }, shapeText(view.rows, view.cols)),
    ),
    body,
  );
}

const transposedLatex = (latex: string): string =>
  /^\\(frac|left)/.test(latex) ? `\\left(${latex}\\right)^\\top` : `${latex}^\\top`;

/** True once the step that makes the tensor has been reached. */
export const isComputed = ({ trace, at }: Scene, name: string): boolean => (madeAt(trace).get(name) ?? 0) <= at;

/** ▲ or ▼ where the revision before had another number. */
function changes(
  { previous, digits }: Scene,
  tensor: Tensor,
  view: MatrixView,
  { trans }: PanelContext,
): ((row: number, col: number) => { sign: string; words: string } | undefined) | undefined {
  const before = previous?.tensors[tensor.name];
  if (!before || before.shape.join() !== tensor.shape.join()) return undefined;
  const old: MatrixView = { ...view, tensor: before };
  return (row, col) => {
    const change = valueAt(view, row, col) - valueAt(old, row, col);
    if (change === 0 || Number.isNaN(change)) return undefined;
    const size = formatNumber(Math.abs(change), digits);
    return change > 0
      ? { sign: `▲${size}`, words: trans.__("%1 more than before", size) }
      : { sign: `▼${size}`, words: trans.__("%1 less than before", size) };
  };
}

/** Outlines the given entries in every figure below `root`, and no others. */
export function outlineEntries(
  root: HTMLElement,
  entries: readonly Entry[],
  { trace, layout }: Pick<Scene, "trace" | "layout">,
): void {
  for (const cell of root.querySelectorAll(".jp-mod-outlined")) cell.classList.remove("jp-mod-outlined");
  for (const { tensor: name, row: storedRow, col: storedCol } of entries) {
    const tensor = trace.tensors[name];
    if (!tensor) continue;
    const plain = viewTensor(tensor, layout).transposed;
    for (const figure of root.querySelectorAll<HTMLElement>(`[data-tensor="${CSS.escape(name)}"]`)) {
      const turned = figure.dataset.turned !== undefined;
      const [r, c] = place(plain !== turned, storedRow, storedCol);
      const { down = "1", across = "1" } = figure.querySelector<HTMLElement>("[data-down]")?.dataset ?? {};
      const [row, col] = [Math.floor(r / Number(down)), Math.floor(c / Number(across))];
      figure.querySelector(`[data-row="${row}"][data-col="${col}"]`)?.classList.add("jp-mod-outlined");
    }
  }
}
