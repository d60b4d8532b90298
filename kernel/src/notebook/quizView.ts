/**
 * A quiz as a value of a notebook. The questions are shown with their hints folded (no script runs); answers are given
 * in later cells, and the right one is not in the output before it is asked for.
 */
import { NablaError, type Question, type QuestionVerdict, type Said } from "../calculus/index.js";
import { type Bundle, heatmapBundle } from "../display/index.js";
import { escaped } from "./markdownText.js";

/** What an answer gets. */
export type QuizAnswer = QuestionVerdict & { readonly question: number; readonly left: number; toString(): string };

/** Questions on one derivation. The current one is the first that is not answered rightly. */
export interface QuizView {
  readonly kind: "nabla.quiz";
  readonly seed: number;
  /** Number of questions. */
  readonly count: number;
  /** Mean of the best scores of all questions, from 0 to 1. */
  readonly score: number;
  /**
   * Answers the current question, or a numbered one (from 1).
   * @example myQuiz.answer("m×n")
   */
  answer(text: string | number, question?: number): QuizAnswer;
  /** The next hint of the current question, or of a numbered one. */
  hint(question?: number): string;
  /** The answer of a question; it counts no more after that. */
  reveal(question?: number): string;
  toString(): string;
}

interface Progress {
  best: number;
  hints: number;
  revealed: boolean;
}

export function quizView(questions: readonly Question[], seed: number): QuizView {
  const progress: Progress[] = questions.map(() => ({ best: 0, hints: 0, revealed: false }));
  const open = (): number[] =>
    questions.flatMap((_, i) => (progress[i]!.best < 1 && !progress[i]!.revealed ? [i] : []));
  const at = (question: number | undefined): number => {
    const i = question === undefined ? (open()[0] ?? questions.length - 1) : question - 1;
    if (!Number.isInteger(i) || i < 0 || i >= questions.length)
      throw new NablaError("bad_argument", `quiz: there is no question ${question}`, {
        got: String(question),
        want: `1 to ${questions.length}`,
      });
    return i;
  };
  const view: QuizView = {
    kind: "nabla.quiz",
    seed,
    count: questions.length,
    get score(): number {
      return Number((progress.reduce((sum, p) => sum + p.best, 0) / questions.length).toFixed(2));
    },
    answer: (text, question) => {
      const i = at(question);
      const verdict = questions[i]!.judge(String(text));
      if (!progress[i]!.revealed) progress[i]!.best = Math.max(progress[i]!.best, verdict.score);
      return answered(verdict, i, open(), questions);
    },
    hint: (question) => {
      const i = at(question);
      const { hints } = questions[i]!;
      const shown = hints[Math.min(progress[i]!.hints++, hints.length - 1)];
      return shown ? `hint for question ${i + 1}: ${shown.plain}` : `question ${i + 1} has no hint`;
    },
    reveal: (question) => {
      const i = at(question);
      progress[i]!.revealed = true;
      return `question ${i + 1}: ${questions[i]!.reveal().plain}`;
    },
    toString: () => questions.map(plainQuestion).join("\n\n"),
  };
  Object.defineProperty(view, Symbol.for("Jupyter.display"), {
    value: (): Bundle => ({
      "text/markdown": [`**Quiz** (seed ${seed})`, ...questions.map(markdownQuestion), USAGE].join("\n\n"),
      "text/plain": view.toString(),
    }),
  });
  return Object.freeze(view);
}

const USAGE = 'Answer in a cell: `myQuiz.answer("…")`; `myQuiz.hint()`, `myQuiz.reveal()`.';

function answered(
  verdict: QuestionVerdict,
  i: number,
  left: readonly number[],
  questions: readonly Question[],
): QuizAnswer {
  const next = left.find((k) => k !== i);
  const lines = [
    `${verdict.ok ? "✓" : "✗"} ${verdict.message} (question ${i + 1})`,
    ...(verdict.ok
      ? [next === undefined ? "all questions are answered" : `next: ${plainQuestion(questions[next]!, next)}`]
      : []),
  ];
  const text = lines.join("\n");
  return Object.freeze({
    ...verdict,
    question: i + 1,
    left: left.length,
    toString: () => text,
    [Symbol.for("Jupyter.display")]: (): Bundle => ({
      "text/markdown": lines.map(escaped).join("\n\n"),
      "text/plain": text,
    }),
  });
}

const letter = (i: number): string => String.fromCharCode(65 + i);

const plainQuestion = ({ prompt, choices }: Question, i: number): string =>
  [`${i + 1}. ${prompt.plain}`, ...choices.map((c, k) => `   ${letter(k)}  ${c.plain}`)].join("\n");

function markdownQuestion({ prompt, choices, hints, numbers }: Question, i: number): string {
  const picture = numbers && heatmapBundle(numbers)["image/png"];
  const folded = (hint: Said, k: number): string =>
    `<details><summary>hint ${k + 1}</summary>\n\n${hint.markdown}\n\n</details>`;
  return [
    `**${i + 1}.** ${prompt.markdown}`,
    typeof picture === "string" ? `![heatmap](data:image/png;base64,${picture})` : "",
    choices.map((c, k) => `- **${letter(k)}** ${c.markdown}`).join("\n"),
    hints.map(folded).join("\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
}
