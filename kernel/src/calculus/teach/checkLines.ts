/**
 * A whole derivation, line by line: names, f rewritten, differentials, entries, the derivative read off at the end in
 * either layout. Every line is compared with the truth and not with the line before, so that the first wrong line is
 * named, and what follows from it is said to follow. A derivation is right when its derivative is read off.
 *
 * Score: 1 for a derivation that is right to its end (half with `strictLayout` in the other layout); up to 0.8 for one
 * that is right and unfinished, by how far it came; up to 0.6 with a wrong line: the right ones, half of
 * those that follow from it, and its own partial credit.
 */
import type { Derivation } from "../core/derivation.js";
import { NablaError } from "../core/errors.js";
import { topological } from "../core/expr.js";
import { isSymbol } from "../ops/leaves.js";
import { parseTokens, tokensOf } from "../text/parse.js";
import { mergeScopes, NO_DECLARATIONS } from "../text/scope.js";
import { SCORE } from "./answer/diagnose.js";
import { shownLine } from "./answer/ladder.js";
import { scopeOf, targetOf } from "./answer/target.js";
import type { AnswerOptions } from "./checkAnswer.js";
import { judgeLine } from "./lines/claim.js";
import { cutLines, LINE_BREAK } from "./lines/cut.js";
import { type Finding, moves } from "./lines/judge.js";
import { safely } from "./lines/safely.js";
import { namesOutput } from "./lines/sides.js";
import type { State } from "./lines/state.js";
import { lineReaderOf } from "./notation.js";
import { partsOf } from "./statement/frame.js";
import type { DerivationResult, LineResult } from "./verdict.js";

/**
 * Judges a derivation against ours.
 * @param written lines as a list, or as one text with semicolons or line ends between them
 * @example checkLines(["f = y'y with y = W x + b", "d f = 2 y' dy", "= 2 (W x + b)' dW x"], derivation).message
 * // "every line is right; the derivative is not read off yet"
 */
export function checkLines(
  written: string | readonly string[],
  derivation: Derivation,
  options: AnswerOptions = {},
): DerivationResult {
  const source = typeof written === "string" ? written : written.join(options.notation === "tex" ? ";\n" : LINE_BREAK);
  const state = start(derivation, options);
  try {
    const reader = lineReaderOf(options.notation)(source, state.scope);
    return reader.run((text) => judged(text, state, options, reader.notes));
  } catch (error) {
    // LaTeX that cannot be read has no lines yet.
    if (!(error instanceof NablaError)) throw error;
    const { code, message, span } = error;
    return unread(code, `${message}${span ? ` (column ${span[0] + 1})` : ""}`);
  }
}

const unread = (code: string, message: string): DerivationResult => ({
  ...nothing,
  kind: "derivation",
  lines: [],
  notes: [],
  errata: [],
  finished: false,
  score: SCORE.unread,
  code,
  message,
});

function start(derivation: Derivation, options: AnswerOptions): State {
  const { problem, names } = derivation;
  const target = targetOf(derivation, options.layout ?? problem.layout);
  return {
    derivation,
    target,
    x: target.by,
    scope: mergeScopes(scopeOf(derivation), options.scope ?? NO_DECLARATIONS),
    lets: [...problem.lets, ...names],
    outputs: new Set(),
    truth: undefined,
    written: target.of,
    lastDifferential: undefined,
    lastSide: undefined,
    wrong: undefined,
    at: 0,
    otherwise: false,
  };
}

function judged(text: string, state: State, options: AnswerOptions, notes: readonly string[]): DerivationResult {
  const findings: { line: LineResult; finding: Finding }[] = [];
  for (const line of cutLines(text)) {
    const { finding, skips } = judgeLine(text, line, state, options);
    const { kind, ok, code, message, layoutSeen } = finding;
    findings.push({
      finding,
      line: { number: line.number, text: line.written, kind, ok, code, message, layoutSeen, skips },
    });
  }
  return summary(findings, state, options, notes);
}

type Found = { readonly line: LineResult; readonly finding: Finding };

function summary(
  found: readonly Found[],
  state: State,
  options: AnswerOptions,
  notes: readonly string[],
): DerivationResult {
  const lines = found.map((f) => f.line);
  const base = { kind: "derivation", lines, notes, errata: [] } as const;
  const first = found.find((f) => !f.line.ok);
  const final = [...found].reverse().find((f) => f.finding.final && f.line.ok);
  if (lines.length === 0) return unread("syntax", "no line is given");
  if (first) return withMistake(found, first, base, final !== undefined, state);
  if (!final) {
    return {
      ...base,
      ...nothing,
      finished: false,
      code: "unfinished",
      message: "every line is right; the derivative is not read off yet",
      score: progress(found, state),
      hints: nextSteps(state),
    };
  }
  const turned = final.finding.code === "other_layout";
  return {
    ...base,
    ...nothing,
    ok: !turned,
    finished: true,
    code: final.finding.code,
    score: turned && options.strictLayout ? SCORE.otherLayoutStrict : SCORE.right,
    message: turned ? `every line is right; ${final.finding.message}` : "every line is right",
    layoutSeen: final.finding.layoutSeen,
  };
}

const nothing = { ok: false, hints: [], layoutSeen: undefined, mistakes: [] } as const;
const MOST_FOR_LINES = 0.6;

function withMistake(
  found: readonly Found[],
  first: Found,
  base: Pick<DerivationResult, "kind" | "lines" | "notes" | "errata">,
  finished: boolean,
  state: State,
): DerivationResult {
  const creditOf = ({ line, finding }: Found): number =>
    line.ok ? 1 : line.code === "follows" ? 0.5 : (finding.score ?? 0);
  const credit = found.reduce((sum, one) => sum + creditOf(one), 0);
  const others = found.filter((f) => !f.line.ok && f !== first && f.line.code !== "follows").map((f) => f.line.number);
  const { line, finding } = first;
  return {
    ...base,
    ...nothing,
    finished,
    firstWrong: line.number,
    code: line.code,
    score: Number(((MOST_FOR_LINES * credit) / found.length).toFixed(2)),
    message: `line ${line.number}, ${line.text}: ${line.message}`,
    mistakes: finding.mistakes,
    layoutSeen: line.layoutSeen,
    hints: [
      ...(line.number > 1 ? [`The lines before line ${line.number} are right.`] : []),
      ...(others.length > 0 ? [`Look at line${others.length > 1 ? "s" : ""} ${others.join(", ")} too.`] : []),
      ...(finding.hints ?? [...nextSteps(state)]),
    ],
  };
}

const PROGRESS = { named: 0.1, value: 0.2, differential: 0.4, expanded: 0.6, traced: 0.8 } as const;

/** How far a right derivation came: f, its differential, down to dX, ready to be read off. */
function progress(found: readonly Found[], state: State): number {
  const kinds = new Set(found.map((f) => f.line.kind));
  const last = state.lastSide;
  if (!kinds.has("differential")) return kinds.has("value") ? PROGRESS.value : PROGRESS.named;
  const open = last && topological(last).some((e) => e.op === "d" && !isSymbol(e.args[0]!));
  if (!last || open) return PROGRESS.differential;
  return last.op === "tr" ? PROGRESS.traced : PROGRESS.expanded;
}

/** The next line of our page: its rule, then the line itself. */
function nextSteps({ derivation, at }: State): string[] {
  const { steps } = derivation;
  const next = steps[Math.min(at, steps.length - 1)];
  if (!next) return ["Read the derivative off."];
  const line = shownLine(next);
  return [`Next on the page: ${next.chips.join(", ")}.`, ...(line ? [`The page has ${line}.`] : [])];
}

/** Is this a derivation and no single answer: several lines, a chain, a differential? */
export function isDerivation(written: string, derivation: Derivation, options: AnswerOptions = {}): boolean {
  const scope = mergeScopes(scopeOf(derivation), options.scope ?? NO_DECLARATIONS);
  return (
    safely(() => lineReaderOf(options.notation)(written, scope).run((text) => isLines(text, derivation, options))) ??
    false
  );
}

function isLines(text: string, derivation: Derivation, options: AnswerOptions): boolean {
  const lines = cutLines(text);
  if (lines.length > 1 || lines.some((l) => l.definitions.length > 0)) return lines.length > 0;
  const state = start(derivation, options);
  const parts = safely(() => partsOf(tokensOf(text)));
  if (!parts) return false;
  if (parts.length > 2) return true;
  const [first] = parts;
  if (parts.length === 2 && first!.length === 1 && first![0]!.kind === "name" && first![0]!.text === "d") return true;
  const word = first?.[0]?.kind === "name" ? first[0].text : "";
  if (parts.length === 2 && first!.length === 1 && word.startsWith("d") && namesOutput(word.slice(1), state))
    return true;
  const last = safely(() => parseTokens(text, parts[parts.length - 1]!, state.scope).expr);
  return last !== undefined && moves(last);
}
