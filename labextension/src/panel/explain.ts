/**
 * The selected entry written out term by term, with the ways on: "follow g_h" goes to the step that made the factor.
 * The answer comes from the engine; while it loads, and for an entry that nothing explains, the value alone is shown.
 */
import type { EntryExplanation } from "nabla";
import { formatNumber } from "nabla/display";
import { explain } from "../trace/engine.js";
import { type Entry, place, valueAt, viewTensor } from "../trace/matrix.js";
import { el } from "../view/dom.js";
import type { PanelContext } from "./context.js";
import type { Scene } from "./scene.js";

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

  async show(scene: Scene | undefined, entry: Entry | undefined): Promise<void> {
    const turn = ++this.#turn;
    const pinned = this.context.state().pinned;
    this.node.classList.toggle("jp-mod-pinned", pinned);
    this.outline(entry ? [entry] : []);
    this.node.replaceChildren(...(scene && entry ? [this.#value(scene, entry)] : [this.#hint()]));
    if (!scene || !entry || !scene.trace.tensors[entry.tensor]) return;
    const { trace, layout } = scene;
    if (trace.tensors[entry.tensor]!.madeBy === trace.steps[0]?.id) return;
    const explanation = await explain(trace, layout, entry).catch(() => undefined);
    if (turn !== this.#turn || !explanation) return;
    this.node.replaceChildren(...this.#sentence(scene, entry, explanation, pinned));
    this.outline([entry, ...factorsOf(explanation)]);
  }

  #hint(): HTMLElement {
    return el(
      "span",
      { class: "jp-nabla-Explain-hint" },
      this.context.trans.__("Select a number to see where it comes from; Enter pins it, Esc leaves."),
    );
  }

  #value({ trace, layout }: Scene, entry: Entry): HTMLElement {
    const tensor = trace.tensors[entry.tensor];
    if (!tensor) return this.#hint();
    const view = viewTensor(tensor, layout);
    const [row, col] = place(view.transposed, entry.row, entry.col);
    const value = formatNumber(valueAt(view, row, col), trace.conventions.digits === "all" ? "all" : 6);
    return el("span", {}, `${tensor.label} [${row + 1},${col + 1}] = ${value}`);
  }

  #sentence({ trace }: Scene, entry: Entry, explanation: EntryExplanation, pinned: boolean): HTMLElement[] {
    const { trans, dispatch } = this.context;
    const label = trace.tensors[entry.tensor]!.label;
    const button = (name: string, words: string, attrs: Record<string, string>, click: () => void): HTMLElement =>
      el("button", { class: `jp-nabla-Button ${name}`, attrs: { type: "button", ...attrs }, on: { click } }, words);
    return [
      el("span", { class: "jp-nabla-Explain-text" }, `${label} ${explanation.text}`),
      ...explanation.follow.map(({ label: name, step }) =>
        button("jp-nabla-Explain-follow", trans.__("follow %1 → %2", name, step), { "data-step": step }, () =>
          dispatch({ type: "step", id: step }),
        ),
      ),
      ...(pinned ? [button("jp-nabla-Explain-unpin", trans.__("unpin"), {}, () => dispatch({ type: "select" }))] : []),
    ];
  }
}
