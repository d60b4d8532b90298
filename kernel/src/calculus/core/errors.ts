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

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message);
    this.code = code;
    this.span = facts.span;
    this.text = facts.text;
    this.got = facts.got;
    this.want = facts.want;
    this.hint = facts.hint;
  }

  /** The same error with its place filled in; a place that is already known is kept. */
  at(span: Span, text: string): NablaError {
    if (this.span) return this;
    return new NablaError(this.code, this.message, { ...this.facts(), span, text });
  }

  /** The facts without code and message. */
  facts(): ErrorFacts {
    return { span: this.span, text: this.text, got: this.got, want: this.want, hint: this.hint };
  }
}
