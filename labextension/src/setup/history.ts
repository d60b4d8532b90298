/** What undo and redo need: the networks before and after the one that is shown, as plain data. */
import type { NetworkConfig } from "nabla";

export interface History {
  /** Nearest last. */
  readonly past: readonly NetworkConfig[];
  /** Nearest last. */
  readonly future: readonly NetworkConfig[];
}

/** More steps back than this are forgotten. */
const KEPT = 100;

export const NO_HISTORY: History = Object.freeze({ past: [], future: [] });

/** After a change of `before` to something new. */
export const recorded = ({ past }: History, before: NetworkConfig): History => ({
  past: [...past, before].slice(-KEPT),
  future: [],
});

/** One step back from `now`, or undefined at the beginning. */
export function undone(history: History, now: NetworkConfig): { history: History; config: NetworkConfig } | undefined {
  const config = history.past.at(-1);
  return config && { config, history: { past: history.past.slice(0, -1), future: [...history.future, now] } };
}

/** One step on from `now`, or undefined at the end. */
export function redone(history: History, now: NetworkConfig): { history: History; config: NetworkConfig } | undefined {
  const config = history.future.at(-1);
  return config && { config, history: { past: [...history.past, now], future: history.future.slice(0, -1) } };
}
