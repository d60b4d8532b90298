/** Numbers in lists three and more deep: a line with the shape, and each matrix of the last two places under its index. */
import { HTML, TEXT } from "../bundle.js";
import { escapeHtml } from "../escape.js";
import { counted, MOST_COLUMNS, own, type Recogniser } from "./define.js";
import { gridBundle, remaining } from "./grid.js";
import { isNumbers, type Numbers, numberCells } from "./matrix.js";

const MOST_MATRICES = 8;
const MOST_ROWS = 10;
/** Lists that are looked at; an inspector tells what has more. */
const MOST_LISTS = 100_000;
/** A ring has no end. */
const DEEPEST = 16;

export const tensor: Recogniser = {
  name: "tensor",
  show(value) {
    const shape = shapeOf(value);
    if (!shape || shape.length < 3) return undefined;
    const [rows = 0, columns = 0] = shape.slice(-2);
    const outer = shape.slice(0, -2);
    const count = outer.reduce((product, size) => product * size, 1);
    const matrices = Array.from({ length: Math.min(count, MOST_MATRICES) }, (_, at) => {
      const index = indexAt(at, outer);
      const matrix = index.reduce<unknown>((list, i) => own(list as object, i), value) as object;
      const shown = Array.from({ length: Math.min(rows, MOST_ROWS) }, (_, r) => own(matrix, r) as Numbers);
      return gridBundle({
        title: index.map((i) => `[${i}]`).join(""),
        rows: shown.map((row) => numberCells(row, 0, MOST_COLUMNS)),
        rest: remaining(rows - MOST_ROWS, columns - MOST_COLUMNS),
      });
    });
    const title = shape.join("×");
    const rest = count > MOST_MATRICES ? [`… ${counted(count - MOST_MATRICES, "more matrix", "more matrices")}`] : [];
    const parts = [title, ...rest].map((text) => `<p style="opacity:0.7;">${escapeHtml(text)}</p>`);
    const tables = `<div style="display:flex;flex-wrap:wrap;gap:1em;">${matrices.map((each) => each[HTML]).join("\n")}</div>`;
    return {
      [HTML]: `<div>${[parts[0], tables, ...parts.slice(1)].join("\n")}</div>`,
      [TEXT]: [title, ...matrices.map((each) => each[TEXT]), ...rest].join("\n"),
    };
  },
};

/** The size at each depth; undefined when lists of one depth differ in length, hold anything but numbers, or are empty. */
function shapeOf(value: unknown): number[] | undefined {
  const shape: number[] = [];
  let level: unknown[] = [value];
  while (!isNumbers(level[0])) {
    const [first] = level;
    const size = Array.isArray(first) ? first.length : 0;
    if (size === 0 || level.length * size > MOST_LISTS || shape.length > DEEPEST) return undefined;
    if (!level.every((list) => Array.isArray(list) && list.length === size)) return undefined;
    shape.push(size);
    level = level.flatMap((list) => Array.from({ length: size }, (_, i) => own(list as object, i)));
  }
  const size = level[0].length;
  return size > 0 && level.every((row) => isNumbers(row) && row.length === size) ? [...shape, size] : undefined;
}

/** The index of a matrix in the order in which they stand. */
function indexAt(at: number, sizes: readonly number[]): number[] {
  const index: number[] = [];
  for (const size of [...sizes].reverse()) {
    index.unshift(at % size);
    at = Math.floor(at / size);
  }
  return index;
}
