/** The local Jacobian of a step: a grid when it is a matrix, one block per output when it is a δ-tensor. */
import type { LocalJacobian, TraceDocument, TraceStep } from "nabla";
import { el } from "../view/dom.js";
import { grid } from "../view/grid.js";
import type { PanelContext } from "./context.js";
import { numbersGrid } from "./numbers.js";

export function jacobianFigure(trace: TraceDocument, step: TraceStep, context: PanelContext): HTMLElement | undefined {
  const { local } = step;
  if (!local) return undefined;
  const { trans } = context;
  const words: Record<LocalJacobian["structure"], string> = {
    dense: trans.__("local Jacobian, rows = outputs"),
    diagonal: trans.__("local Jacobian, diagonal: elementwise"),
    identity: trans.__("local Jacobian, the identity"),
    delta: trans.__("local Jacobian, one block per output: zero but for one row"),
    softmax: trans.__("local Jacobian of softmax, symmetric"),
  };
  const body = local.structure === "delta" ? blocks(trace, step, local, context) : matrix(trace, local, context);
  return el(
    "figure",
    { class: "jp-nabla-Tensor jp-nabla-Jacobian jp-mod-jacobian", attrs: { "data-structure": local.structure } },
    el(
      "figcaption",
      {},
      el("span", { class: "jp-nabla-Tensor-caption" }, words[local.structure]),
      context.typeset(local.latex),
      el("span", { class: "jp-nabla-Tensor-shape" }, local.shape.join("×")),
    ),
    body,
  );
}

function matrix(trace: TraceDocument, local: LocalJacobian, context: PanelContext): HTMLElement | undefined {
  const [rows = 0, cols = 0] = local.shape;
  const { data } = local;
  if (!data || local.shape.length !== 2 || data.length !== rows * cols) return undefined;
  const { trans } = context;
  return numbersGrid(
    {
      label: trans.__("local Jacobian, %1 by %2", rows, cols),
      rows,
      cols,
      at: (row, col) => data[row * cols + col]!,
      digits: trace.conventions.digits,
      cellLabel: (row, col, value) => trans.__("output %1 by input %2, %3", row + 1, col + 1, value),
    },
    context,
  );
}

/** More entries than this are described by the caption alone. */
const MOST_BLOCK_ENTRIES = 512;

/** J_ikl = δ_ik v_l: block i is zero but for its row i, which is v. */
function blocks(
  trace: TraceDocument,
  step: TraceStep,
  local: LocalJacobian,
  context: PanelContext,
): HTMLElement | undefined {
  const [outputs = 0, rows = 0, cols = 0] = local.shape;
  const vector = deltaVector(trace, step, cols);
  if (!vector) return undefined;
  const { trans } = context;
  const entries = outputs * rows * cols;
  if (entries > MOST_BLOCK_ENTRIES) {
    const words = trans.__(
      "%1 blocks of %2×%3 are too many to draw: block i is zero but for its row i, which is the same in every block.",
      outputs,
      rows,
      cols,
    );
    return el("p", { class: "jp-nabla-Tensor-cut" }, words);
  }
  const limit = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const block = (output: number): HTMLElement =>
    el(
      "div",
      { class: "jp-nabla-Block" },
      el("span", { class: "jp-nabla-Block-name" }, trans.__("output %1", output + 1)),
      grid({
        label: trans.__("block of output %1, %2 by %3", output + 1, rows, cols),
        rows,
        cols,
        limit,
        at: (row, col) => (row === output ? vector[col]! : 0),
        digits: trace.conventions.digits,
        cellLabel: (row, col, value) => trans.__("output %1 by entry %2, %3: %4", output + 1, row + 1, col + 1, value),
      }),
    );
  return el("div", { class: "jp-nabla-Blocks" }, ...Array.from({ length: outputs }, (_, i) => block(i)));
}

/** v: the operand with as many entries as a row of the variable, other than the upstream gradient. */
function deltaVector(trace: TraceDocument, step: TraceStep, length: number): readonly number[] | undefined {
  const named = step.operands.filter((name) => name !== step.upstream).map((name) => trace.tensors[name]!);
  return named.find((tensor) => tensor.role !== "gradient" && tensor.data.length === length)?.data;
}
