/** One line: names it introduces, what it claims, and what is found of every side. */
import { NablaError } from "../../core/errors.js";
import type { Expr } from "../../core/expr.js";
import { sameShape } from "../../core/shape.js";
import { nameOf, symbol } from "../../ops/leaves.js";
import { parseTokens, tokensOf } from "../../text/parse.js";
import { withSymbol } from "../../text/scope.js";
import type { Token } from "../../text/tokens.js";
import type { AnswerOptions } from "../checkAnswer.js";
import { surelyEqual } from "../compare.js";
import { partsOf } from "../statement/frame.js";
import { symbolsIn } from "../symbols.js";
import type { Line } from "./cut.js";
import { judgeEntry } from "./entries.js";
import { type Finding, judgeSide, moves } from "./judge.js";
import { readOff } from "./linear.js";
import { passedOver } from "./page.js";
import { safely } from "./safely.js";
import { leftOf } from "./sides.js";
import { define, grounded, type State, withoutNames } from "./state.js";

export interface Judged {
  readonly finding: Finding;
  readonly skips: readonly string[];
}

const plainFinding = (kind: Finding["kind"], ok: boolean, code: string, message: string): Finding => ({
  kind,
  ok,
  code,
  message,
  layoutSeen: undefined,
  mistakes: [],
});

export function judgeLine(text: string, line: Line, state: State, options: AnswerOptions): Judged {
  try {
    for (const definition of line.definitions) defineFrom(definition, state);
    if (line.claim.trim() === "") return { finding: plainFinding("definition", true, "right", "a name"), skips: [] };
    return claimOf(text, line, state, options);
  } catch (error) {
    if (!(error instanceof NablaError)) throw error;
    const column = error.span ? ` (column ${columnIn(text, line, error.span[0])})` : "";
    return { finding: plainFinding("unread", false, error.code, `${error.message}${column}`), skips: [] };
  }
}

/** The column in the line as it was written, from 1. */
function columnIn(text: string, line: Line, at: number): number {
  const from = line.claim.search(/\S/);
  const start = Math.max(0, text.lastIndexOf(line.written, Math.max(at, from)));
  return Math.max(0, at - start) + 1;
}

function defineFrom(definition: string, state: State): void {
  const [left, right] = partsOf(tokensOf(definition));
  const name = left?.length === 1 && left[0]!.kind === "name" ? left[0]!.text : undefined;
  if (!name || !right || right.length === 0)
    throw new NablaError("syntax", "a name is given as name = expression", {
      span: [definition.search(/\S/), definition.length],
      text: definition,
      want: "with y = W x + b",
    });
  introduce(name, parseTokens(definition, right, state.scope).expr, state);
}

function introduce(name: string, value: Expr, state: State): void {
  const { f, written, wrt } = state.derivation.problem;
  if (symbolsIn(f, written, ...wrt).some((s) => nameOf(s) === name))
    throw new NablaError("ambiguous", `${name} has a meaning in the problem: give this part another name`, {
      got: name,
      want: "a new name",
    });
  const symbolOf = symbol(name, value.shape);
  define(state, { symbol: symbolOf, value }, withSymbol(state.scope, name, symbolOf));
}

function claimOf(text: string, line: Line, state: State, options: AnswerOptions): Judged {
  const parts = partsOf(tokensOf(line.claim));
  const alone = parts.length === 1;
  const left = leftOf(line.claim, parts[0]!, state, alone);
  const sides = alone ? parts : parts.slice(1);
  const empty = sides.findIndex((s) => s.length === 0);
  if (empty >= 0)
    throw new NablaError("syntax", "expected an expression after =", {
      span: [line.claim.trimEnd().length - 1, line.claim.trimEnd().length],
      text,
      want: "left = right",
    });
  if (left.kind === "definition") return definition(left.name, line, sides, state);
  if (left.kind !== "same") state.truth = left;
  if (left.kind === "expression" && !alone) rememberLeft(line.claim, parts[0]!, state);
  if (state.truth?.kind === "entry") return entries(line, sides, state.truth, state);
  let last: Judged | undefined;
  for (const [i, side] of sides.entries()) {
    const e = parseTokens(line.claim, side, state.scope).expr;
    const truth = truthFor(e, state, alone);
    const finding = followed(e, judgeSide(e, truth, state, options), line, state);
    const where = sides.length > 1 ? `side ${i + 1}: ` : "";
    const skips = [...(last?.skips ?? []), ...(finding.ok ? passedOver(withoutNames(state, e), finding, state) : [])];
    if (!finding.ok) return { finding: { ...finding, message: `${where}${finding.message}` }, skips: [] };
    last = { finding, skips };
    if (finding.kind === "value") state.written = e;
    if (finding.kind === "differential") state.lastSide = withoutNames(state, e);
    if (truth === undefined) state.truth = opened(e, finding, state);
  }
  return last!;
}

/** A line that stands alone may turn to the differential, or to the derivative. */
function truthFor(e: Expr, { truth }: State, alone: boolean): State["truth"] {
  if (!alone || truth?.kind !== "expression" || !truth.main) return truth;
  return moves(e) === moves(truth.of) && sameShape(e.shape, truth.of.shape) ? truth : undefined;
}

/** What a chain that began without a left side goes on with. */
const opened = (e: Expr, { kind }: Finding, state: State): State["truth"] =>
  kind === "gradient"
    ? { kind: "gradient", target: state.target, main: true }
    : { kind: "expression", of: grounded(state, e), main: true };

function rememberLeft(claim: string, part: readonly Token[], state: State): void {
  const e = safely(() => parseTokens(claim, part, state.scope).expr);
  state.lastDifferential = e?.op === "d" ? withoutNames(state, e.args[0]!) : undefined;
}

/** "y = W x + b" names a part; "s = y'y" names f where it equals f. */
function definition(name: string, line: Line, sides: readonly Token[][], state: State): Judged {
  const value = parseTokens(line.claim, sides[0]!, state.scope).expr;
  const isF = surelyEqual(withoutNames(state, value), state.target.of, []);
  if (isF) {
    state.outputs.add(name);
    state.written = value;
  }
  introduce(name, value, state);
  for (const side of sides.slice(1)) {
    const other = parseTokens(line.claim, side, state.scope).expr;
    if (!surelyEqual(withoutNames(state, other), withoutNames(state, value), []))
      return { finding: plainFinding("definition", false, "wrong", "the two forms are not equal"), skips: [] };
  }
  const said = isF ? `right: ${name} is what is differentiated` : `${name} names a part`;
  return { finding: plainFinding("definition", true, "right", said), skips: [] };
}

function entries(
  line: Line,
  sides: readonly Token[][],
  truth: Extract<State["truth"], { kind: "entry" }>,
  state: State,
): Judged {
  let finding: Finding | undefined;
  for (const side of sides) {
    const [from, to] = [side[0]!.span[0], side[side.length - 1]!.span[1]];
    const claim = " ".repeat(from) + line.claim.slice(from, to);
    finding = judgeEntry(claim, truth, state);
    if (!finding.ok) break;
  }
  return { finding: finding!, skips: [] };
}

/** A line that is wrong only because an earlier one is. */
function followed(e: Expr, finding: Finding, line: Line, state: State): Finding {
  if (finding.ok) return finding;
  const value = grounded(state, e);
  const { wrong } = state;
  const follows =
    wrong &&
    (surelyEqual(value, wrong.grounded, [state.x]) || (wrong.gradient && surelyEqual(value, wrong.gradient, [])));
  if (follows) return { ...finding, code: "follows", message: `follows from line ${wrong.line}, which is wrong` };
  const gradient = finding.kind === "differential" ? safely(() => readOff(value, state.target)) : undefined;
  if (!wrong && (finding.kind === "differential" || finding.kind === "value"))
    state.wrong = { line: line.number, gradient, grounded: value };
  return finding;
}
