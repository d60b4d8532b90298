/**
 * Is a student's answer the derivative? Parse → shape → equality at three generic points → relation (transpose,
 * factor) → special case → named mistake, found by mutating our own derivation.
 *
 * Layouts. An answer that is right in the other layout has full marks, `score` 1, with `ok` false and a message that
 * names both layouts, so that a notebook shows that it disagrees with the convention in force; pass `layout` to ask
 * for the other one. With `strictLayout` it has half the marks.
 */
import type { Derivation } from "../core/derivation.js";
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { isScalar, sameShape, showShape } from "../core/shape.js";
import type { Layout } from "../core/step.js";
import { isZero } from "../ops/leaves.js";
import { text as print } from "../print/text.js";
import { type Declarations, mergeScopes, NO_DECLARATIONS } from "../text/scope.js";
import { diagnose, SCORE } from "./answer/diagnose.js";
import { ladder } from "./answer/ladder.js";
import { factsUsed } from "./answer/special.js";
import { otherLayout, readAnswer, scopeOf, type Target, targetOf } from "./answer/target.js";
import { agree, surelyEqual } from "./compare.js";
import { named, saySlip } from "./errata/index.js";
import { slipOf } from "./errata/match.js";
import { type Notation, readerOf } from "./notation.js";
import { symbolsIn } from "./symbols.js";
import type { AnswerResult, LayoutSeen, NamedErratum } from "./verdict.js";

/** Layout, strictness and names for checking an answer. */
export interface AnswerOptions {
  /** The layout in which the answer is asked for; that of the derivation by default. */
  readonly layout?: Layout | undefined;
  /** Teachers: the other layout costs half the marks. */
  readonly strictLayout?: boolean | undefined;
  /** Names of the notebook beside those of the derivation. */
  readonly scope?: Declarations | undefined;
  /** What the answer is written in; LaTeX is never guessed. */
  readonly notation?: Notation | undefined;
}

/**
 * Checks an answer against a derivation; "∂f/∂W = …" may stand before it.
 * @example checkAnswer("(W x + b) x'", derive(f, [W])).message // "right up to a factor: the factor 2 is missing"
 */
export function checkAnswer(written: string, derivation: Derivation, options: AnswerOptions = {}): AnswerResult {
  const target = targetOf(derivation, options.layout ?? derivation.problem.layout);
  let answer: Expr;
  let notes: readonly string[];
  try {
    const scope = mergeScopes(scopeOf(derivation), options.scope ?? NO_DECLARATIONS);
    const read = readerOf(options.notation)(written, scope);
    const given = read.run((text) => readAnswer(text, derivation, scope, target));
    answer = given.expr;
    notes = [...read.notes, ...given.notes];
  } catch (error) {
    if (error instanceof NablaError) return unread(error);
    throw error;
  }
  try {
    return { ...judgeAnswer(answer, target, derivation, options), notes };
  } catch (error) {
    if (error instanceof NablaError && error.code === "unsupported") return undefinedAnswer(error, notes);
    throw error;
  }
}

const base = { kind: "answer", hints: [], notes: [], errata: [], mistakes: [], layoutSeen: undefined } as const;

function unread(error: NablaError): AnswerResult {
  const column = error.span ? ` (column ${error.span[0] + 1})` : "";
  return {
    ...base,
    ok: false,
    score: SCORE.unread,
    code: error.code,
    message: `${error.message}${column}`,
    hints: error.hint ? [error.hint] : [],
    ...(error.span ? { span: error.span } : {}),
  };
}

const undefinedAnswer = (error: NablaError, notes: readonly string[]): AnswerResult => ({
  ...base,
  ok: false,
  score: SCORE.unread,
  code: "undefined_answer",
  message: `the answer cannot be compared: ${error.message}`,
  notes,
});

/** The verdict on an expression. @throws NablaError `unsupported` where no point decides */
export function judgeAnswer(
  answer: Expr,
  target: Target,
  derivation: Derivation,
  options: AnswerOptions,
): AnswerResult {
  const fits = (e: Expr | undefined): e is Expr => e !== undefined && sameShape(e.shape, answer.shape);
  const here = fits(target.here) && agree(answer, target.here, []).equal;
  const there = fits(target.there) && surelyEqual(answer, target.there, []);
  if (here) return right(answer, target, derivation, there || !target.there ? "both" : target.layout);
  if (there) return turned(answer, target, derivation, options.strictLayout ?? false);
  return wrong(answer, target, derivation);
}

function right(answer: Expr, target: Target, derivation: Derivation, layoutSeen: LayoutSeen): AnswerResult {
  const plain =
    target.of === derivation.problem.f && target.layout === "denominator" ? derivation.plain.matrix : undefined;
  const facts = factsUsed(answer, target, plain);
  return {
    ...base,
    ok: true,
    score: SCORE.right,
    code: facts.length > 0 ? "right_by_fact" : "right",
    message: facts.length > 0 ? `right, because ${facts.join(" and ")}` : "right",
    layoutSeen,
  };
}

function turned(answer: Expr, target: Target, derivation: Derivation, strict: boolean): AnswerResult {
  const seen = otherLayout(target.layout);
  const errata = slips(answer, target, derivation);
  return {
    ...base,
    ok: false,
    score: strict ? SCORE.otherLayoutStrict : SCORE.otherLayout,
    code: "other_layout",
    message: [`the transpose: ${seen} layout; this notebook is ${target.layout}`, ...errata.map(saySlip)].join(". "),
    hints: [
      `Right in ${seen} layout, ${showShape(answer.shape)}; transpose it for ${target.layout} layout.`,
      `The answer is ${print(target.here)}.`,
    ],
    layoutSeen: seen,
    relation: { kind: "transpose" },
    errata,
  };
}

function wrong(answer: Expr, target: Target, derivation: Derivation): AnswerResult {
  const fits = [target.here, target.there].some((e) => e && sameShape(e.shape, answer.shape));
  const diagnosis = diagnose(answer, target, derivation.problem);
  const errata = slips(answer, target, derivation);
  // A number has no shape to be right about, and zero takes any.
  const says = !isScalar(answer.shape) && !isZero(answer);
  const code = fits ? (diagnosis?.code ?? "wrong") : "shape";
  const shape = `the answer is ${showShape(answer.shape)}; the derivative by ${print(target.by)} is ${showShape(target.here.shape)} (${target.layout} layout)`;
  const message = [
    fits ? (diagnosis?.message ?? "this is not the derivative") : shape,
    ...(!fits && diagnosis ? [diagnosis.message] : []),
    ...errata.map(saySlip),
  ].join("; ");
  return {
    ...base,
    ok: false,
    score: fits ? (diagnosis?.score ?? (says ? SCORE.shapeOnly : SCORE.unread)) : SCORE.wrongShape,
    code,
    message,
    hints: ladder(answer, target, derivation, diagnosis),
    mistakes: diagnosis?.mistakes ?? [],
    ...(diagnosis?.relation ? { relation: diagnosis.relation } : {}),
    errata,
  };
}

/** Slips of the notes that the answer repeats. */
function slips(answer: Expr, { by }: Target, { problem }: Derivation): readonly NamedErratum[] {
  if (problem.wrt.length !== 1) return [];
  const symbols = symbolsIn(problem.f, by, answer);
  const found = slipOf({ left: problem.f, by, right: answer, wrt: [], symbols });
  return found ? [named(found.slip)] : [];
}
