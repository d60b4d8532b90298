/** A tensor as it is looked at in one layout: gradients are stored in denominator layout and transposed for numerator. */
import type { Layout, Tensor, TraceDocument } from "nabla";

export interface MatrixView {
  readonly tensor: Tensor;
  readonly rows: number;
  readonly cols: number;
  readonly transposed: boolean;
}

export interface Entry {
  readonly tensor: string;
  /** Row and column in storage (denominator layout), from 0. */
  readonly row: number;
  readonly col: number;
}

export function viewTensor(tensor: Tensor, layout: Layout): MatrixView {
  const transposed = layout === "numerator" && tensor.role === "gradient";
  const [rows, cols] = tensor.shape;
  return { tensor, transposed, rows: transposed ? cols : rows, cols: transposed ? rows : cols };
}

/** The transpose of a view. */
export const turnedView = (view: MatrixView): MatrixView => ({
  ...view,
  rows: view.cols,
  cols: view.rows,
  transposed: !view.transposed,
});

/** The stored place of what is shown at (row, col), and the way back: transposing is its own inverse. */
export const place = (transposed: boolean, row: number, col: number): [row: number, col: number] =>
  transposed ? [col, row] : [row, col];

export function valueAt(view: MatrixView, row: number, col: number): number {
  const [r, c] = place(view.transposed, row, col);
  return view.tensor.data[r * view.tensor.shape[1] + c] ?? Number.NaN;
}

export const shapeText = (rows: number, cols: number): string => `${rows}×${cols}`;

/** Position of the step that makes each tensor; inputs and parameters are there from the first step on. */
export function madeAt(trace: TraceDocument): ReadonlyMap<string, number> {
  const order = new Map(trace.steps.map((step, i) => [step.id, i]));
  return new Map(Object.values(trace.tensors).map((tensor) => [tensor.name, order.get(tensor.madeBy) ?? 0]));
}

/** Name of the tensor that a gradient is taken by: "∂L/∂W1" is of W1. */
export function variableOf(gradient: Tensor): string | undefined {
  return gradient.role === "gradient" ? /^∂\S+?\/∂(\S+)$/u.exec(gradient.label)?.[1] : undefined;
}

/** The gradient by each variable, by the name of the variable. */
export function gradients(trace: TraceDocument): ReadonlyMap<string, Tensor> {
  const found = new Map<string, Tensor>();
  for (const tensor of Object.values(trace.tensors)) {
    const variable = variableOf(tensor);
    if (variable) found.set(variable, tensor);
  }
  return found;
}
