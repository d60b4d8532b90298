// Long sweeps of the engine's plots show a bar: the engine knows no page, and finds this under a symbol.

import { progress } from "../api/progress.js";

/** What is called for a sweep of `total` steps returns what is told how many are done. */
export function followSweeps(): void {
  (globalThis as Record<symbol, unknown>)[Symbol.for("nabla.progress")] = (total: number, label: string) => {
    const bar = progress(total, label);
    return (done: number): void => bar.set(done);
  };
}
