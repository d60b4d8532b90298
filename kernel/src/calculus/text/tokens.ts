/** The pieces of an expression with their places in the user's text. Spaces only separate. */
import { NablaError, type Span } from "../core/errors.js";
import { type Notation, notation } from "./notation.js";

export type TokenKind =
  | "number"
  | "name"
  | "string"
  | "operator"
  | "open"
  | "close"
  | "comma"
  | "bar"
  | "subscript"
  | "ones";

export interface Token {
  readonly kind: TokenKind;
  /** As ASCII; a bar is "|" or "||", a subscript what follows "_". */
  readonly text: string;
  readonly span: Span;
  /** No space between this token and the one before it. */
  readonly tight: boolean;
  /** First token of a line after the first. */
  readonly newLine?: true;
}

/** A point belongs to the number only where no elementwise operator follows: 2.*x is 2 .* x. */
const NUMBER = /(?:\d+(?:\.(?![*/^'])\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /(?:[A-Za-z]|__(?=[A-Za-z]))\w*/y;
const STRING = /"[^"]*"/y;
/** After a comma nothing can be transposed: 'fro' is a word. */
const QUOTED = /'[A-Za-z0-9]*'/y;
const OPERATOR = /\.\*|\.\/|\.\^|\.'|\*\*|:=|==|!=|<=|>=|&&|[-+*/^'⊗<>=%!~&;]/y;
const BAR = /‖|\|\|?/y;
const SUBSCRIPT = /_(?:\((?:[A-Za-z0-9]+|\*)\)|[A-Za-z0-9]+|\*)/y;

const KINDS: readonly (readonly [TokenKind, RegExp])[] = [
  ["number", NUMBER],
  ["name", NAME],
  ["string", STRING],
  ["operator", OPERATOR],
  ["bar", BAR],
  ["subscript", SUBSCRIPT],
  ["open", /\(/y],
  ["close", /\)/y],
  ["comma", /,/y],
  ["ones", /𝟏/y],
];

export function tokens(text: string): Token[] {
  const source = notation(text);
  const list: Token[] = [];
  let last = 0;
  let newLine = false;
  for (let i = 0; i < source.ascii.length; ) {
    if (/\s/.test(source.ascii[i]!)) {
      newLine ||= source.ascii[i] === "\n" && list.length > 0;
      i++;
      continue;
    }
    const found = (list[list.length - 1]?.kind === "comma" && quoted(source, i)) || match(source, i);
    if (!found) throw strange(source, i, text);
    const [kind, out] = found;
    const span: Span = [source.starts[i]!, source.ends[i + out.length - 1]!];
    list.push({ kind, text: normalised(kind, out), span, tight: i === last && i > 0, ...(newLine ? { newLine } : {}) });
    newLine = false;
    i += out.length;
    last = i;
  }
  return list;
}

function quoted(source: Notation, at: number): readonly [TokenKind, string] | undefined {
  QUOTED.lastIndex = at;
  const found = QUOTED.exec(source.ascii);
  return found ? ["string", found[0]] : undefined;
}

function match(source: Notation, at: number): readonly [TokenKind, string] | undefined {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const found = pattern.exec(source.ascii);
    if (found) return [kind, found[0]];
  }
  return undefined;
}

function normalised(kind: TokenKind, out: string): string {
  if (kind === "subscript") return out.replace(/[_()]/g, "");
  if (out === "**") return "^";
  if (out === "‖") return "||";
  return out === ".'" ? "'" : out;
}

const HINTS: Readonly<Record<string, string>> = {
  ".": "for elementwise operations write .* ./ .^",
  "@": "a matrix product is A*x or A x",
  $: "LaTeX is read by expr.tex(…)",
  "{": "group with parentheses ( )",
  "[": "declare a symbol and give its numbers with .at({…})",
  "\\": "LaTeX is read by expr.tex(…); the solution of A x = b is inv(A)*b",
};

function strange(source: Notation, at: number, text: string): NablaError {
  const c = String.fromCodePoint(source.ascii.codePointAt(at)!);
  return new NablaError("syntax", `unexpected ${c === '"' ? "quotation mark" : c}`, {
    span: [source.starts[at]!, source.ends[at]!],
    text,
    got: c,
    hint: Object.hasOwn(HINTS, c) ? HINTS[c] : undefined,
  });
}
