/**
 * One face for all questions. With a derivation: is this the derivative, are these lines right, are these its numbers?
 * Without: is this statement true?
 * @example check("tr(A B C) = tr(A C B)").verdict // "false"
 * @example check("2 x (W x + b)'", derive(f, [W])).message // "the transpose: numerator layout; this notebook is denominator"
 * @example check(["d f = 2 (W x + b)' dW x", "∂f/∂W = 2 (W x + b) x'"], derive(f, [W])).message // "every line is right"
 */
import type { Derivation } from "../core/derivation.js";
import { type AnswerOptions, checkAnswer } from "./checkAnswer.js";
import { checkLines, isDerivation } from "./checkLines.js";
import { checkNumbers, type NumbersOptions, type Pasted } from "./checkNumbers.js";
import { checkStatement, type StatementOptions } from "./checkStatement.js";
import type { AnswerResult, DerivationResult, NumbersResult, StatementResult } from "./verdict.js";

/** Are these lines a right derivation? Names the first wrong line and why. */
export function check(lines: readonly string[], derivation: Derivation, options?: AnswerOptions): DerivationResult;
/** Are these numbers the derivative at `at`? Names the entries that differ and the mistake that makes them. */
export function check(numbers: Pasted, derivation: Derivation, options: NumbersOptions): NumbersResult;
/** Is this answer the derivative? A text of several lines is a derivation. */
export function check(answer: string, derivation: Derivation, options?: AnswerOptions): AnswerResult | DerivationResult;
/** Is this statement true? False comes with a counterexample. */
export function check(statement: string, options?: StatementOptions): StatementResult;
export function check(
  given: string | readonly string[] | Pasted,
  second?: Derivation | StatementOptions,
  third?: AnswerOptions | NumbersOptions,
): AnswerResult | DerivationResult | NumbersResult | StatementResult {
  if (second === undefined || !("problem" in second)) return checkStatement(given as string, second);
  if (typeof given === "string")
    return isDerivation(given, second, third) ? checkLines(given, second, third) : checkAnswer(given, second, third);
  if (Array.isArray(given) && given.every((line) => typeof line === "string")) return checkLines(given, second, third);
  return checkNumbers(given as Pasted, second, third as NumbersOptions);
}
