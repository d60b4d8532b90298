/** The face of teach/ for the rest of the engine. */
export { check } from "./check.js";
export type { AnswerOptions } from "./checkAnswer.js";
export type { StatementOptions } from "./checkStatement.js";
export type { Slip } from "./errata/define.js";
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
