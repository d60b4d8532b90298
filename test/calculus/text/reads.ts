/** Text in, text out: the parser's result as the printer shows it, and errors as plain data. */
import { NablaError } from "../../../kernel/src/calculus/core/errors.js";
import { text as printed } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";

export const SCOPE = declare(
  "W: m×n, x: n, b: m, y: n, z: m, X: n×n, A: n×n, B: n×n, R: m×n, s, t, N, λ, L: scalar of m, M: scalar of m×n, σ: elementwise",
);

export const read = (text: string, scope = SCOPE): string => printed(parse(text, scope).expr);
export const notesOf = (text: string, scope = SCOPE): readonly string[] => parse(text, scope).notes;

export interface Failure {
  readonly code: string;
  readonly message: string;
  /** The part of the text that the span points at. */
  readonly at: string | undefined;
  readonly hint: string | undefined;
}

/** The error of a run, with the words it points at. */
export function failureOf(text: string, run: () => unknown): Failure | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (!(error instanceof NablaError)) throw error;
    const { code, message, span, hint } = error;
    return { code, message, at: span && text.slice(...span), hint };
  }
}

export const fails = (text: string, scope = SCOPE): Failure | undefined => failureOf(text, () => parse(text, scope));
