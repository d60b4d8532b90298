/** The step, layout and pace survive a reload of the page. They wait in the store until a document comes. */
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
  });
  let timer = 0;
  store.changed.connect((_, { before, after }) => {
    if (before.step === after.step && before.layout === after.layout) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void state.save(KEY, { step: after.step, layout: after.layout }), SETTLED);
  });
}
