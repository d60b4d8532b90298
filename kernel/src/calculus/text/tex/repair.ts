/**
 * Eaten escapes. In a string "\frac" is a form feed and "rac", "\top" a tab and "op"; tools then drop the control
 * character or make a line end of it (`rac`, `oldsymbol`, `egin`, newline + `ight` in the notes); and "\sigma" is
 * "sigma". A word is repaired where it has no other reading and one macro alone fits it; every repair is said.
 */
import { NablaError, type Span } from "../../core/errors.js";
import type { Declarations } from "../scope.js";
import { splits } from "../split.js";
import { KNOWN_MACROS, LINES, MATRICES, STYLES, UPRIGHT } from "./macros.js";
import { isReadable } from "./names.js";

export interface Repaired {
  readonly text: string;
  /** Where each character, and the end, stood in the text as it was typed. */
  readonly places: readonly number[];
  readonly warnings: readonly string[];
}

/** What an escape leaves behind, and the letters that may have made it. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\f", "f"],
  ["\b", "b"],
  ["\v", "v"],
  ["\t", "t"],
  ["\n", "nr"],
  ["\r", "r"],
  ["\u0007", "a"],
]);
/** A control character that no text has, where white space may be what it looks like. */
const isEscape = (c: string | undefined): boolean => c !== undefined && ESCAPES.has(c) && !/^[\t\n\r]$/.test(c);
const HEADS = "abfnrtv";
/** The shortest word that is repaired without a sign of an escape. */
const SHORTEST = 3;

const PIECE = /\\([A-Za-z]+)\*?(\s*\{[^{}]*\})?|\\[\s\S]|(\p{Cc}?)([A-Za-z]+)|\p{Cc}/gu;
const ENVIRONMENTS: ReadonlySet<string> = new Set([...LINES, ...MATRICES, "cases"]);

/** "\\\\ " in a string is "\\ ": the end of a line where there are more alignments than lines. */
function withLineEnds(typed: string, warnings: string[]): string {
  const count = (what: RegExp): number => typed.match(what)?.length ?? 0;
  if (!/egin\{/.test(typed) || count(/&\s*=/g) <= count(/\\\\/g) + 1) return typed;
  const ends = typed.replace(/(?<!\\)\\ (?=[^&]*&)/g, "\\\\");
  if (ends !== typed) warnings.push("a backslash and a space is read as the end of a line");
  return ends;
}

export function repaired(given: string, scope: Declarations): Repaired {
  let text = "";
  const places: number[] = [];
  const warnings: string[] = [];
  const typed = withLineEnds(given, warnings);
  let done = 0;
  const copy = (until: number): void => {
    for (; done < until; done++) {
      text += typed[done];
      places.push(done);
    }
  };
  for (const found of typed.matchAll(PIECE)) {
    const at = found.index;
    const [whole, name, group, control, word] = found;
    if (name !== undefined) {
      // What stands in \text{…} and \begin{…} are words of their own.
      copy(at + (group && (UPRIGHT.has(name) || /^(?:begin|end)$/.test(name)) ? whole.length : name.length + 1));
      continue;
    }
    if (at < done || whole.startsWith("\\")) continue;
    const pieces = word === undefined ? undefined : meant(typed, [at, at + whole.length], control ?? "", word, scope);
    if (!pieces && isEscape(control ?? whole)) throw eaten(typed, at, word ?? "");
    if (!pieces) continue;
    copy(at);
    for (const { out, length } of pieces) {
      for (const c of out) {
        text += c;
        places.push(done);
      }
      done += length;
    }
    const made = pieces.map((p) => p.out.trim()).join("");
    const line = `${control && pieces.length === 1 ? `an escape ate the start of ${made}` : `${word} is read as ${made}`}: backslashes are doubled in a string`;
    if (!warnings.includes(line)) warnings.push(line);
    const names = /^\\(?:begin|end)$/.test(pieces[0]!.out) && /^\s*\{[^{}]*\}/.exec(typed.slice(done));
    if (names) copy(done + names[0].length);
  }
  copy(typed.length);
  places.push(typed.length);
  return { text, places, warnings };
}

interface Piece {
  readonly out: string;
  /** Characters of the typed text that it replaces. */
  readonly length: number;
}

/** The macros that a word was; undefined where it can stand as it is. */
function meant(
  typed: string,
  span: Span,
  control: string,
  word: string,
  scope: Declarations,
): readonly Piece[] | undefined {
  const escaped = [...(ESCAPES.get(control) ?? "")].map((c) => c + word).filter((m) => KNOWN_MACROS.has(m));
  const blank = !isEscape(control);
  if (escaped.length === 1 && !(blank && isReadable(word, scope)))
    return [{ out: `\\${escaped[0]}`, length: span[1] - span[0] }];
  if (!blank) return undefined;
  const start = span[0] + control.length;
  const keep: Piece[] = control === "" ? [] : [{ out: control, length: 1 }];
  if (ENVIRONMENTS.has(word) && typed[start - 1] === "{") return undefined;
  const braced = typed[span[1]] === "{" && !/[_^{]/.test(typed[start - 1] ?? "");
  const raised = /\^\{?$/.test(typed.slice(0, start));
  if (word.length < (braced ? 1 : raised ? 2 : SHORTEST)) return undefined;
  if (word.length > 1 && isReadable(word, scope)) return undefined;
  const whole = macrosOf(word);
  if (whole.length > 1 && word.length >= SHORTEST)
    throw new NablaError("ambiguous", `${word} can be ${whole.map((m) => `\\${m}`).join(" or ")}`, {
      span: [start, span[1]],
      text: typed,
      got: word,
      want: "a macro with its backslash",
      hint: "double every backslash in a string, or use expr.tex`…`",
    });
  if (whole.length === 1) return [...keep, { out: `\\${whole[0]}`, length: word.length }];
  if (word.length < SHORTEST) return undefined;
  const macro = (piece: string): boolean => piece.length >= SHORTEST && macrosOf(piece).length === 1;
  const ways = splits(word, (piece) => scope.symbols.has(piece) || macro(piece));
  if (ways.length !== 1) return undefined;
  return [
    ...keep,
    ...ways[0]!.map((piece) => ({
      out: scope.symbols.has(piece) ? `${piece} ` : `\\${macrosOf(piece)[0]} `,
      length: piece.length,
    })),
  ];
}

/** The macros that end in these letters, whole or without the letter that an escape has eaten. */
const macrosOf = (word: string): string[] =>
  ["", ...HEADS].map((head) => head + word).filter((m) => (word.length === 1 ? STYLES : KNOWN_MACROS).has(m));

/** Control characters as they were typed. */
const shown = (text: string): string => text.replace(/\p{Cc}/gu, (c) => `\\${ESCAPES.get(c)?.[0] ?? "u"}`);

const eaten = (typed: string, at: number, word: string): NablaError =>
  new NablaError("syntax", `an escape was eaten before ${word || "this place"}: ${shown(typed[at]!)} is no macro`, {
    span: [at, at + 1 + word.length],
    text: typed,
    got: shown(typed[at]!) + word,
    want: "a macro with its backslash",
    hint: "double every backslash in a string, or use expr.tex`…`",
  });
