/** The one error class that users see. Facts are in fields; the message is one sentence. */

export type ErrorCode =
  | "syntax"
  | "unknown_symbol"
  | "unknown_function"
  | "shape_mismatch"
  | "non_square"
  | "ambiguous"
  | "bad_argument"
  | "not_differentiable"
  | "unsupported";

export type Span = readonly [start: number, end: number];

export interface ErrorFacts {
  /** Place in the user's own text, in UTF-16 units. */
  readonly span?: Span | undefined;
  /** The text that `span` points into. */
  readonly text?: string | undefined;
  readonly got?: string | readonly string[] | undefined;
  readonly want?: string | undefined;
  readonly hint?: string | undefined;
  /** A numeric check ended without a result: an error of the engine, and not something that it lacks. */
  readonly check?: "failed" | "undecided" | undefined;
}

/**
 * What a user can do wrong, and what the engine cannot do. `code` is for programs, `message` one sentence for people,
 * `span` the place in `text`; `got`, `want` and `hint` are the facts of the message.
 */
export class NablaError extends Error implements ErrorFacts {
  override readonly name = "NablaError";
  readonly code: ErrorCode;
  readonly span?: Span | undefined;
  readonly text?: string | undefined;
  readonly got?: string | readonly string[] | undefined;
  readonly want?: string | undefined;
  readonly hint?: string | undefined;
  readonly check?: "failed" | "undecided" | undefined;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message);
    this.code = code;
    this.span = facts.span;
    this.text = facts.text;
    this.got = facts.got;
    this.want = facts.want;
    this.hint = facts.hint;
    this.check = facts.check;
  }

  /** The same error with its place filled in; a place that is already known is kept. */
  at(span: Span, text: string): NablaError {
    if (this.span) return this;
    return new NablaError(this.code, this.message, { ...this.facts(), span, text });
  }

  /** The facts without code and message. */
  facts(): ErrorFacts {
    return { span: this.span, text: this.text, got: this.got, want: this.want, hint: this.hint, check: this.check };
  }
}

/** A differential in what is to be differentiated. */
export const differentialGiven = (): NablaError =>
  new NablaError("bad_argument", "the expression has a differential d(…) in it and is not differentiated again", {
    want: "the expression without d",
    hint: "what to differentiate by is named beside it: d(f, x), or wrt of a request",
  });

/** A step, line, form or result whose numbers are wrong: an error of the engine, and nothing that may be shown. */
export const failedCheck = (what: string, error: number, tolerance: number): NablaError =>
  new NablaError("unsupported", `${what} failed its numeric check and is not shown; please report this expression`, {
    got: `relative error ${error.toExponential(1)}`,
    want: `at most ${tolerance}`,
    check: "failed",
  });
