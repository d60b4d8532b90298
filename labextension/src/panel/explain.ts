/**
 * The selected entry written out term by term, with the ways on: "follow g_h" goes to the step that made the factor.
 * The answer comes from the engine; while it loads, and for an entry that nothing explains, the value alone is shown.
 */
import type { EntryExplanation, TraceDocument } from "nabla";
import { formatNumber } from "nabla/display";
import { explain } from "../trace/engine.js";
import { type Entry, place, valueAt, viewTensor } from "../trace/matrix.js";
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";

/** The entries that the term list of an explanation names. */
export const factorsOf = (explanation: EntryExplanation): Entry[] =>
  explanation.terms.flatMap((term) => term.factors.map(({ tensor, row, col }) => ({ tensor, row, col })));

export class ExplainPart {
  readonly node = el("div", { class: "jp-nabla-Explain" });
  #turn = 0;

  constructor(
    private readonly context: PanelContext,
    /** Outlines the factors in the figures of the step. */
    private readonly outline: (entries: readonly Entry[]) => void,
  ) {}

  async show(trace: TraceDocument | undefined, entry: Entry | undefined): Promise<void> {
    const turn = ++this.#turn;
    this.outline(entry ? [entry] : []);
    this.node.replaceChildren(...(trace && entry ? [this.#value(trace, entry)] : [this.#hint()]));
    if (!trace || !entry || trace.tensors[entry.tensor]?.madeBy === trace.steps[0]?.id) return;
    const explanation = await explain(trace, this.context.state().layout, entry).catch(() => undefined);
    if (turn !== this.#turn || !explanation) return;
    this.node.replaceChildren(this.#sentence(trace, entry, explanation));
    this.outline([entry, ...factorsOf(explanation)]);
  }

  #hint(): HTMLElement {
    return el(
      "span",
      { class: "jp-nabla-Explain-hint" },
      this.context.trans.__("Select a number to see where it comes from."),
    );
  }

  #value(trace: TraceDocument, entry: Entry): HTMLElement {
    const tensor = trace.tensors[entry.tensor]!;
    const view = viewTensor(tensor, this.context.state().layout);
    const [row, col] = place(view.transposed, entry.row, entry.col);
    const value = formatNumber(valueAt(view, row, col), trace.conventions.digits === "all" ? "all" : 6);
    return el("span", {}, `${tensor.label} [${row + 1},${col + 1}] = ${value}`);
  }

  #sentence(trace: TraceDocument, entry: Entry, explanation: EntryExplanation): HTMLElement {
    const { trans, dispatch } = this.context;
    const label = trace.tensors[entry.tensor]!.label;
    return el(
      "span",
      {},
      el("span", { class: "jp-nabla-Explain-text" }, `${label} ${explanation.text}`),
      ...explanation.follow.map(({ label: name, step }) =>
        el(
          "button",
          {
            class: "jp-nabla-Button jp-nabla-Explain-follow",
            attrs: { type: "button", "data-step": step },
            on: { click: () => dispatch({ type: "step", id: step }) },
          },
          trans.__("follow %1 → %2", name, step),
        ),
      ),
    );
  }
}
