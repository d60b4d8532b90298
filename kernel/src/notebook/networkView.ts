/** A two-layer network and its backward pass as values of a notebook; the kernel publishes the trace that is shown. */
import {
  type Backprop,
  type Check,
  type CheckOptions,
  gradientCheck,
  type NetworkConfig,
  type TrainingOptions,
  type TwoLayer,
} from "../calculus/index.js";
import { type Bundle, tableBundle, traceBundle } from "../display/index.js";
import { type GradientCheckView, gradientCheckView } from "./gradientCheckView.js";
import { type TrainingView, trainingView } from "./trainingView.js";

export interface NetworkView extends TwoLayer {
  backprop(): Backprop;
  /**
   * Every parameter's gradient against reverse AD and central differences; with a fault, as a backward pass with that
   * mistake would make it. @example twoLayer().check({ fault: "slope-dropped" })
   */
  check(options?: CheckOptions): GradientCheckView;
  /** Gradient descent; the network itself stays as it is. @example twoLayer().train({ rate: 0.5, steps: 200 }).at(50) */
  train(options?: TrainingOptions): TrainingView<NetworkView>;
  with(changes: NetworkConfig): NetworkView;
}

export const networkView = (network: TwoLayer): NetworkView =>
  Object.freeze({
    ...network,
    get config() {
      return network.config;
    },
    backprop: () => {
      const made = network.backprop();
      return Object.freeze({
        ...made,
        checks: () => shownChecks(made.checks()),
        [Symbol.for("Jupyter.display")]: () => traceBundle(made.trace),
      });
    },
    check: (options = {}) => gradientCheckView(gradientCheck(network.config, options)),
    train: (options = {}) => trainingView(network, options, networkView),
    with: (changes: NetworkConfig) => networkView(network.with(changes)),
  });

/** The list itself, shown as a table. */
function shownChecks(checks: readonly Check[]): readonly Check[] {
  const shown = (): Bundle => tableBundle(checks.map(({ verdict, sentence }) => ({ verdict, check: sentence })));
  return Object.freeze(Object.defineProperty([...checks], Symbol.for("Jupyter.display"), { value: shown }));
}
