/** A two-layer network and its backward pass as values of a notebook; the kernel publishes the trace that is shown. */
import type { Backprop, NetworkConfig, TwoLayer } from "../calculus/index.js";
import { traceBundle } from "../display/index.js";

export interface NetworkView extends TwoLayer {
  backprop(): Backprop;
  with(changes: NetworkConfig): NetworkView;
}

export const networkView = (network: TwoLayer): NetworkView =>
  Object.freeze({
    ...network,
    backprop: () => {
      const made = network.backprop();
      return Object.freeze({ ...made, [Symbol.for("Jupyter.display")]: () => traceBundle(made.trace) });
    },
    with: (changes: NetworkConfig) => networkView(network.with(changes)),
  });
