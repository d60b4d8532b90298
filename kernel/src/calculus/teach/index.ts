/** The face of teach/ for the rest of the engine. */
export { check } from "./check.js";
export { type AnswerOptions, checkAnswer } from "./checkAnswer.js";
export { checkStatement, type StatementOptions } from "./checkStatement.js";
export type { Slip } from "./errata/define.js";
export { SLIPS } from "./errata/index.js";
export type {
  AnswerResult,
  Counterexample,
  LayoutSeen,
  NamedErratum,
  Numbers,
  Relation,
  StatementResult,
  Verdict,
} from "./verdict.js";
