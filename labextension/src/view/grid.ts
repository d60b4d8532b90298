/**
 * A matrix as coloured cells with their numbers: an ARIA grid with one tab stop. Arrows, Home and End move the focus,
 * Enter pins an entry, Escape leaves. A matrix that is not computed yet shows "·" and no colour.
 */
import { cellColour, colourLimit, type Digits, formatNumber, hex, textColour } from "nabla/display";
import { el } from "./dom.js";

/** Up to this many columns the numbers stand in the cells. */
export const COLUMNS_WITH_NUMBERS = 6;
/** More rows than this scroll. */
const ROWS_IN_SIGHT = 8;
export const NOT_YET = "·";

export interface GridOptions {
  readonly label: string;
  readonly rows: number;
  readonly cols: number;
  /** Undefined while the matrix is not computed. */
  readonly at: ((row: number, col: number) => number) | undefined;
  readonly digits: Digits;
  /** Largest magnitude of the colour scale; that of the matrix when absent. */
  readonly limit?: number;
  readonly cellLabel: (row: number, col: number, value: string) => string;
  /** A sign beside the number, and what it says. */
  readonly mark?:
    | ((row: number, col: number) => { readonly sign: string; readonly words: string } | undefined)
    | undefined;
  /** A sentence that the pointer shows in place of the number with six decimals. */
  readonly hint?: (row: number, col: number) => string | undefined;
  readonly onFocus?: (row: number, col: number) => void;
  readonly onPin?: (row: number, col: number) => void;
  readonly onLeave?: () => void;
}

export function grid(options: GridOptions): HTMLElement {
  const { rows, cols } = options;
  const node = el("div", {
    class: gridClass(rows, cols),
    attrs: { role: "grid", "aria-label": options.label, "aria-rowcount": rows, "aria-colcount": cols },
    style: { "--jp-nabla-columns": String(cols) },
  });
  const paint = painter(options);
  for (let row = 0; row < rows; row++) {
    const line = el("div", { class: "jp-nabla-Grid-row", attrs: { role: "row" } });
    for (let col = 0; col < cols; col++) line.append(paint(row, col));
    node.append(line);
  }
  addKeys(node, options);
  return node;
}

function gridClass(rows: number, cols: number): string {
  const names = ["jp-nabla-Grid"];
  if (cols > 4) names.push("jp-mod-wide");
  if (cols > COLUMNS_WITH_NUMBERS) names.push("jp-mod-colourOnly");
  if (rows > ROWS_IN_SIGHT) names.push("jp-mod-tall");
  return names.join(" ");
}

function painter({ rows, cols, at, digits, limit, cellLabel, mark, hint }: GridOptions) {
  const values = at ? Array.from({ length: rows * cols }, (_, i) => at(Math.floor(i / cols), i % cols)) : [];
  const scale = limit ?? colourLimit(values);
  return (row: number, col: number): HTMLElement => {
    const value = values[row * cols + col];
    const text = value === undefined ? NOT_YET : formatNumber(value, digits);
    const background = value === undefined ? undefined : cellColour(value, scale);
    const sign = value === undefined ? undefined : mark?.(row, col);
    const exact = value === undefined ? text : formatNumber(value, digits === "all" ? "all" : 6);
    const label = cellLabel(row, col, text);
    return el(
      "span",
      {
        class: "jp-nabla-Grid-cell",
        attrs: {
          role: "gridcell",
          tabindex: row === 0 && col === 0 ? 0 : -1,
          "data-row": row,
          "data-col": col,
          "aria-label": sign ? `${label}, ${sign.words}` : label,
          title: hint?.(row, col) ?? exact,
        },
        style: background ? { "background-color": hex(background), color: hex(textColour(background)) } : {},
      },
      el("span", { class: "jp-nabla-Grid-number", attrs: { "aria-hidden": true } }, text),
      sign && el("span", { class: "jp-nabla-Grid-mark", attrs: { "aria-hidden": true } }, sign.sign),
    );
  };
}

export const cellOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[role=gridcell]") : null;
export const placeOf = (cell: HTMLElement): [number, number] => [Number(cell.dataset.row), Number(cell.dataset.col)];

function addKeys(node: HTMLElement, { rows, cols, onFocus, onPin, onLeave }: GridOptions): void {
  node.addEventListener("focusin", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    node.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    cell.setAttribute("tabindex", "0");
    onFocus?.(...placeOf(cell));
  });
  node.addEventListener("click", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    const had = document.activeElement === cell;
    cell.focus();
    // A cell that takes the focus now has told of it; one that had it, or cannot take it, has not.
    if (had || document.activeElement !== cell || !onFocus) (onFocus ?? onPin)?.(...placeOf(cell));
  });
  node.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    const [row, col] = placeOf(cell);
    if (event.key === "Enter" || event.key === " ") onPin?.(row, col);
    else if (event.key === "Escape") {
      onLeave?.();
      node.closest<HTMLElement>("[data-nabla-home]")?.focus();
    } else {
      const to = moved(event, row, col, rows, cols);
      if (!to) return;
      node.querySelector<HTMLElement>(`[data-row="${to[0]}"][data-col="${to[1]}"]`)?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  });
}

/** The place that a key leads to: Home and End within the row, with Ctrl to the corners. */
export function moved(
  event: KeyboardEvent,
  row: number,
  col: number,
  rows: number,
  cols: number,
): [number, number] | undefined {
  switch (event.key) {
    case "ArrowLeft":
      return [row, Math.max(0, col - 1)];
    case "ArrowRight":
      return [row, Math.min(cols - 1, col + 1)];
    case "ArrowUp":
      return [Math.max(0, row - 1), col];
    case "ArrowDown":
      return [Math.min(rows - 1, row + 1), col];
    case "Home":
      return [event.ctrlKey ? 0 : row, 0];
    case "End":
      return [event.ctrlKey ? rows - 1 : row, cols - 1];
    default:
      return undefined;
  }
}
