/**
 * Named intermediates: "h = W1 x + b1; a = relu(h); L = -t' log(softmax(a))". Statements end at a semicolon or a
 * line, unless the line is plainly unfinished. Each name is a fresh symbol with the shape of what it names and can
 * be used below; the last statement is the result, with or without a name.
 */
import { differentialGiven, NablaError, type Span } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { showShape } from "../core/shape.js";
import { symbol } from "../ops/leaves.js";
import { type Parsed, parseTokens, tokensOf } from "./parse.js";
import { type Declarations, withSymbol } from "./scope.js";
import type { Token } from "./tokens.js";
import { emptyText } from "./validate.js";

export interface Let {
  readonly name: string;
  /** The symbol that stands for this part below. */
  readonly symbol: Expr;
  readonly expr: Expr;
  readonly span: Span;
}

/** What a text says: one expression, or named intermediates and a result. */
export interface Program {
  readonly lets: readonly Let[];
  readonly result: Expr;
  /** The name of the last statement, if it has one. */
  readonly resultName: string | undefined;
  readonly text: string;
  readonly normalised: string;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  /** The scope of the last statement: the declared names and those of the parts. */
  readonly scope: Declarations;
}

/** What the text is read for. */
export interface Purpose {
  /** To differentiate it: a differential in it is refused at its place. */
  readonly derivative?: boolean;
}

/** A text of one or more statements; a single expression is a program without names. */
export function parseProgram(text: string, scope: Declarations, purpose: Purpose = {}): Program {
  const statements = splitStatements(tokensOf(text));
  if (statements.length === 0) throw emptyText(text);
  const lets: Let[] = [];
  const notes: string[] = [];
  const lines: string[] = [];
  let inner = scope;
  let result: { parsed: Parsed; name: string | undefined } | undefined;
  statements.forEach((list, i) => {
    const name = nameOfStatement(list);
    if (name) checkFresh(name, list[0]!, inner, lets, text);
    const parsed = parseTokens(text, name ? list.slice(2) : list, inner);
    if (purpose.derivative) refuseDifferentials(parsed);
    notes.push(...parsed.notes.filter((line) => !notes.includes(line)));
    lines.push(name ? `${name} = ${parsed.normalised}` : parsed.normalised);
    if (i === statements.length - 1) result = { parsed, name };
    else if (name === undefined) throw unnamed(list, text);
    else {
      const made = symbol(name, parsed.expr.shape);
      lets.push(Object.freeze({ name, symbol: made, expr: parsed.expr, span: spanOfTokens(list) }));
      inner = withSymbol(inner, name, made);
    }
  });
  return Object.freeze({
    lets: Object.freeze(lets),
    result: result!.parsed.expr,
    resultName: result!.name,
    text,
    normalised: lines.join("; "),
    notes: Object.freeze(notes),
    warnings: scope.warnings,
    scope: inner,
  });
}

function refuseDifferentials({ places, text }: Parsed): void {
  for (const [e, span] of places) if (e.op === "d") throw differentialGiven().at(span, text);
}

export const spanOfTokens = (list: readonly Token[]): Span => [list[0]!.span[0], list[list.length - 1]!.span[1]];

/** Cuts at semicolons and line ends outside brackets; empty statements fall away. */
export function splitStatements(list: readonly Token[]): Token[][] {
  const out: Token[][] = [[]];
  let depth = 0;
  list.forEach((token, i) => {
    const semicolon = token.kind === "operator" && token.text === ";";
    const line = token.newLine && !continues(list[i - 1]!, token);
    if (depth === 0 && (semicolon || line)) out.push([]);
    if (token.kind === "open") depth++;
    if (token.kind === "close") depth = Math.max(0, depth - 1);
    if (!(semicolon && depth === 0)) out[out.length - 1]!.push(token);
  });
  return out.filter((statement) => statement.length > 0);
}

/** A line goes on after an operator or comma, and before an operator that cannot begin an operand. */
function continues(before: Token, token: Token): boolean {
  const open = before.kind === "comma" || (before.kind === "operator" && before.text !== "'" && before.text !== ";");
  return open || (token.kind === "operator" && token.text !== "-" && token.text !== ";") || token.kind === "comma";
}

function nameOfStatement(list: readonly Token[]): string | undefined {
  const equals = list[1]?.kind === "operator" && (list[1].text === "=" || list[1].text === ":=");
  return list[0]!.kind === "name" && equals ? list[0]!.text : undefined;
}

function checkFresh(name: string, token: Token, scope: Declarations, lets: readonly Let[], text: string): void {
  const known = scope.symbols.get(name);
  if (!known && !scope.functions.has(name)) return;
  const what = lets.some((l) => l.name === name)
    ? "has a meaning above"
    : known
      ? `is declared (${showShape(known.shape)})`
      : "is declared as a function";
  throw new NablaError("ambiguous", `${name} ${what}: give this part another name`, {
    span: token.span,
    text,
    got: name,
    want: "a new name",
  });
}

const unnamed = (list: readonly Token[], text: string): NablaError =>
  new NablaError("syntax", "only the last statement can go without a name", {
    span: spanOfTokens(list),
    text,
    want: "name = expression",
    hint: "h = …; or put the statements in one expression",
  });
