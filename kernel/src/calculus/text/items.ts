/**
 * An expression as a row of items: what every token means in its scope, before there is a tree. The passes between
 * text and tree (names, bare function application, implicit products, raised transposes) take a row and give a row.
 */
import type { Span } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import type { Shape } from "../core/shape.js";

/** A value by itself. */
export type Leaf =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "symbol"; readonly name: string; readonly expr: Expr }
  | { readonly kind: "differential"; readonly name: string; readonly expr: Expr }
  | { readonly kind: "dimension"; readonly name: string }
  | { readonly kind: "constant"; readonly name: string; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  /** The vector of ones whose length follows from its surroundings. */
  | { readonly kind: "ones" }
  | { readonly kind: "unknown"; readonly name: string };

/** What is applied to the parenthesis that follows. */
export type Head =
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "apply"; readonly name: string; readonly order: number }
  | { readonly kind: "scalarfn"; readonly name: string; readonly order: number; readonly shape: Shape }
  | { readonly kind: "differential" }
  | { readonly kind: "bars" }
  /** ‖…‖ with what stands below it: "F", "2" or nothing. */
  | { readonly kind: "norm"; subscript: string }
  | { readonly kind: "unknown"; readonly name: string };

export type Item =
  | { readonly kind: "operand"; readonly leaf: Leaf; readonly span: Span; readonly text: string }
  | { readonly kind: "head"; readonly head: Head; readonly span: Span; readonly text: string }
  | { readonly kind: "operator"; readonly text: string; readonly span: Span; readonly implicit?: true }
  | { readonly kind: "prime" | "comma"; readonly span: Span; readonly text: string }
  | { readonly kind: "open" | "close"; readonly span: Span; readonly text: string };

export const isOperator = (item: Item | undefined, ...texts: readonly string[]): boolean =>
  item?.kind === "operator" && texts.includes(item.text);

export const isPower = (item: Item | undefined): boolean => isOperator(item, "^", ".^");
export const isSign = (item: Item | undefined): boolean => isOperator(item, "-", "+");
export const endsOperand = (item: Item | undefined): boolean =>
  item?.kind === "operand" || item?.kind === "close" || item?.kind === "prime";
export const startsOperand = (item: Item | undefined): boolean =>
  item?.kind === "operand" || item?.kind === "open" || item?.kind === "head";

/** Index of the parenthesis that opens what closes at `at`. */
export function openOf(items: readonly Item[], at: number): number {
  let depth = 0;
  for (let i = at; i >= 0; i--) {
    if (items[i]!.kind === "close") depth++;
    if (items[i]!.kind === "open" && --depth === 0) return i;
  }
  return 0;
}

/** Index of the parenthesis that closes what opens at `at`. */
export function closeOf(items: readonly Item[], at: number): number {
  let depth = 0;
  for (let i = at; i < items.length; i++) {
    if (items[i]!.kind === "open") depth++;
    if (items[i]!.kind === "close" && --depth === 0) return i;
  }
  return items.length - 1;
}

/** Start of the operand that ends at `at`, with its primes: x, f(…), (…)'. */
export function operandStart(items: readonly Item[], at: number): number {
  let i = at;
  while (i > 0 && items[i]!.kind === "prime") i--;
  if (items[i]!.kind === "close") {
    i = openOf(items, i);
    if (i > 0 && items[i - 1]!.kind === "head") i--;
  }
  return i;
}

/** Start of the power a^b^c that ends at `at`. */
export function powerStart(items: readonly Item[], at: number): number {
  let i = operandStart(items, at);
  for (;;) {
    let j = i - 1;
    while (j > 0 && isSign(items[j])) j--;
    if (!isPower(items[j])) return i;
    i = operandStart(items, j - 1);
  }
}

/** End of the operand that starts at `at`, without primes. */
export function operandEnd(items: readonly Item[], at: number): number {
  if (items[at]!.kind === "head" && items[at + 1]?.kind === "open") return closeOf(items, at + 1);
  return items[at]!.kind === "open" ? closeOf(items, at) : at;
}
