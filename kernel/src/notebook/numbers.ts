/** Numbers of an expression or a derivative, shown as a heatmap or as blocks. */
import type { Bundle } from "../display/index.js";
import { blockBundle, heatmapBundle } from "../display/index.js";

export interface NumbersOptions {
  readonly title?: string;
  readonly layout?: "denominator" | "numerator";
  readonly output?: string;
  readonly variable?: string;
  /** How many of the axes are those of the output. */
  readonly outputAxes?: 1 | 2;
  /** What an entry of a matrix is, "∂y₂/∂x₁ = W₂₁ = 1". */
  readonly hover?: ((row: number, col: number) => string) | undefined;
  /** The formula of an entry of a tensor, by its indices from 0. */
  readonly formula?: (output: readonly number[], variable: readonly number[]) => string | undefined;
  readonly caption?: string | undefined;
}

/** A tensor of any order, row-major; `rows()` gives nested lists. */
export interface NumberTensor {
  readonly kind: "nabla.numbers";
  readonly shape: readonly number[];
  readonly data: readonly number[];
  rows(): unknown;
  toString(): string;
}

export function numberTensor(
  shape: readonly number[],
  data: ArrayLike<number>,
  options: NumbersOptions = {},
): NumberTensor {
  const list = Array.from(data);
  const rows = (): unknown => nested(shape, list);
  return Object.freeze({
    kind: "nabla.numbers" as const,
    shape,
    data: list,
    rows,
    toString: () => JSON.stringify(rows()),
    [Symbol.for("Jupyter.display")]: (): Bundle => shown(shape, list, options),
  });
}

function shown(shape: readonly number[], data: readonly number[], options: NumbersOptions): Bundle {
  if (shape.length === 0) return { "text/plain": String(data[0]) };
  const { title, layout, hover, formula, caption } = options;
  if (shape.length > 2)
    return blockBundle(
      { shape, data },
      {
        title,
        ...(options.output ? { output: options.output } : {}),
        ...(options.variable ? { variable: options.variable } : {}),
        ...(options.outputAxes ? { outputAxes: options.outputAxes } : {}),
        ...(formula ? { formula } : {}),
      },
    );
  return heatmapBundle(
    { shape, data },
    {
      ...(title ? { title } : {}),
      ...(layout ? { layout } : {}),
      ...(hover ? { hover } : {}),
      ...(caption ? { caption } : {}),
    },
  );
}

function nested(shape: readonly number[], data: readonly number[]): unknown {
  const [first, ...rest] = shape;
  if (first === undefined) return data[0];
  const step = data.length / first;
  return Array.from({ length: first }, (_, i) => nested(rest, data.slice(i * step, (i + 1) * step)));
}
