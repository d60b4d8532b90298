/**
 * Text of the grammar as a typed expression.
 *
 * Passes: notation → tokens → brackets → names in scope → bare functions, implicit products, raised transposes →
 * tree (mathjs) → nodes with shapes. Every error is a NablaError whose span points into the text as it was given.
 */
import { NablaError, type Span } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { applyBareFunctions } from "./bare.js";
import { pairBrackets } from "./brackets.js";
import { isFunctionName } from "./functionNames.js";
import { endsOperand, type Item } from "./items.js";
import { refuseLabels } from "./labels.js";
import { meaningOf, resolveNames } from "./names.js";
import { explicitProducts } from "./products.js";
import { fencePowers, raisedLetters } from "./raised.js";
import { readTree } from "./read.js";
import type { Declarations } from "./scope.js";
import { type Tree, toTree } from "./syntax.js";
import { type Token, tokens } from "./tokens.js";
import { emptyText, validate } from "./validate.js";

export const MAX_LENGTH = 20_000;

export interface Parsed {
  readonly expr: Expr;
  readonly text: string;
  /** The text in plain ASCII with every product written out. */
  readonly normalised: string;
  /** What was decided for the reader: "|X| is read as the determinant of a matrix". */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  /** Where a node was first written. */
  readonly places: ReadonlyMap<Expr, Span>;
}

/**
 * Reads one expression in a scope.
 * @example parse("‖W x + b‖²", declare("W: m×n, x: n, b: m")).expr
 */
export function parse(text: string, scope: Declarations): Parsed {
  return parseTokens(text, tokensOf(text), scope);
}

/** The tokens of a text of allowed length. */
export function tokensOf(text: string): Token[] {
  if (text.length > MAX_LENGTH)
    throw new NablaError("syntax", `the text is too long: at most ${MAX_LENGTH} characters, got ${text.length}`, {
      span: [MAX_LENGTH, text.length],
      text,
      got: String(text.length),
      want: `at most ${MAX_LENGTH} characters`,
    });
  return tokens(text);
}

/** Reads the part of a text that these tokens make; places stay those of the whole text. */
export function parseTokens(text: string, list: readonly Token[], scope: Declarations): Parsed {
  const notes: string[] = [];
  const { items, tree } = syntaxOf(text, list, scope, notes);
  const { expr, places } = readTree(tree, { text, items, scope, notes });
  return Object.freeze({
    expr,
    text,
    normalised: items.map((item, i) => shown(item, items[i - 1])).join(""),
    notes: Object.freeze(notes),
    warnings: scope.warnings,
    places,
  });
}

/** The tree of the expression before anything is known about shapes. */
export function syntaxOf(
  text: string,
  list: readonly Token[],
  scope: Declarations,
  notes: string[],
): { items: readonly Item[]; tree: Tree } {
  if (list.length === 0) throw emptyText(text);
  const isFunction = (name: string): boolean => isFunctionName(name) && meaningOf(name, scope)?.kind === "head";
  const named = resolveNames(pairBrackets(list, text, isFunction), scope, text, notes);
  validate(named, text);
  refuseLabels(named, text, scope);
  const applied = applyBareFunctions(raisedLetters(named, text), text);
  const items = fencePowers(explicitProducts(applied, text, notes));
  return { items, tree: toTree(items, text) };
}

function shown(item: Item, before: Item | undefined): string {
  if (item.kind === "comma") return ", ";
  const spaced = item.kind === "operator" && /^[-+⊗]$/.test(item.text) && endsOperand(before);
  return spaced ? ` ${item.text} ` : item.text;
}
