/** Networks to start from, each with what it is there to show. Numbers that are left out are those of the demo network. */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { NetworkConfig } from "nabla";

export interface Preset {
  readonly id: string;
  readonly title: (trans: TranslationBundle) => string;
  /** One sentence: what to look at. */
  readonly shows: (trans: TranslationBundle) => string;
  readonly config: NetworkConfig;
}

export const PRESETS: readonly Preset[] = [
  {
    id: "demo",
    title: (trans) => trans.__("Demo"),
    shows: (trans) => trans.__("Small numbers that can be followed by hand."),
    config: {},
  },
  {
    id: "dead-relu",
    title: (trans) => trans.__("Dead ReLU"),
    shows: (trans) => trans.__("h₁ is negative, so row 1 of ∂L/∂W1 is zero (step B7)."),
    config: { activation: "relu" },
  },
  {
    id: "saturated",
    title: (trans) => trans.__("Saturated"),
    shows: (trans) => trans.__("The first layer ten times as large: σ′ is nearly 0 and little comes back (step B6)."),
    config: {
      W1: [
        [5, -10],
        [15, 2.5],
        [-7.5, 10],
      ],
      b1: [1, -2, 3],
    },
  },
  {
    id: "kink",
    title: (trans) => trans.__("Kink"),
    shows: (trans) =>
      trans.__("h₁ is exactly 0: the slope there is what φ′(0) says, and differences see the mean (step B7)."),
    config: { activation: "relu", b1: [1.5, -0.2, 0.3], conventions: { kink: 0 } },
  },
  {
    id: "samples",
    title: (trans) => trans.__("Three samples"),
    shows: (trans) => trans.__("A batch: the gradient is the mean over the samples (step B4); train it."),
    config: {
      conventions: { reduction: "mean" },
      X: [
        [1, 2],
        [-1, 0.5],
        [0.5, -1.5],
      ],
      Y: [
        [0, 1],
        [1, 0],
        [0, 1],
      ],
    },
  },
  {
    id: "xor",
    title: (trans) => trans.__("XOR"),
    shows: (trans) => trans.__("Four samples that no straight line separates; train it."),
    config: {
      activation: "tanh",
      conventions: { reduction: "mean" },
      W1: [
        [1, -0.5],
        [-0.75, 1.25],
        [0.5, 0.75],
      ],
      b1: [0, 0.1, -0.1],
      W2: [
        [0.5, -0.75, 0.25],
        [-0.5, 0.25, 0.75],
      ],
      b2: [0, 0],
      X: [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      Y: [
        [1, 0],
        [0, 1],
        [0, 1],
        [1, 0],
      ],
    },
  },
  {
    id: "symmetric",
    title: (trans) => trans.__("Symmetric start"),
    shows: (trans) =>
      trans.__("Equal weights get equal gradients: the hidden units stay copies of each other (step B7)."),
    config: {
      W1: [
        [0.5, 0.5],
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      b1: [0, 0, 0],
      W2: [
        [0.5, 0.5, 0.5],
        [-0.5, -0.5, -0.5],
      ],
      b2: [0, 0],
    },
  },
];
