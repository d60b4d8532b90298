/** The names of a text that nothing declares, and what each can be at all: a symbol, a function, a dimension. */

import { LETTERS } from "./characters.js";
import { INSTEAD, NOT_DIFFERENTIABLE } from "./functionNames.js";
import { meaningOf } from "./names.js";
import type { Declarations, FunctionKind } from "./scope.js";
import { splits } from "./split.js";
import type { Token } from "./tokens.js";

export interface Undeclared {
  readonly symbols: readonly string[];
  readonly functions: readonly { readonly name: string; readonly kind: FunctionKind["kind"] }[];
  readonly dims: readonly string[];
}

const ELEMENTWISE_NAMES = new Set(["sigma", "phi", "psi", "rho"]);
const SCALAR_NAMES = new Set(["L", "l", "f", "F"]);
const SIZED = new Set(["eye", "ones", "zeros", "commutation"]);
const GREEK: ReadonlySet<string> = new Set(LETTERS.values());

/** One letter with digits, or a Greek letter: what one symbol is called. Longer words are letters written together. */
const isSymbolName = (word: string): boolean => /^[A-Za-z](\d|_\w)*$/.test(word) || GREEK.has(word.replace(/\d+$/, ""));

export function undeclaredNames(list: readonly Token[], scope: Declarations): Undeclared {
  const symbols = new Set<string>();
  const functions = new Map<string, FunctionKind["kind"]>();
  const dims = new Set<string>();
  const unknown = (name: string): boolean => meaningOf(name, scope) === undefined;
  const words = new Set(list.flatMap((t) => (t.kind === "name" && unknown(t.text) ? [t.text] : [])));
  const sizes = sizedTokens(list);
  list.forEach((token, i) => {
    if (token.kind !== "name") return;
    const marked = /^(?:D\d*|grad|hess)_(.+)$/.exec(token.text);
    const name = marked && unknown(token.text) ? marked[1]! : token.text;
    if (sizes.has(token)) {
      if (!scope.dims.has(name)) dims.add(name);
      return;
    }
    if (!unknown(name) || isTransposeLetter(list, i)) return;
    const kind = functionKind(name, list, i, marked !== null && marked[0] !== undefined);
    if (kind) functions.set(name, kind);
    else for (const piece of piecesOf(name, words, list[i + 1])) if (unknown(piece)) symbols.add(piece);
  });
  return {
    symbols: [...symbols].filter((name) => !functions.has(name)),
    functions: [...functions].map(([name, kind]) => ({ name, kind })),
    dims: [...dims],
  };
}

/** The symbols of a word: itself, X of dX, or letters written together; nothing for a word that is no product. */
function piecesOf(word: string, words: ReadonlySet<string>, next: Token | undefined): readonly string[] {
  if (isSymbolName(word)) return [word];
  const inner = word.startsWith("d") ? word.slice(1) : "";
  if (isSymbolName(inner) && (words.has(inner) || /^[A-Z]/.test(inner))) return [inner];
  const call = next?.kind === "open" && next.tight && /^[a-z]+$/.test(word);
  if (call || word.length > 4 || INSTEAD.has(word) || NOT_DIFFERENTIABLE.has(word)) return [];
  return splits(word, isSymbolName)[0] ?? [];
}

/** σ(…), L(…), D_σ(…) and grad_L(…) call functions; any other name before a parenthesis is a factor. */
function functionKind(
  name: string,
  list: readonly Token[],
  at: number,
  marked: boolean,
): FunctionKind["kind"] | undefined {
  if (marked) return list[at]!.text.startsWith("D") ? "elementwise" : "scalarOf";
  let next = at + 1;
  while (list[next]?.kind === "operator" && list[next]!.text === "'") next++;
  if (list[next]?.kind !== "open" || !list[next]!.tight) return undefined;
  if (ELEMENTWISE_NAMES.has(name)) return "elementwise";
  return SCALAR_NAMES.has(name) && next === at + 1 ? "scalarOf" : undefined;
}

/** X^T and X^-T: the T is no symbol. */
function isTransposeLetter(list: readonly Token[], at: number): boolean {
  if (list[at]!.text !== "T") return false;
  let before = at - 1;
  while (list[before]?.kind === "open" || (list[before]?.kind === "operator" && list[before]!.text === "-")) before--;
  return list[before]?.kind === "operator" && list[before]!.text === "^";
}

/** Name tokens inside eye(…), ones(…) and the like. */
function sizedTokens(list: readonly Token[]): ReadonlySet<Token> {
  const found = new Set<Token>();
  list.forEach((token, i) => {
    if (token.kind !== "name" || !SIZED.has(token.text) || list[i + 1]?.kind !== "open") return;
    for (let k = i + 2; k < list.length && list[k]!.kind !== "close"; k++)
      if (list[k]!.kind === "name") found.add(list[k]!);
  });
  return found;
}
