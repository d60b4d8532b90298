/**
 * The differential of a long composition by the names of its stages: dh = W da, da = σ′(h)∘dh, …, from the variable to f, one
 * or a few lines per name, and a last line in which they are put into one another. Every line of a name is checked against
 * the derivative of its stage by AD, with numbers for the names before it; so a page of many stages costs what its stages do.
 */
import { type Expr, topological } from "../core/expr.js";
import type { Let, Step } from "../core/step.js";
import { substitute } from "../ops/build.js";
import { d, nameOf } from "../ops/leaves.js";
import { checkDifferential } from "../verify/checkDifferential.js";
import { checkEqual, type Site } from "../verify/checkStep.js";
import { evaluate, type Point } from "../verify/evaluate.js";
import { chainGraph, writtenOut } from "./chainStyle/chainGraph.js";
import { collectNames } from "./collect.js";
import type { LineMove } from "./expandLine.js";
import { substituteLet } from "./lineMoves.js";
import { grounded, type LineState } from "./lineState.js";
import { nextMove } from "./nextLine.js";

/** Fewer names do not make a long page shorter. */
export const FEWEST_NAMES = 4;
/** Lines of one name. */
const MOST_LINES = 8;

export interface NamedDifferentials {
  readonly lets: readonly Let[];
  /** The lines, and the last one, which is `line`: M dx or tr(M dX). */
  readonly collected: (line: Expr) => { readonly steps: readonly Step[] };
}

interface Problem {
  readonly f: Expr;
  readonly x: Expr;
  readonly given?: readonly Let[];
  readonly sites: readonly Site[];
}

/** Undefined where the expression has too few stages that a person would name, or one of them is long itself. */
export function namedDifferentials({ f, x, given = [], sites }: Problem): NamedDifferentials | undefined {
  const graph = chainGraph(f, given, x);
  const open = (e: Expr): Expr => writtenOut(e, { constants: graph.constants, stages: [] });
  const lets = graph.stages.map((l) => ({ symbol: l.symbol, value: open(l.value) }));
  if (lets.length < FEWEST_NAMES) return undefined;
  const steps: Step[] = [];
  let at = sites.map(({ point }) => point);
  for (const [i, part] of [...lets, { symbol: f, value: open(graph.f) }].entries()) {
    const lines = linesOf(part, namesIn(part.value, lets.slice(0, i)), x, at, sites[0]!.seed);
    if (!lines) return undefined;
    steps.push(...lines.steps);
    at = at.map((point) => withName(part, lines.last, point));
  }
  const state: LineState = { line: d(f), lets, wrt: new Set([x]) };
  return {
    lets,
    collected: (line) => ({
      steps: [
        ...steps,
        {
          ...collectNames,
          body: { kind: "differential", of: f, before: d(f), after: line },
          conditions: [],
          shape: "",
          check: checkEqual("collect", grounded(state), grounded(state, line), sites),
        },
      ],
    }),
  };
}

/** The earlier names that a stage speaks of; all of them where a line may give a new one, ‖u‖² = z'z. */
function namesIn(value: Expr, lets: readonly Let[]): readonly Let[] {
  const nodes = new Set(topological(value));
  const names = lets.filter((l) => nodes.has(l.symbol));
  return [...nodes].some((e) => e.op === "norm") ? [...names, ...lets.filter((l) => !nodes.has(l.symbol))] : names;
}

/** The name and its differential get their numbers. */
function withName({ symbol: s, value }: Let, dValue: Expr, point: Point): Point {
  if (s.op !== "symbol") return point;
  const values = { ...point.values, [nameOf(s)]: evaluate(value, point) };
  return { ...point, values, directions: { ...point.directions, [nameOf(s)]: evaluate(dValue, point) } };
}

/** d(value) until only differentials of names and of the variable are left; undefined where that takes too many lines. */
function linesOf(
  { symbol: of, value }: Let,
  names: readonly Let[],
  x: Expr,
  at: readonly Point[],
  seed: number,
): { readonly steps: readonly Step[]; readonly last: Expr } | undefined {
  const by = new Map(of.op === "symbol" ? [[value, of]] : []);
  const wrt = new Set([x]);
  const steps: Step[] = [];
  let state: LineState = { line: d(value), lets: names, wrt };
  const moving = [x, ...names.map((l) => l.symbol)];
  const sites = at.map((point): Site => ({ seed, point, known: new Map(), wrt: moving }));
  for (;;) {
    const inline = state.lets.filter((l) => !names.includes(l));
    const next = nextMove(state, names) ?? (inline.length > 0 ? substituteLet(state, names) : undefined);
    if (!next) return { steps, last: state.line };
    if (steps.length >= MOST_LINES) return undefined;
    const { move } = next;
    const own = next.lets.filter((l) => !names.includes(l));
    const written = (e: Expr): Expr => grounded({ line: e, lets: [...own, ...inline], wrt: new Set(moving) }, e);
    const error = checkDifferential(value, written(move.line), moving, sites);
    if (move.via) checkDifferential(value, written(move.via), moving, sites);
    steps.push(
      stepOf(
        move,
        {
          ...(steps.length === 0 ? { of } : {}),
          before: state.line,
          after: substitute(move.line, by),
          ...(own.length > 0 ? { where: own } : {}),
        },
        { seed, maxRelError: error },
      ),
    );
    state = { line: move.line, lets: next.lets, wrt };
  }
}

const stepOf = (
  { rule, chips, cites, note, via, conditions = [] }: LineMove,
  body: Omit<Extract<Step["body"], { kind: "differential" }>, "kind" | "via">,
  check: Step["check"],
): Step => ({
  ...{ rule, chips, cites, note, conditions, check },
  body: { kind: "differential", ...body, ...(via ? { via } : {}) },
  shape: "",
});
