/**
 * A matrix whose numbers can be changed: an ARIA grid with one tab stop. Typing, Enter or F2 opens the entry; Enter
 * takes it and goes down, Tab to the right, Escape gives it up. A block is pasted at the entry in focus. It is brought
 * up to date in place, so that the focus stays where it was.
 */
import { cellColour, colourLimit, formatNumber, hex, textColour } from "nabla/display";
import { el, setAttributes } from "./dom.js";
import { cellOf, moved, placeOf } from "./grid.js";

export interface EditGridOptions {
  readonly label: string;
  readonly rows: number;
  readonly cols: number;
  readonly cellLabel: (row: number, col: number, value: string) => string;
  readonly onType: (row: number, col: number, text: string) => void;
  readonly onPaste: (row: number, col: number, text: string) => void;
  /** The whole matrix as text. */
  readonly onCopy: () => string;
}

export interface EditGrid {
  readonly node: HTMLElement;
  /** Row by row. */
  update(data: readonly number[]): void;
}

/** Decimals in a cell; the entry that is open and the pointer's hint have them all. */
const DIGITS = 4;

export function editGrid(options: EditGridOptions): EditGrid {
  const { rows, cols, label, cellLabel, onType } = options;
  const cells = Array.from({ length: rows * cols }, (_, i) => cell(Math.floor(i / cols), i % cols, i === 0));
  const node = el(
    "div",
    {
      class: "jp-nabla-Grid jp-mod-editable",
      attrs: { role: "grid", "aria-label": label, "aria-rowcount": rows, "aria-colcount": cols },
      style: { "--jp-nabla-columns": String(cols) },
    },
    ...Array.from({ length: rows }, (_, row) =>
      el("div", { class: "jp-nabla-Grid-row", attrs: { role: "row" } }, ...cells.slice(row * cols, (row + 1) * cols)),
    ),
  );
  let values: readonly number[] = [];

  const paint = (i: number, scale: number): void => {
    const one = cells[i]!;
    if (one.querySelector("input")) return;
    const value = values[i]!;
    const text = entryText(value);
    const background = cellColour(value, scale);
    one.textContent = text;
    one.style.backgroundColor = hex(background);
    one.style.color = hex(textColour(background));
    setAttributes(one, { "aria-label": cellLabel(Math.floor(i / cols), i % cols, text), title: String(value) });
  };
  const focus = (row: number, col: number): void => cells[row * cols + col]?.focus();

  /** Opens an entry; `text` is what it begins with. */
  function open(at: HTMLElement, text: string, whole: boolean): void {
    const [row, col] = placeOf(at);
    let closed = false;
    const close = (take: boolean, to?: readonly [number, number]): void => {
      if (closed) return;
      closed = true;
      const written = input.value;
      input.remove();
      paint(row * cols + col, colourLimit(values));
      if (take && written.trim() !== text0) onType(row, col, written);
      if (to) focus(...to);
    };
    const text0 = String(values[row * cols + col]);
    const input = el("input", {
      class: "jp-nabla-Grid-input",
      attrs: {
        type: "text",
        inputmode: "text",
        autocomplete: "off",
        spellcheck: "false",
        "aria-label": at.ariaLabel ?? "",
      },
      on: {
        blur: () => close(true),
        keydown: (event) => {
          event.stopPropagation();
          const down: [number, number] = [Math.min(rows - 1, row + 1), col];
          const across = event.shiftKey ? col - 1 : col + 1;
          if (event.key === "Enter") close(true, down);
          else if (event.key === "Escape") close(false, [row, col]);
          else if (event.key === "Tab" && across >= 0 && across < cols) close(true, [row, across]);
          else return;
          event.preventDefault();
        },
        paste: (event) => event.stopPropagation(),
        copy: (event) => event.stopPropagation(),
      },
    });
    input.value = text;
    at.replaceChildren(input);
    input.focus();
    if (whole) input.select();
  }

  node.addEventListener("focusin", (event) => {
    const one = cellOf(event.target);
    if (one) for (const other of cells) other.tabIndex = other === one ? 0 : -1;
  });
  node.addEventListener("dblclick", (event) => {
    const one = cellOf(event.target);
    if (one && !one.querySelector("input")) openWhole(one);
  });
  const openWhole = (one: HTMLElement): void => {
    const [row, col] = placeOf(one);
    open(one, String(values[row * cols + col]), true);
  };
  node.addEventListener("keydown", (event) => {
    const one = cellOf(event.target);
    if (!one || event.altKey) return;
    const plain = !event.ctrlKey && !event.metaKey;
    if (plain && (event.key === "Enter" || event.key === "F2")) openWhole(one);
    else if (plain && (event.key === "Delete" || event.key === "Backspace")) open(one, "", false);
    else if (plain && /^[\d.+\-−/]$/u.test(event.key)) open(one, event.key, false);
    else {
      const to = moved(event, ...placeOf(one), rows, cols);
      if (!to) return;
      focus(...to);
    }
    event.preventDefault();
    event.stopPropagation();
  });
  node.addEventListener("paste", (event) => {
    const one = cellOf(document.activeElement);
    const text = event.clipboardData?.getData("text/plain");
    if (!one || text === undefined) return;
    event.preventDefault();
    options.onPaste(...placeOf(one), text);
  });
  node.addEventListener("copy", (event) => {
    event.preventDefault();
    event.clipboardData?.setData("text/plain", options.onCopy());
  });

  return {
    node,
    update(data) {
      values = data;
      const scale = colourLimit(data);
      for (let i = 0; i < cells.length; i++) paint(i, scale);
    },
  };
}

function cell(row: number, col: number, first: boolean): HTMLElement {
  return el("span", {
    class: "jp-nabla-Grid-cell",
    attrs: { role: "gridcell", tabindex: first ? 0 : -1, "data-row": row, "data-col": col },
  });
}

/** As it was given, as far as it fits: 0.5 and not 0.500. */
function entryText(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 0.5 * 10 ** -DIGITS || size >= 1e6)) return formatNumber(value, 3);
  return String(Number(value.toFixed(DIGITS))).replace("-", "−");
}
