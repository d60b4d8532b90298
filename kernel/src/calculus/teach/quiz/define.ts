/**
 * Questions made from a derivation: its shapes, steps, factors and mistakes are the engine's own, nothing is typed by
 * hand. A question holds no answer in what is shown; `judge` and `reveal` know it.
 */
import type { Dense } from "../../core/dense.js";
import type { Derivation } from "../../core/derivation.js";
import type { Random } from "../../core/random.js";
import type { Declarations } from "../../text/scope.js";
import type { Target } from "../answer/target.js";

/** What a question asks for. */
export type QuestionKind = "shape" | "factor" | "layout" | "entry" | "mistake" | "step" | "heatmap";

/** Text for a terminal, and Markdown with $…$. */
export interface Said {
  readonly plain: string;
  readonly markdown: string;
}

/** What is said of an answer to a question. */
export interface QuestionVerdict {
  readonly ok: boolean;
  /** Partial credit from 0 to 1. */
  readonly score: number;
  readonly code: string;
  readonly message: string;
}

/** One question with its checker; everything is shown but `reveal`. */
export interface Question {
  readonly kind: QuestionKind;
  readonly prompt: Said;
  /** Lettered A, B, C … when they are shown. */
  readonly choices: readonly Said[];
  /** Numbers that belong to the question, as a heatmap. */
  readonly numbers?: Dense;
  /** From the first thing to look at; the answer is none of them. */
  readonly hints: readonly Said[];
  /** Is this the answer? */
  readonly judge: (answer: string) => QuestionVerdict;
  /** The answer, when it is asked for. */
  readonly reveal: () => Said;
}

/** What a question is made of. */
export interface Material {
  readonly derivation: Derivation;
  readonly target: Target;
  readonly rng: Random;
  readonly scope: Declarations;
}

/** Makes a question; undefined where the derivation has none of this kind. */
export type Maker = (material: Material) => Question | undefined;

export const verdict = (ok: boolean, message: string, more: Partial<QuestionVerdict> = {}): QuestionVerdict => ({
  ok,
  score: ok ? 1 : 0,
  code: ok ? "right" : "wrong",
  message,
  ...more,
});
