/** Questions about a derivation, the same ones for the same seed. */
import type { Derivation } from "../core/derivation.js";
import { NablaError } from "../core/errors.js";
import { random } from "../core/random.js";
import type { Layout } from "../core/step.js";
import { scopeOf, targetOf } from "./answer/target.js";
import type { Maker, Material, Question, QuestionKind } from "./quiz/define.js";
import { layoutQuestion, shapeQuestion } from "./quiz/forms.js";
import { mistakeQuestion, shuffled } from "./quiz/mistakes.js";
import { entryQuestion, heatmapQuestion } from "./quiz/numeric.js";
import { factorQuestion, stepQuestion } from "./quiz/steps.js";

/** Which questions, and how many. */
export interface QuizOptions {
  /** The same seed asks the same questions. */
  readonly seed?: number | undefined;
  readonly kinds?: readonly QuestionKind[] | undefined;
  /** At most so many. */
  readonly count?: number | undefined;
  readonly layout?: Layout | undefined;
}

const MAKERS: { readonly [K in QuestionKind]: Maker } = {
  shape: shapeQuestion,
  factor: factorQuestion,
  layout: layoutQuestion,
  step: stepQuestion,
  mistake: mistakeQuestion,
  entry: entryQuestion,
  heatmap: heatmapQuestion,
};

const SHOWS: ReadonlySet<QuestionKind> = new Set(["factor", "layout"]);

/** Every kind of question. */
export const QUESTION_KINDS = Object.keys(MAKERS) as readonly QuestionKind[];

/**
 * Questions made from a derivation, one of each kind that it has.
 * @throws NablaError `bad_argument` for a kind that is none, or where the derivation has no such question
 * @example quizOn(derive(f, [W]), { seed: 7 })[0].judge("m×n").ok
 */
export function quizOn(derivation: Derivation, options: QuizOptions = {}): readonly Question[] {
  const { seed = 1, kinds = QUESTION_KINDS, count } = options;
  const unknown = kinds.find((kind) => !QUESTION_KINDS.includes(kind));
  if (unknown)
    throw new NablaError("bad_argument", `quiz: no such kind of question, ${unknown}`, {
      got: unknown,
      want: QUESTION_KINDS.join(", "),
    });
  const rng = random(seed * 7919 + 13);
  const target = targetOf(derivation, options.layout ?? derivation.problem.layout);
  const material: Material = { derivation, target, rng, scope: scopeOf(derivation) };
  // Questions that show the derivative come last.
  const order = options.kinds
    ? kinds
    : [
        ...shuffled(
          kinds.filter((k) => !SHOWS.has(k)),
          rng,
        ),
        ...shuffled(
          kinds.filter((k) => SHOWS.has(k)),
          rng,
        ),
      ];
  const questions = order.flatMap((kind) => MAKERS[kind](material) ?? []).slice(0, count);
  if (questions.length === 0)
    throw new NablaError("bad_argument", "quiz: this derivation has no question of these kinds", {
      got: kinds.join(", "),
      want: "another kind, or another derivation",
    });
  return questions;
}
