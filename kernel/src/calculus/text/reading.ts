/** What the builders of nodes share: the row, the scope, the notes for the reader, and errors with their place. */
import { type ErrorCode, type ErrorFacts, NablaError, type Span } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import type { Item } from "./items.js";
import type { Declarations } from "./scope.js";
import { spanOf, type Tree } from "./syntax.js";

export interface Reading {
  readonly text: string;
  readonly items: readonly Item[];
  readonly scope: Declarations;
  readonly notes: string[];
  /** Where in the text a node was first written. */
  readonly places: Map<Expr, Span>;
  readonly read: (tree: Tree) => Expr;
}

export const placeOf = (r: Reading, from: Tree, to: Tree = from): Span => [
  spanOf(r.items, from)[0],
  spanOf(r.items, to)[1],
];

/** The user's own words for a part. */
export const wordsOf = (r: Reading, tree: Tree): string => r.text.slice(...spanOf(r.items, tree)).trim();

export const failure = (
  r: Reading,
  place: Tree | Span,
  code: ErrorCode,
  message: string,
  facts: ErrorFacts = {},
): NablaError => {
  const span = "from" in place ? spanOf(r.items, place) : place;
  return new NablaError(code, message, { ...facts, span, text: r.text });
};

/** Runs a constructor; an error without a place gets this one. */
export function placed<T>(r: Reading, place: Tree | Span, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof NablaError)) throw error;
    throw error.at("from" in place ? spanOf(r.items, place) : place, r.text);
  }
}

export function note(r: Reading, line: string): void {
  if (!r.notes.includes(line)) r.notes.push(line);
}

/** The part without its parentheses. */
export const unwrapped = (tree: Tree): Tree => (tree.kind === "group" ? unwrapped(tree.arg) : tree);

/**
 * The vector of ones written as a bold 1, or as 1': a column or a row whose length follows from its neighbours.
 */
export function onesWritten(r: Pick<Reading, "items">, tree: Tree): "column" | "row" | undefined {
  const leafOf = (t: Tree) => {
    const item = t.kind === "leaf" ? r.items[t.from]! : undefined;
    return item?.kind === "operand" ? item.leaf : undefined;
  };
  if (tree.kind === "leaf") return leafOf(tree)?.kind === "ones" ? "column" : undefined;
  if (tree.kind !== "unary" || tree.op !== "'") return undefined;
  const inner = leafOf(tree.arg);
  return inner?.kind === "ones" || (inner?.kind === "number" && inner.value === 1) ? "row" : undefined;
}
