/**
 * The differential style: d(f) is expanded line by line by the rules of the operators, then moved to M dx or
 * tr(M dX), then read off. Every line is checked against the one before at random points; the first against
 * the derivative of the expression along the directions of those points.
 */
import { type Expr, treeSize } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import type { Let, Step } from "../core/step.js";
import { build as b } from "../ops/build.js";
import { d } from "../ops/leaves.js";
import { checkDifferential } from "../verify/checkDifferential.js";
import { checkEqual, type Site } from "../verify/checkStep.js";
import { andSoOn, collect } from "./collect.js";
import type { LineMove } from "./expandLine.js";
import { diagMove, sigmoidPrimeMove, substituteLet } from "./lineMoves.js";
import { grounded, type LineState, openDifferentials, varies } from "./lineState.js";
import { countTerms, cyclicMove, hadamardShift, turn, wrapTrace } from "./moves.js";
import { FEWEST_NAMES, namedDifferentials } from "./namedDifferentials.js";
import { nameParts } from "./namedParts.js";
import { type Next, nextMove, staged } from "./nextLine.js";
import { refer } from "./refer.js";

/** A page longer than this is a listing and no derivation; the rest is collected in one line. */
const MOST_LINES = 24;

export interface DifferentialDerivation {
  readonly steps: readonly Step[];
  /** Names introduced in the header. */
  readonly lets: readonly Let[];
  /** The factor in front of dX on the last line (numerator layout), with named parts; absent for order > 2. */
  readonly factor: Expr | undefined;
  /** Whether a declared fact was already used in a step. */
  readonly factsUsed: boolean;
}

export interface DifferentialProblem {
  readonly f: Expr;
  readonly x: Expr;
  /** The engine's answer in numerator layout, without facts; absent for order > 2. */
  readonly numerator: Expr | undefined;
  readonly sites: readonly Site[];
  /** The same with declared facts; equal to `numerator` where none is used. */
  readonly numeratorWithFacts?: Expr | undefined;
  /** The user's names of parts, with their values written out. */
  readonly given?: readonly Let[];
  /** Names that an earlier part of the page has given. */
  readonly lets?: readonly Let[];
}

export function differentialSteps(problem: DifferentialProblem): DifferentialDerivation {
  const { f, x, sites } = problem;
  const wrt = new Set([x]);
  const depends = varies({ line: f, lets: [], wrt });
  const named = problem.lets?.length
    ? { f: refer(f, problem.lets), lets: problem.lets }
    : nameParts(f, depends, problem.given);
  const header = named.lets;
  const start: LineState = { line: d(named.f), lets: header, wrt };
  let state = start;
  checkDifferential(f, grounded(state), [x], sites);
  const steps: Step[] = [];
  const record = (move: LineMove, lets: readonly Let[]): void => {
    const before = state;
    const after: LineState = { line: move.line, lets, wrt };
    const all: LineState = { ...after, lets: [...lets, ...before.lets.filter((l) => !lets.includes(l))] };
    const check = checkEqual(move.rule, grounded(before), grounded(all, move.line), sites);
    if (move.via) checkEqual(move.rule, grounded(before), grounded(all, move.via), sites);
    const shown = lets.filter((l) => !header.includes(l));
    steps.push({
      rule: move.rule,
      chips: move.chips,
      cites: move.cites,
      note: move.note,
      body: {
        kind: "differential",
        before: before.line,
        ...(move.via ? { via: move.via } : {}),
        after: move.line,
        ...(shown.length > 0 ? { where: shown } : {}),
      },
      conditions: move.conditions ?? [],
      shape: "",
      check,
    });
    state = after;
  };

  let factsUsed = false;
  while (steps.length < MOST_LINES) {
    const next: Next | undefined =
      nextMove(state, header) ??
      (isScalar(f.shape) ? staged(state, named.f) : undefined) ??
      substituteLet(state, header);
    if (!next) break;
    factsUsed ||= next.fact === true;
    record(next.move, next.lets);
  }
  const cut = openDifferentials(state).length > 0;
  const finish = (move: LineMove | undefined): void => {
    if (move && steps.length < MOST_LINES) record(move, state.lets);
  };
  if (openDifferentials(state).length === 0) {
    if (isScalar(f.shape)) {
      finish(hadamardShift(state.line));
      finish(turnAndCount(state.line));
      if (!isScalar(x.shape) && x.shape.cols.key !== "1") finish(wrapTrace(state.line));
      finish(turn(state.line));
      finish(cyclicMove(state.line));
    } else finish(diagMove(state.line));
    finish(sigmoidPrimeMove(state));
  }
  const numerator = factsUsed ? (problem.numeratorWithFacts ?? problem.numerator) : problem.numerator;
  const target = numerator && targetLine(f, x, refer(numerator, header));
  const byName = cut && target && !problem.lets?.length ? namedDifferentials(problem) : undefined;
  if (byName) {
    const line = targetLine(f, x, refer(numerator!, byName.lets));
    return { ...byName.collected(line), lets: byName.lets, factor: factorOf(line, line, x), factsUsed: false };
  }
  if (cut && target && (problem.lets?.length ?? 0) >= FEWEST_NAMES) {
    // The derivative of a gradient of many names: its lines would be listings from the first.
    steps.length = 0;
    state = start;
  }
  if (cut) record(andSoOn(state, target), state.lets);
  else finish(target && collect(state, target, x));
  return { steps, lets: header, factor: target && factorOf(state.line, target, x), factsUsed };
}

/** x'dx + x'dx = 2x'dx on one line with the turn that makes the terms equal. */
function turnAndCount(line: Expr): LineMove | undefined {
  const turned = turn(line);
  const counted = countTerms(turned?.line ?? line);
  if (!counted) return turned;
  if (!turned) return { rule: "add/like-terms", chips: ["count"], cites: [], note: "", line: counted };
  return { ...turned, rule: `${turned.rule} + add/like-terms`, via: turned.line, line: counted };
}

/** M dx, tr(M dX) or M dt. */
function targetLine(f: Expr, x: Expr, numerator: Expr): Expr {
  const dx = d(x);
  if (isScalar(x.shape)) return b.times(dx, numerator);
  if (isScalar(f.shape) && x.shape.cols.key !== "1")
    return x.shape.rows.key === "1" ? b.mul(dx, numerator) : b.op("tr", [b.mul(numerator, dx)]);
  const isRow = (e: Expr): boolean => e.shape.rows.key === "1" && !isScalar(e.shape);
  const product = b.mul(numerator, isRow(x) ? b.transpose(dx) : dx);
  return isRow(f) ? b.transpose(product) : product;
}

/** The factor that the last line shows in front of dX; the engine's own where the line is longer. */
function factorOf(line: Expr, target: Expr, x: Expr): Expr | undefined {
  const scalars = line.op === "times" ? line.args.slice(0, -1) : [];
  const body = line.op === "times" ? line.args[line.args.length - 1]! : line;
  const inside = body.op === "tr" ? body.args[0]! : body;
  const inner = inside.op === "times" ? inside.args.slice(0, -1) : [];
  const product = inside.op === "times" ? inside.args[inside.args.length - 1]! : inside;
  if (isScalar(x.shape) || treeSize(line) > treeSize(target)) return undefined;
  if (product.op !== "mul" || product.args[product.args.length - 1] !== d(x)) return undefined;
  const rest = product.args.slice(0, -1);
  return b.times(...scalars, ...inner, b.mul(...rest));
}
