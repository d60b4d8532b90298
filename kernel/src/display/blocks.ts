/**
 * A tensor of order three or four as a grid of blocks. J_ijkl = ∂A_ij/∂B_kl: output axes first, then the axes of the
 * variable, row-major. Variable-major: block (k,l) is ∂A/∂B_kl. Output-major: block (i,j) is ∂A_ij/∂B. The vec view is
 * the Jacobian ∂vec A/∂(vec B)ᵀ, both vecs column-major. Zeros are "·": a δ leaves most entries empty.
 */
import { type Bundle, PLOTLY } from "./bundle.js";
import { type Digits, entryName, formatNumber } from "./number.js";
import { sheetBundle } from "./sheet/bundle.js";
import { type Axis, notFinite, type Sheet } from "./sheet/sheet.js";
import { switchedFigure } from "./sheet/switched.js";

export interface BlockOptions {
  readonly title?: string | undefined;
  /** Names of what is differentiated and of the variable; "A" and "B" when absent. */
  readonly output?: string;
  readonly variable?: string;
  /** How many axes are of the output; 2 of four, 1 of three when absent. */
  readonly outputAxes?: 1 | 2;
  /** What chooses the block; the variable when absent. */
  readonly nesting?: "variable-major" | "output-major";
  readonly view?: "blocks" | "vec";
  /** The entry as a formula, "x₁", by its indices from 0: hover says "∂y₂/∂W₂₁ = x₁ = 1". */
  readonly formula?: (output: readonly number[], variable: readonly number[]) => string | undefined;
  readonly caption?: string | undefined;
  readonly digits?: Digits | undefined;
}

interface TensorNumbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** `blockBundle({ shape: [2, 3, 2, 2], data }, { output: "A", variable: "B", nesting: "output-major" })` */
export function blockBundle(tensor: TensorNumbers, options: BlockOptions = {}): Bundle {
  const asked = blockSheet(tensor, options);
  const shown = JSON.stringify([options.view ?? "blocks", options.nesting ?? "variable-major"]);
  const { output = "A", variable = "B" } = options;
  const views = [
    { label: `blocks by ${variable}`, view: "blocks", nesting: "variable-major" },
    { label: `blocks by ${output}`, view: "blocks", nesting: "output-major" },
    { label: "vec", view: "vec", nesting: options.nesting ?? "variable-major" },
  ] as const;
  const others = views.flatMap(({ label, view, nesting }) => {
    const same = JSON.stringify([view, nesting]) === shown;
    return [{ label, same, sheet: same ? asked : blockSheet(tensor, { ...options, view, nesting }) }];
  });
  // The one that was asked for first: the figure opens with it.
  const ordered = [...others.filter(({ same }) => same), ...others.filter(({ same }) => !same)];
  const bundle = sheetBundle(asked);
  return tensor.data.length > MOST_SWITCHED ? bundle : { ...bundle, [PLOTLY]: switchedFigure(ordered) };
}

/** A larger tensor would be in the output three times. */
const MOST_SWITCHED = 2000;

/** The two indices of a matrix; a vector has one row index and column 0. */
interface Part {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  /** Names of the axes in formulas: i, j and k, l. */
  readonly indices: readonly string[];
}

export function blockSheet(tensor: TensorNumbers, options: BlockOptions = {}): Sheet {
  const { shape, data } = tensor;
  const order = shape.length;
  if (order !== 3 && order !== 4) throw new RangeError(`blocks: expected a tensor of order 3 or 4, got order ${order}`);
  if (data.length !== shape.reduce((p, n) => p * n, 1) || data.length === 0)
    throw new RangeError(`blocks: a ${shape.join("×")} tensor cannot have ${data.length} numbers`);
  const axes = options.outputAxes ?? (order === 4 ? 2 : 1);
  if (order - axes > 2)
    throw new RangeError("blocks: a variable has at most two axes; a tensor of order 4 has 2 of the output");
  const part = (name: string, sizes: readonly number[], indices: string): Part => ({
    name,
    rows: sizes[0]!,
    cols: sizes[1] ?? 1,
    indices: [...indices].slice(0, sizes.length),
  });
  const output = part(options.output ?? "A", shape.slice(0, axes), "ij");
  const variable = part(options.variable ?? "B", shape.slice(axes), "kl");
  const arranged = options.view === "vec" ? vecAxes(output, variable) : blockAxes(output, variable, options.nesting);
  return assembled(tensor, { output, variable, ...arranged }, options);
}

interface Arranged {
  readonly row: Axis;
  readonly col: Axis;
  readonly note: string;
  /** Indices of the output and of the variable at a place of the sheet, two each. */
  readonly at: (row: number, col: number) => readonly [i: number, j: number, k: number, l: number];
}

function blockAxes(output: Part, variable: Part, nesting: BlockOptions["nesting"] = "variable-major"): Arranged {
  const outputMajor = nesting === "output-major";
  const [outer, inner] = outputMajor ? [output, variable] : [variable, output];
  const label = (part: Part, axis: 0 | 1, i: number): string =>
    part.indices[axis] ? `${part.indices[axis]}=${i + 1}` : "";
  const axis = (which: 0 | 1): Axis => {
    const [groups, size] = which === 0 ? [outer.rows, inner.rows] : [outer.cols, inner.cols];
    return {
      groups: Array.from({ length: groups }, (_, i) => ({ label: label(outer, which, i), size })),
      labels: Array.from({ length: groups * size }, (_, i) => label(inner, which, i % size)),
      title: "",
    };
  };
  const indices = outer.indices.join(",");
  const [o, v] = [output.indices.join(""), variable.indices.join("")];
  const block = outputMajor ? `∂${output.name}_${o}/∂${variable.name}` : `∂${output.name}/∂${variable.name}_${v}`;
  return {
    row: axis(0),
    col: axis(1),
    note: `${outer.rows}×${outer.cols} blocks of ${inner.rows}×${inner.cols}: block (${indices}) is ${block}.`,
    at: (row, col) => {
      const [R, r, C, c] = [
        Math.floor(row / inner.rows),
        row % inner.rows,
        Math.floor(col / inner.cols),
        col % inner.cols,
      ];
      return outputMajor ? [R, C, r, c] : [r, c, R, C];
    },
  };
}

function vecAxes(output: Part, variable: Part): Arranged {
  const axis = ({ name, rows, cols, indices }: Part): Axis => ({
    groups: Array.from({ length: cols }, (_, j) => ({ label: cols > 1 ? `${indices[1]}=${j + 1}` : "", size: rows })),
    labels: Array.from({ length: rows * cols }, (_, i) =>
      entry(name, [i % rows, Math.floor(i / rows)], indices.length),
    ),
    title: indices.length > 1 ? `vec ${name}, column by column` : name,
  });
  const vec = ({ name, indices }: Part): string => (indices.length > 1 ? `vec ${name}` : name);
  const wrt = variable.indices.length > 1 ? `(vec ${variable.name})ᵀ` : `${variable.name}ᵀ`;
  return {
    row: axis(output),
    col: axis(variable),
    note: `∂${vec(output)}/∂${wrt}, ${output.rows * output.cols}×${variable.rows * variable.cols}, column-major.`,
    at: (row, col) => [
      row % output.rows,
      Math.floor(row / output.rows),
      col % variable.rows,
      Math.floor(col / variable.rows),
    ],
  };
}

const entry = (name: string, indices: readonly number[], axes: number): string =>
  entryName(name, indices.slice(0, axes));

function assembled(
  { shape, data }: TensorNumbers,
  { output, variable, row, col, note, at }: Arranged & { output: Part; variable: Part },
  options: BlockOptions,
): Sheet {
  const digits = options.digits ?? 3;
  const value = ([i, j, k, l]: readonly [number, number, number, number]): number =>
    data[((i * output.cols + j) * variable.rows + k) * variable.cols + l]!;
  const [rows, cols] = [row.labels.length, col.labels.length];
  const values = Array.from({ length: rows * cols }, (_, n) => value(at(Math.floor(n / cols), n % cols)));
  const filled = values.filter((x) => x !== 0).length;
  const notes = [
    note,
    `${shape.join("×")}, output axes first; ${filled} of ${values.length} entries are not zero.`,
    options.caption ?? "",
    notFinite(values) ?? "",
  ];
  return {
    title: options.title ?? `∂${output.name}/∂${variable.name}`,
    row,
    col,
    data: values,
    emptyZeros: true,
    digits,
    notes: notes.filter((line) => line !== ""),
    hover: (r, c) => {
      const place = at(r, c);
      const [of, by] = [place.slice(0, output.indices.length), place.slice(2, 2 + variable.indices.length)];
      const name = `∂${entryName(output.name, of)}/∂${entryName(variable.name, by)}`;
      const formula = options.formula?.(of, by);
      const number = formatNumber(value(place), digits === 3 ? 6 : digits);
      return [name, ...(formula && formula !== number ? [formula] : []), number].join(" = ");
    },
  };
}
