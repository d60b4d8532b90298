/** The step, the layout and the tab in front survive a reload of the page. They wait in the store until a document comes. */
import type { IStateDB } from "@jupyterlab/statedb";
import type { TraceStore } from "../trace/store.js";

const KEY = "jupyterlab-nabla:place";
/** Milliseconds after the last change at which it is written. */
const SETTLED = 300;

export async function rememberPlace(store: TraceStore, state: IStateDB, restored: Promise<void>): Promise<void> {
  await restored;
  const saved = (await state.fetch(KEY).catch(() => undefined)) as Record<string, unknown> | undefined;
  store.dispatch({
    type: "restore",
    ...(typeof saved?.step === "number" ? { step: saved.step } : {}),
    ...(saved?.layout === "numerator" || saved?.layout === "denominator" ? { layout: saved.layout } : {}),
    ...(typeof saved?.tab === "string" ? { tab: saved.tab } : {}),
  });
  let timer = 0;
  store.changed.connect((_, { before, after }) => {
    const { step, layout, tab } = after;
    if (before.step === step && before.layout === layout && before.tab === tab) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void state.save(KEY, { step, layout, tab }), SETTLED);
  });
}
