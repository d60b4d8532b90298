/** The choice of one sample of a batch: its numbers are those of that sample alone. */
import { traceOfSample } from "../trace/engine.js";
import type { PanelState, Sample } from "../trace/state.js";
import { el } from "../view/dom.js";
import type { PanelContext, Part } from "./context.js";

export function samplePart({ trans, dispatch, state }: PanelContext): Part {
  const select: HTMLSelectElement = el("select", {
    class: "jp-nabla-Pace",
    attrs: { "aria-label": trans.__("Sample") },
    on: { change: () => choose(Number(select.value)) },
  });
  const node = el("div", { class: "jp-nabla-Samples", attrs: { hidden: true } }, select);
  let batch = 0;

  function choose(index: number): void {
    const { document } = state();
    if (index < 0 || !document) return dispatch({ type: "sample" });
    void compute({ index, of: document });
  }

  async function compute(sample: Sample): Promise<void> {
    dispatch({ type: "sample", sample });
    const document = await traceOfSample(sample.of, sample.index).catch(() => undefined);
    // Another sample or another document may have been chosen meanwhile.
    if (state().sample === sample)
      dispatch({ type: "sample", ...(document ? { sample: { ...sample, document } } : {}) });
  }

  return {
    node,
    update({ document, sample }: PanelState) {
      const now = document?.network.batch ?? 1;
      node.hidden = now === 1;
      if (now !== batch) {
        batch = now;
        const options = Array.from({ length: now }, (_, i) =>
          el("option", { attrs: { value: i } }, trans.__("sample %1 alone", i + 1)),
        );
        select.replaceChildren(el("option", { attrs: { value: -1 } }, trans.__("all %1 samples", now)), ...options);
      }
      select.value = String(sample?.index ?? -1);
      if (!sample || !document || sample.of === document) return;
      // A new revision: the same sample of it, where it has one.
      const again = { index: sample.index, of: document };
      // After all have seen this state: a change made now would reach them before it.
      queueMicrotask(() => void (again.index < now && now > 1 ? compute(again) : dispatch({ type: "sample" })));
    },
  };
}
