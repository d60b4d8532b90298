/** One right-hand side of a line against what it claims to equal. */
import { NablaError } from "../../core/errors.js";
import { type Expr, topological } from "../../core/expr.js";
import { isScalar, sameShape, showShape } from "../../core/shape.js";
import { linearise } from "../../derive/linearise.js";
import { build as b } from "../../ops/build.js";
import { isZero } from "../../ops/leaves.js";
import { text } from "../../print/text.js";
import { type Diagnosis, diagnose } from "../answer/diagnose.js";
import { type Target, targetFor } from "../answer/target.js";
import { type AnswerOptions, judgeAnswer } from "../checkAnswer.js";
import { agree, surelyEqual } from "../compare.js";
import { misreadings } from "../mutations/mutants.js";
import { relationOf } from "../relation.js";
import type { LayoutSeen, LineKind } from "../verdict.js";
import { readOff } from "./linear.js";
import { grounded, type State, type Truth, withoutNames } from "./state.js";

/** What is found of one side of a line. */
export interface Finding {
  readonly kind: LineKind;
  readonly ok: boolean;
  readonly code: string;
  readonly message: string;
  readonly layoutSeen: LayoutSeen;
  readonly mistakes: readonly string[];
  /** Partial credit of a wrong side, as for an answer. */
  readonly score?: number;
  /** The derivative of the problem stands here. */
  readonly final?: true;
  /** How a tutor would go on, the answer last. */
  readonly hints?: readonly string[];
}

const right = (kind: LineKind, message = "right"): Finding => ({
  kind,
  ok: true,
  code: "right",
  message,
  layoutSeen: undefined,
  mistakes: [],
});

const wrong = (
  kind: LineKind,
  message: string,
  named?: Pick<Diagnosis, "code" | "mistakes"> & { readonly score?: number },
): Finding => ({
  kind,
  ok: false,
  code: named?.code ?? "wrong",
  message,
  layoutSeen: undefined,
  mistakes: named?.mistakes ?? [],
  score: named?.score ?? 0,
});

export const moves = (e: Expr): boolean => topological(e).some((x) => x.op === "d");

/** @param truth undefined at the start of a derivation: what a side is shows in the side itself */
export function judgeSide(side: Expr, truth: Truth | undefined, state: State, options: AnswerOptions): Finding {
  const zero = isZero(side);
  if (truth?.kind === "gradient")
    return gradient(zero ? b.zeros(truth.target.here.shape) : side, truth.target, truth.main, state, options);
  const of = truth?.kind === "expression" ? truth.of : undefined;
  const e = grounded(state, zero && of ? b.zeros(of.shape) : side);
  if (truth?.kind === "expression") return sameValue(side, e, truth.of, truth.main, state);
  return opening(side, e, state, options);
}

/** A line that does not say what it speaks of: a differential, the derivative, or f itself. */
function opening(side: Expr, e: Expr, state: State, options: AnswerOptions): Finding {
  const { target } = state;
  if (moves(side)) return sameValue(side, e, linearise(target.of, new Set([state.x])), true, state);
  const fits = [target.here, target.there].some((t) => t && sameShape(t.shape, e.shape));
  const value = sameShape(e.shape, target.of.shape) && (!fits || surelyEqual(e, target.of, []));
  return value ? sameValue(side, e, target.of, true, state) : gradient(side, target, true, state, options);
}

function gradient(side: Expr, target: Target, main: boolean, state: State, options: AnswerOptions): Finding {
  const e = withoutNames(state, side);
  if (moves(e)) return wrong("gradient", "a derivative has no differentials in it: read off the factor in front of dX");
  const problem = main
    ? state.derivation
    : { ...state.derivation, problem: { ...state.derivation.problem, f: target.of, wrt: [target.by] } };
  const { ok, score, code, message, layoutSeen, mistakes, hints } = judgeAnswer(e, target, problem, options);
  const fine = ok || (code === "other_layout" && !options.strictLayout);
  return {
    kind: "gradient",
    ok: fine,
    code,
    message,
    layoutSeen,
    mistakes,
    score,
    hints,
    ...(main ? { final: true as const } : {}),
  };
}

/** Is this side equal to what the line claims, for all values and differentials? */
function sameValue(side: Expr, e: Expr, of: Expr, main: boolean, state: State): Finding {
  const kind: LineKind = moves(of) || moves(side) ? "differential" : main ? "value" : "equation";
  if (!sameShape(e.shape, of.shape))
    return wrong(kind, `this is ${showShape(e.shape)}, and what it should equal is ${showShape(of.shape)}`, {
      code: "shape",
      mistakes: [],
    });
  try {
    if (agree(e, of, [state.x]).equal) return right(kind);
  } catch (error) {
    if (!(error instanceof NablaError && error.code === "unsupported")) throw error;
    return wrong(kind, `this line cannot be compared: ${error.message}`, { code: "undefined_answer", mistakes: [] });
  }
  if (kind === "differential") return wrongDifferential(e, of, main, state);
  return wrongValue(e, of, kind);
}

/** The factor in front of dX is judged like an answer. */
function wrongDifferential(e: Expr, of: Expr, main: boolean, state: State): Finding {
  const dX = `d${text(state.x)}`;
  if (!moves(of)) return wrong("differential", "a differential stands on the right, and none on the left");
  if (!moves(e) && !isZero(e))
    return wrong("differential", `no differential is left: every term of d(…) has ${dX} once`);
  const target = main ? state.target : partTarget(of, state);
  const factor = target && moves(e) ? readOff(e, target) : undefined;
  if (target && moves(e) && !factor && isScalar(of.shape))
    return wrong("differential", `each term of a differential has ${dX} once`, {
      code: "not_linear",
      mistakes: [],
    });
  if (!target || !factor) return wrong("differential", "this is not the differential");
  if (target.there && surelyEqual(factor, target.there, []))
    return wrong("differential", `the factor in front of ${dX} is transposed`, {
      code: "transposed",
      mistakes: ["transposed"],
    });
  const problem = main ? state.derivation.problem : { f: target.of, wrt: [state.x] };
  const named = diagnose(factor, target, problem);
  return wrong("differential", named?.message ?? "this is not the differential", named);
}

/** What a side equation d(u) = … differentiates. */
function partTarget(of: Expr, { x, target, lastDifferential }: State): Target | undefined {
  const u = lastDifferential;
  return u && surelyEqual(linearise(u, new Set([x])), of, [x]) ? targetFor(u, x, target.layout) : undefined;
}

function wrongValue(e: Expr, of: Expr, kind: LineKind): Finding {
  const relation = relationOf(e, of);
  if (relation?.kind === "transpose") return wrong(kind, "this is the transpose", { code: "transposed", mistakes: [] });
  if (relation?.kind === "factor")
    return wrong(kind, `this is ${relation.factor} times what it should be`, { code: "factor", mistakes: [] });
  for (const { code, says, expr } of misreadings(of))
    if (sameShape(expr.shape, e.shape) && surelyEqual(expr, e, []))
      return wrong(kind, says, { code, mistakes: [code] });
  return wrong(kind, "the two sides are not equal");
}
