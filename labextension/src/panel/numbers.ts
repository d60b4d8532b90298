/** The numbers of a matrix of any size as a grid: a large one is cut into parts, and a sentence says so. */
import { parts } from "nabla/display";
import { el } from "../view/dom.js";
import { type GridOptions, grid } from "../view/grid.js";
import type { PanelContext } from "./context.js";

/** A matrix with more rows or columns is cut into at most this many parts along each side. */
const LARGEST = 64;
const PARTS = 32;

export function numbersGrid(options: GridOptions, { trans }: PanelContext): HTMLElement {
  const { rows, cols, at } = options;
  if (rows <= LARGEST && cols <= LARGEST) return grid(options);
  const cut = parts({ rows, cols }, at ?? (() => 0), PARTS);
  const whole =
    (act: ((row: number, col: number) => void) | undefined) =>
    (row: number, col: number): void =>
      act?.(...cut.place(row, col));
  const body = grid({
    ...options,
    rows: cut.rows,
    cols: cut.cols,
    at: at ? (row, col) => at(...cut.place(row, col)) : undefined,
    cellLabel: (row, col, value) => options.cellLabel(...cut.place(row, col), value),
    onFocus: whole(options.onFocus),
    onPin: whole(options.onPin),
  });
  const words = trans.__(
    "Drawn smaller than it is (%1×%2): each cell is the entry of largest magnitude of a %3×%4 part.",
    rows,
    cols,
    cut.down,
    cut.across,
  );
  return el(
    "div",
    { attrs: { "data-down": cut.down, "data-across": cut.across } },
    body,
    el("p", { class: "jp-nabla-Tensor-cut" }, words),
  );
}
