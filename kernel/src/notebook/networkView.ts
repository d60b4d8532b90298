/** A two-layer network and its backward pass as values of a notebook; the kernel publishes the trace that is shown. */
import type { Backprop, Check, NetworkConfig, TwoLayer } from "../calculus/index.js";
import { type Bundle, tableBundle, traceBundle } from "../display/index.js";

export interface NetworkView extends TwoLayer {
  backprop(): Backprop;
  with(changes: NetworkConfig): NetworkView;
}

export const networkView = (network: TwoLayer): NetworkView =>
  Object.freeze({
    ...network,
    backprop: () => {
      const made = network.backprop();
      return Object.freeze({
        ...made,
        checks: () => shownChecks(made.checks()),
        [Symbol.for("Jupyter.display")]: () => traceBundle(made.trace),
      });
    },
    with: (changes: NetworkConfig) => networkView(network.with(changes)),
  });

/** The list itself, shown as a table. */
function shownChecks(checks: readonly Check[]): readonly Check[] {
  const shown = (): Bundle => tableBundle(checks.map(({ verdict, sentence }) => ({ verdict, check: sentence })));
  return Object.freeze(Object.defineProperty([...checks], Symbol.for("Jupyter.display"), { value: shown }));
}
