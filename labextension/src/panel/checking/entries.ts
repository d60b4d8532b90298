/** One gradient three ways, entry by entry: as matrices side by side, and the entry in focus as a sentence. */
import type { Layout } from "nabla";
import { colourLimit, formatNumber } from "nabla/display";
import { place } from "../../trace/matrix.js";
import { el } from "../../view/dom.js";
import type { PanelContext } from "../context.js";
import { numbersGrid } from "../numbers.js";
import { type CheckRow, errorText } from "./rows.js";

export interface EntriesView {
  readonly node: HTMLElement;
  /** Writes out the entry, row-major in the shape of the variable. */
  read(entry: number | undefined): void;
}

export function entriesView(
  row: CheckRow,
  layout: Layout,
  context: PanelContext,
  onEntry: (entry: number) => void,
): EntriesView | undefined {
  const { values, label, shape } = row;
  if (!values) return undefined;
  const { trans } = context;
  const turned = layout === "numerator";
  const [rows, cols] = turned ? [shape[1], shape[0]] : shape;
  const stored = (r: number, c: number): number => {
    const [i, j] = place(turned, r, c);
    return i * shape[1] + j;
  };
  const limit = colourLimit([...values.symbolic, ...values.automatic, ...values.difference]);
  const figure = (caption: string, data: readonly number[]): HTMLElement =>
    el(
      "figure",
      { class: "jp-nabla-Tensor", attrs: { "data-way": caption } },
      el("figcaption", {}, caption),
      numbersGrid(
        {
          label: trans.__("%1 by %2, %3 by %4", label, caption, rows, cols),
          rows,
          cols,
          at: (r, c) => data[stored(r, c)]!,
          digits: 3,
          limit,
          cellLabel: (r, c, value) => trans.__("%1 row %2 column %3 by %4, %5", label, r + 1, c + 1, caption, value),
          onFocus: (r, c) => onEntry(stored(r, c)),
          onPin: (r, c) => onEntry(stored(r, c)),
        },
        context,
      ),
    );
  const line = el("p", { class: "jp-nabla-Check-entry" });
  const read = (entry: number | undefined): void => {
    if (entry === undefined) {
      line.textContent = trans.__("An entry of a matrix is written out here, with a curve of its own.");
      return;
    }
    const [r, c] = place(turned, Math.floor(entry / shape[1]), entry % shape[1]);
    const [s, a, d] = [values.symbolic[entry]!, values.automatic[entry]!, values.difference[entry]!];
    const error = Math.abs(d - s) / Math.max(Math.abs(d), Math.abs(s), Number.MIN_VALUE);
    const shown = (x: number): string => formatNumber(x, 6);
    line.textContent = trans.__(
      "[%1,%2]: formula %3, reverse AD %4, difference %5, relative error %6",
      r + 1,
      c + 1,
      shown(s),
      shown(a),
      shown(d),
      errorText(error),
    );
  };
  read(undefined);
  const node = el(
    "section",
    { class: "jp-nabla-Check-entries", attrs: { "aria-label": trans.__("Entries of %1", label) } },
    el(
      "div",
      { class: "jp-nabla-Figures" },
      figure(trans.__("formula"), values.symbolic),
      figure(trans.__("reverse AD"), values.automatic),
      figure(trans.__("difference"), values.difference),
    ),
    line,
  );
  return { node, read };
}
