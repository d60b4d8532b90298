/**
 * How far a long sweep is. The engine knows no page: the kernel leaves a function that shows a bar, under a symbol of its
 * own; without one nothing is shown. A sweep is synchronous, so that an interrupt of the kernel stops it.
 */

/** Begins a bar of `total` steps; what it returns is told how many are done. */
export type ProgressHook = (total: number, label: string) => (done: number) => void;

const HOOK = Symbol.for("nabla.progress");
/** A sweep shorter than this shows no bar. */
const PATIENCE_MS = 400;

/** Calls `step` for 0, 1, … total − 1, with a bar where it takes long. */
export function sweep(total: number, label: string, step: (index: number) => void): void {
  const hook = (globalThis as Record<symbol, unknown>)[HOOK] as ProgressHook | undefined;
  const started = Date.now();
  let told: ((done: number) => void) | undefined;
  for (let index = 0; index < total; index++) {
    step(index);
    if (hook && !told && Date.now() - started > PATIENCE_MS) told = hook(total, label);
    told?.(index + 1);
  }
}
