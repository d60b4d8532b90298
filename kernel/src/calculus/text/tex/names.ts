/**
 * Letters written together, and names with subscripts, by what is declared: Wx is W and x, W_1 is W1 or W_1. What is
 * not declared is a row of letters, as LaTeX sets it, unless it is nearly the name of a function.
 */
import { nearest } from "../distance.js";
import { meaningOf } from "../names.js";
import type { Declarations } from "../scope.js";
import { splits } from "../split.js";
import { FUNCTION_WORDS, LETTER_MACROS } from "./macros.js";
import { lettersOf, type TexNode, withoutSpaces } from "./nodes.js";

/** The word reads as names that are known: as it stands, or one after the other. */
export function isReadable(word: string, scope: Declarations): boolean {
  if (meaningOf(word, scope) !== undefined || FUNCTION_WORDS.has(word)) return true;
  return splits(word, (piece) => isValue(piece, scope)).length > 0;
}

function isValue(piece: string, scope: Declarations): boolean {
  const meaning = meaningOf(piece, scope);
  return meaning !== undefined && (meaning.kind !== "head" || scope.functions.has(piece));
}

/** The words that a run of letters is. */
export function wordsOf(run: string, scope: Declarations): readonly string[] {
  if (meaningOf(run, scope) !== undefined) return [run];
  if (splits(run, (piece) => isValue(piece, scope)).length > 0) return [run];
  const known = FUNCTION_WORDS.get(run);
  if (known) return [known];
  const misspelt = run.length > 2 && /^[A-Za-z][a-z]+$/.test(run) && nearest(run, [...FUNCTION_WORDS.keys()]);
  return misspelt || (run.length > 4 && /^[a-z]+$/.test(run)) ? [run] : (run.match(/[A-Za-z]\d*/g) ?? [run]);
}

/** W with the subscript 1 is W1 or W_1, whichever is declared. */
export function subscripted(stem: string, below: string, scope: Declarations): string {
  const tail = below.trim().replace(/[,\s]+/g, "_");
  const forms = [`${stem}${tail}`, `${stem}_${tail}`];
  const declared = forms.find((name) => scope.symbols.has(name) || scope.functions.has(name));
  return declared ?? (/^\d+$/.test(tail) ? forms[0]! : forms[1]!);
}

/** ^{(1)} or ^{[1]} after a name, as in W^{(1)}: what the label is, and what stands above behind it. */
export function labelOf(
  above: readonly TexNode[],
): { readonly label: string; readonly rest: readonly TexNode[] } | undefined {
  const list = withoutSpaces(above);
  const end = list.findIndex((n) => n.kind === "char" && /^[)\]]$/.test(n.text));
  const label = end < 0 ? undefined : /^[([](\w+)[)\]]$/.exec(nameLetters(list.slice(0, end + 1)))?.[1];
  return label === undefined ? undefined : { label, rest: list.slice(end + 1) };
}

/** \hat y is yhat, y_hat or hat_y, whichever is declared. */
export function accented(stem: string, accent: string, scope: Declarations): string {
  const forms = [`${stem}${accent}`, `${stem}_${accent}`, `${accent}_${stem}`];
  return forms.find((name) => scope.symbols.has(name)) ?? forms[0]!;
}

/** The letters of a subscript, fonts left away: \text{out}, \theta. */
export function nameLetters(nodes: readonly TexNode[]): string {
  return nodes.map((n) => (n.kind === "macro" ? (LETTER_MACROS.get(n.text) ?? "") : lettersOf([n]))).join("");
}
