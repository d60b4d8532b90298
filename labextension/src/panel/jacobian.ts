/** The local Jacobian of a step: a grid when it is a matrix; by a matrix, one block per output, or a matrix of vec's. */
import type { BlockJacobian, LocalJacobian, TraceStep } from "nabla";
import { entryName } from "nabla/display";
import { el, setAttributes } from "../view/dom.js";
import { grid } from "../view/grid.js";
import type { PanelContext } from "./context.js";
import { numbersGrid } from "./numbers.js";
import type { Scene } from "./scene.js";

export function jacobianFigure(scene: Scene, step: TraceStep, context: PanelContext): HTMLElement | undefined {
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
  const body = local.structure === "delta" ? blocks(scene, step, local, context) : matrix(scene, local, context);
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

function matrix(scene: Scene, local: LocalJacobian, context: PanelContext): HTMLElement | undefined {
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
      digits: scene.digits,
      cellLabel: (row, col, value) => trans.__("output %1 by input %2, %3", row + 1, col + 1, value),
    },
    context,
  );
}

/** More entries than this are described by the caption alone. */
const MOST_BLOCK_ENTRIES = 512;

/** J_ikl = δ_ik v_l: block i is zero but for its row i, which is v. The other view is ∂out/∂vec(W)′. */
function blocks(scene: Scene, step: TraceStep, local: LocalJacobian, context: PanelContext): HTMLElement | undefined {
  const [outputs = 0, rows = 0, cols = 0] = local.shape;
  const known = scene.study?.(step.id)?.blocks;
  const vector = known && scene.trace.tensors[known.vector]?.data;
  if (!vector || vector.length !== cols) return undefined;
  const { trans } = context;
  if (outputs * rows * cols > MOST_BLOCK_ENTRIES) {
    const words = trans.__(
      "%1 blocks of %2×%3 are too many to draw: block i is zero but for its row i, which is the same in every block.",
      outputs,
      rows,
      cols,
    );
    return el("p", { class: "jp-nabla-Tensor-cut" }, words);
  }
  const names = entryNames(scene, step, known);
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
        digits: scene.digits,
        cellLabel: (row, col, value) =>
          names.partial(output, row, col) + (row === output ? ` = ${names.vector(col)} = ${value}` : ` = ${value}`),
        hint: (row, col) =>
          row === output
            ? `${names.partial(output, row, col)} = ${names.vector(col)} = ${String(vector[col]!).replace("-", "−")}`
            : `${names.partial(output, row, col)} = 0`,
      }),
    );
  const drawn = el("div", { class: "jp-nabla-Blocks" }, ...Array.from({ length: outputs }, (_, i) => block(i)));
  const count = el(
    "p",
    { class: "jp-nabla-Blocks-count" },
    trans.__("%1 of %2 entries are not zero.", known.nonzero, known.entries),
  );
  return el("div", {}, count, ...(known.vec ? withVec(drawn, known.vec, scene, context) : [drawn]));
}

/** "∂h₂/∂W₂₁ = x₁": the digit of the layer is left out beside indices. */
function entryNames({ trace }: Scene, step: TraceStep, known: BlockJacobian) {
  const bare = (label: string): string => label.replace(/\d+$/, "");
  const variable = trace.tensors[step.results[0]!]!.label.replace(/^.*∂/u, "");
  const output = (step.upstream && trace.tensors[step.upstream]?.label.replace(/^.*∂/u, "")) || "z";
  const vector = trace.tensors[known.vector]!.label;
  return {
    partial: (i: number, row: number, col: number): string =>
      `∂${entryName(bare(output), [i])}/∂${entryName(bare(variable), [row, col])}`,
    vector: (col: number): string => entryName(bare(vector), [col]),
  };
}

function withVec(
  drawn: HTMLElement,
  vec: NonNullable<BlockJacobian["vec"]>,
  scene: Scene,
  context: PanelContext,
): HTMLElement[] {
  const { trans } = context;
  const [rows, cols] = vec.shape;
  const unfolded = el(
    "div",
    { class: "jp-nabla-Vec", attrs: { hidden: true } },
    el("div", { class: "jp-nabla-Scroll" }, context.typeset(vec.latex, { display: true })),
  );
  const fill = (): void => {
    if (unfolded.childElementCount > 1) return;
    unfolded.append(
      numbersGrid(
        {
          label: trans.__("Jacobian by the columns of the matrix, one under the other, %1 by %2", rows, cols),
          rows,
          cols,
          at: (row, col) => vec.data[row * cols + col]!,
          digits: scene.digits,
          cellLabel: (row, col, value) => trans.__("output %1 by entry %2 of vec, %3", row + 1, col + 1, value),
        },
        context,
      ),
    );
  };
  const toggle: HTMLButtonElement = el(
    "button",
    {
      class: "jp-nabla-Button jp-nabla-VecButton",
      attrs: { type: "button", "aria-pressed": false },
      on: {
        click: () => {
          fill();
          unfolded.hidden = !unfolded.hidden;
          drawn.hidden = !unfolded.hidden;
          setAttributes(toggle, { "aria-pressed": !unfolded.hidden });
        },
      },
    },
    trans.__("vec: columns one under the other"),
  );
  return [toggle, drawn, unfolded];
}
