/** Titles and sentences of elementary steps; a step that a whole network has too keeps its words. */
import type { ValueKey } from "./layers.js";
import { type StepWords, type WordContext, wordsOf } from "./words.js";

type Words = readonly [title: string, sentence: string];

/** Steps of whole networks by what they make. */
const WHOLE: Readonly<Record<"forward" | "backward", Readonly<Partial<Record<ValueKey, string>>>>> = {
  forward: { a: "F2", r: "F4" },
  backward: { W2: "B3", b2: "B4", a: "B5", h: "B6", W1: "B7", b1: "B8", x: "B9" },
};

export function fineWordsOf(pass: "forward" | "backward", key: ValueKey, context: WordContext): StepWords {
  const whole = WHOLE[pass][key];
  if (whole) return wordsOf(whole, context);
  const [title, sentence] = (pass === "forward" ? forward(context) : backward(context))[key] ?? [key, ""];
  return { title, sentence: context.remark ? `${sentence} ${context.remark}` : sentence };
}

function forward({ bias, batch, loss }: WordContext): Partial<Record<ValueKey, Words>> {
  const every = batch > 1 ? "Every sample: " : "";
  const product: Words = ["Weights times input", `${every}every hidden unit weighs the inputs.`];
  const scores: Words = ["Weights times activations", `${every}every output weighs the hidden units.`];
  return {
    u: product,
    h: bias ? ["Add bias 1", "The bias of every hidden unit is added."] : product,
    v: scores,
    z: bias ? ["Add bias 2", "The bias of every output is added."] : scores,
    e: ["Exponentials", "Every score becomes a positive number."],
    s: ["Sum", "The exponentials are added up: what makes a distribution of them."],
    p:
      loss === "binary-cross-entropy"
        ? ["Output sigmoid", "Every score becomes a probability of its own."]
        : ["Quotient", "Each exponential divided by their sum: probabilities."],
    q:
      loss === "mse"
        ? ["Squares", "Every residual squared."]
        : ["Logarithm", "The logarithm of every probability: 0 for certain, far below 0 for unlikely."],
    t: ["Logarithm of the rest", "The logarithm of 1 minus every probability."],
    L: ["Loss", loss === "mse" ? "The squares are added up." : "Minus the logarithms, weighed with the targets."],
  };
}

function backward({ loss }: WordContext): Partial<Record<ValueKey, Words>> {
  return {
    q: ["Loss to its terms", "The loss is linear in them: the gradient is what they are weighed with."],
    t: ["Loss to its other terms", "The loss is linear in them: the gradient is what they are weighed with."],
    p: ["Logarithm to probabilities", "The slope of ln p is 1/p: an unlikely target pulls hard."],
    r: ["Squares to residual", "The slope of r² is 2r."],
    s: ["Quotient to the sum", "A larger sum makes every probability smaller: one number for all of them."],
    e: [
      "Quotient and sum to exponentials",
      "The exponential enters twice, above and below: two contributions are added.",
    ],
    z:
      loss === "mse"
        ? ["Residual to outputs", "The residual moves as the output moves: the Jacobian is the identity."]
        : loss === "binary-cross-entropy"
          ? ["Probabilities to scores", "Entry by entry: upstream times the slope of the sigmoid, p(1 − p)."]
          : ["Exponentials to scores", "The slope of exp z is exp z again; all in all this comes to p − y."],
    u: ["Through the sum with bias 1", "A sum hands its gradient on unchanged."],
    v: ["Through the sum with bias 2", "A sum hands its gradient on unchanged."],
  };
}
