/**
 * One face for both questions. With a derivation: is this the derivative? Without: is this statement true?
 * @example check("tr(A B C) = tr(A C B)").verdict // "false"
 * @example check("2 x (W x + b)'", derive(f, [W])).message // "the transpose: numerator layout; this notebook is denominator"
 */
import type { Derivation } from "../core/derivation.js";
import { type AnswerOptions, checkAnswer } from "./checkAnswer.js";
import { checkStatement, type StatementOptions } from "./checkStatement.js";
import type { AnswerResult, StatementResult } from "./verdict.js";

/** Is this answer the derivative? Says what is right, the named mistake, the line that differs, the answer. */
export function check(answer: string, derivation: Derivation, options?: AnswerOptions): AnswerResult;
/** Is this statement true? False comes with a counterexample. */
export function check(statement: string, options?: StatementOptions): StatementResult;
export function check(
  text: string,
  second?: Derivation | StatementOptions,
  third?: AnswerOptions,
): AnswerResult | StatementResult {
  return second !== undefined && "problem" in second
    ? checkAnswer(text, second, third)
    : checkStatement(text, second as StatementOptions | undefined);
}
