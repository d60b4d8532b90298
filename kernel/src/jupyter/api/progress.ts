// A bar that updates in place.

import type { MimeBundle } from "../protocol.js";
import { asHandle } from "../runner/handles.js";
import { display } from "./display.js";

/** A progress bar that is on the page. */
export interface Progress {
  /** Steps done so far. */
  readonly value: number;
  /** Go on by `steps` (one unless said). */
  step(steps?: number): void;
  /** Set the number of steps done, and what is written beside the bar. */
  set(value: number, label?: string): void;
}

/** More often than this no eye can follow. */
const INTERVAL_MS = 50;
const WIDTH = 30;

/**
 * Show a progress bar.
 * @param total the number of steps, above 0
 */
export function progress(total: number, label = ""): Progress {
  if (!(total > 0)) throw new Error(`progress: expected a number of steps above 0, got ${total}`);
  let value = 0;
  let drawn = performance.now();
  const bar = display(draw(0, total, label));

  function set(next: number, nextLabel = label): void {
    value = Math.min(total, Math.max(0, next));
    label = nextLabel;
    const now = performance.now();
    if (value < total && now - drawn < INTERVAL_MS) return;
    drawn = now;
    bar.update(draw(value, total, label));
  }

  return asHandle({
    get value() {
      return value;
    },
    step: (steps = 1) => set(value + steps),
    set,
  });
}

function draw(value: number, total: number, label: string): MimeBundle {
  const filled = Math.round((value / total) * WIDTH);
  const text = `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${value}/${total}${label ? ` ${label}` : ""}`;
  const escaped = label.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  return {
    "text/plain": text,
    "text/html": `<progress value="${value}" max="${total}"></progress> ${value}/${total} ${escaped}`,
  };
}
