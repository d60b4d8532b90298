/** Titles and sentences of the steps. Rules and citations come from the operator records, not from here. */
import type { Network } from "./network.js";

export interface StepWords {
  readonly title: string;
  readonly sentence: string;
}

/** What the words depend on: choices, and the numbers that deserve a remark. */
export interface WordContext extends Pick<Network, "activation" | "loss" | "bias" | "batch" | "conventions"> {
  readonly remark: string;
}

const ACTIVATIONS: Readonly<Record<Network["activation"], string>> = {
  sigmoid: "the sigmoid",
  tanh: "tanh",
  relu: "ReLU",
  "leaky-relu": "leaky ReLU",
  identity: "the identity",
};

const LOSSES: Readonly<Record<Network["loss"], string>> = {
  "cross-entropy": "cross-entropy",
  "binary-cross-entropy": "binary cross-entropy",
  mse: "squared error",
};

export function titleOf(network: Pick<Network, "activation" | "loss" | "sizes" | "batch">): string {
  const batch = network.batch > 1 ? `, ${network.batch} samples` : "";
  return `Network ${network.sizes.join("–")}, ${ACTIVATIONS[network.activation].replace("the ", "")}, ${LOSSES[network.loss]}${batch}`;
}

export function wordsOf(id: string, context: WordContext): StepWords {
  const { activation, loss, batch, conventions } = context;
  const phi = ACTIVATIONS[activation];
  const many = batch > 1;
  const mse = loss === "mse";
  const added = many ? " The contributions of the samples are added." : "";
  const seed =
    many && conventions.reduction === "mean"
      ? `The loss by itself is 1; as a mean, every one of the ${batch} samples counts 1/${batch}.`
      : many
        ? "The loss by itself is 1, and so it is for every sample of the sum."
        : "The loss by itself: everything before it is measured against this 1.";
  const fused = conventions.fused && !mse;
  const words: Readonly<Record<string, readonly [title: string, sentence: string]>> = {
    F0: ["Inputs and parameters", "What is given: the input, the target, and the parameters that are to be learned."],
    F1: ["Affine map 1", `Every hidden unit weighs the inputs${context.bias ? " and adds its bias" : ""}.`],
    F2: ["Activation", `${phi[0]!.toUpperCase()}${phi.slice(1)} of every entry of ${many ? "H" : "h"}.`],
    F3: ["Affine map 2", `Every output weighs the hidden units${context.bias ? " and adds its bias" : ""}.`],
    F4: mse
      ? ["Residual", "Output minus target."]
      : loss === "cross-entropy"
        ? ["Softmax", "Scores become a distribution: positive, with sum 1."]
        : ["Output sigmoid", "Every score becomes a probability of its own."],
    F5: ["Loss", `One number: ${LOSSES[loss]}${many ? `, the ${conventions.reduction} over ${batch} samples` : ""}.`],
    B0: ["Seed", seed],
    B1: [
      mse ? "Loss to residual" : "Loss to probabilities",
      `How the loss changes with ${mse ? "the residual" : "each probability"}.`,
    ],
    B2: fused
      ? ["Loss and output to scores", "Both in one step: probabilities minus targets."]
      : mse
        ? ["Residual to outputs", "The residual moves as the output moves: the Jacobian is the identity."]
        : ["Probabilities to scores", `Upstream times the local Jacobian comes to probabilities minus targets.`],
    B3: ["Weights 2", `The upstream gradient times what the weights were multiplied by.${added}`],
    B4: ["Bias 2", `The bias is added, so its gradient is the upstream gradient.${added}`],
    B5: ["Back through W2", "The same weights as forward, now from outputs to units: the transpose."],
    B6: ["Back through the activation", "Entry by entry: upstream times the slope φ′ at h, a diagonal Jacobian."],
    B7: ["Weights 1", `The upstream gradient times the input: an outer product.${added}`],
    B8: ["Bias 1", `The bias is added, so its gradient is the upstream gradient.${added}`],
    B9: ["Input", "What the loss would change with the input itself; nothing is learned from it here."],
  };
  const [title, sentence] = words[id]!;
  return { title, sentence: context.remark ? `${sentence} ${context.remark}` : sentence };
}
