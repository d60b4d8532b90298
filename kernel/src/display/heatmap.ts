/**
 * A matrix of numbers as a heatmap: a gradient, a Jacobian, a Hessian, a parameter. Diverging colours with zero in the
 * middle. Tensors of order three and four go to blocks.ts.
 */
import { blockBundle } from "./blocks.js";
import type { Bundle } from "./bundle.js";
import { type Digits, entryName, formatNumber } from "./number.js";
import { sheetBundle } from "./sheet/bundle.js";
import { notFinite, plainAxis, type Sheet } from "./sheet/sheet.js";

/** Row-major numbers. A tensor of one axis is a column. */
export type Numbers =
  | { readonly rows: number; readonly cols: number; readonly data: ArrayLike<number> }
  | { readonly shape: readonly number[]; readonly data: ArrayLike<number> };

export interface HeatmapOptions {
  /** "∂L/∂W". */
  readonly title?: string;
  /** 1, 2, 3… when absent. */
  readonly rowLabels?: readonly string[];
  readonly colLabels?: readonly string[];
  readonly rowTitle?: string;
  readonly colTitle?: string;
  /** Text of an entry (indices from 0), such as "∂y₂/∂W₂₁ = x₁ = 1"; its place and its number when absent. */
  readonly hover?: ((row: number, col: number) => string | undefined) | readonly (readonly string[])[];
  /** Printed below: every derivative says its layout. */
  readonly layout?: "denominator" | "numerator";
  readonly caption?: string;
  readonly digits?: Digits;
}

/** `heatmapBundle({ rows: 3, cols: 2, data }, { title: "∂L/∂W1", layout: "denominator" })` */
export function heatmapBundle(numbers: Numbers, options: HeatmapOptions = {}): Bundle {
  if ("shape" in numbers && numbers.shape.length > 2)
    return blockBundle(numbers, { title: options.title, caption: options.caption, digits: options.digits });
  return sheetBundle(matrixSheet(numbers, options));
}

export function matrixSheet(numbers: Numbers, options: HeatmapOptions = {}): Sheet {
  const { rows, cols, data } = asMatrix(numbers);
  const digits = options.digits ?? 3;
  const label = (i: number): string => String(i + 1);
  const rowLabels = labels("rowLabels", options.rowLabels, rows, label);
  const colLabels = labels("colLabels", options.colLabels, cols, label);
  const given = (row: number, col: number): string | undefined =>
    typeof options.hover === "function" ? options.hover(row, col) : options.hover?.[row]?.[col];
  const name = options.title ?? "";
  return {
    title: name,
    row: plainAxis(rowLabels, options.rowTitle),
    col: plainAxis(colLabels, options.colTitle),
    data,
    emptyZeros: false,
    digits,
    notes: [
      [`${rows}×${cols}`, options.layout ? `${options.layout} layout` : ""].filter(Boolean).join(", "),
      options.caption ?? "",
      notFinite(data) ?? "",
    ].filter((note) => note !== ""),
    hover: (row, col) => {
      const place = `row ${rowLabels[row]}, column ${colLabels[col]}`;
      const number = formatNumber(data[row * cols + col]!, digits === 3 ? 6 : digits);
      return given(row, col) ?? `${placeName(name, row, col) ?? place} = ${number}`;
    },
  };
}

/**
 * The title with indices where it is a symbol: "A₁₂", "(∂L/∂W)[1,2]". A derivative has its indices outside, since in
 * numerator layout the entry [1,2] of ∂L/∂W is ∂L/∂W₂₁.
 */
function placeName(title: string, row: number, col: number): string | undefined {
  if (title === "" || /\s/.test(title)) return undefined;
  return title.includes("/") ? `(${title})[${row + 1},${col + 1}]` : entryName(title, [row, col]);
}

function asMatrix(numbers: Numbers): { rows: number; cols: number; data: ArrayLike<number> } {
  const { data } = numbers;
  const [rows, cols] =
    "shape" in numbers ? [numbers.shape[0] ?? 1, numbers.shape[1] ?? 1] : [numbers.rows, numbers.cols];
  if (rows < 1 || cols < 1)
    throw new RangeError(`heatmap: expected at least one row and one column, got ${rows}×${cols}`);
  if (data.length !== rows * cols)
    throw new RangeError(`heatmap: a ${rows}×${cols} matrix has ${rows * cols} numbers, got ${data.length}`);
  return { rows, cols, data };
}

function labels(
  option: string,
  given: readonly string[] | undefined,
  count: number,
  otherwise: (i: number) => string,
): readonly string[] {
  if (given && given.length !== count)
    throw new RangeError(`heatmap: ${option} has ${given.length} labels for ${count}`);
  return given ?? Array.from({ length: count }, (_, i) => otherwise(i));
}
