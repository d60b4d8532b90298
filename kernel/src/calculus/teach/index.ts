/** The face of teach/ for the rest of the engine. */
export { check } from "./check.js";
export type { AnswerOptions } from "./checkAnswer.js";
export type { NumbersOptions, Pasted } from "./checkNumbers.js";
export type { StatementOptions } from "./checkStatement.js";
export type { Slip } from "./errata/define.js";
export type { Finding } from "./lint/checks.js";
export type { LintStatement } from "./lint/claims.js";
export { type LintDocument, type LintOptions, type LintReport, type LintResult, lint } from "./lint.js";
export type { Question, QuestionKind, QuestionVerdict, Said } from "./quiz/define.js";
export { type QuizOptions, quizOn } from "./quiz.js";
export type {
  AnswerResult,
  Counterexample,
  DerivationResult,
  EntryResult,
  LayoutSeen,
  LineKind,
  LineResult,
  NamedErratum,
  Numbers,
  NumbersResult,
  Relation,
  StatementResult,
  Verdict,
} from "./verdict.js";
