/**
 * The text before it is parsed: its length, its braces and environments, macros that would change its meaning. Math
 * delimiters and comments become spaces, so that places stay. All of it is one pass over the text.
 */
import { NablaError, type Span } from "../../core/errors.js";
import { MAX_NESTING, tooDeep } from "../brackets.js";
import type { Declarations } from "../scope.js";
import { PROGRAMMING } from "./macros.js";

/** LaTeX says in ten characters what the grammar says in three, but a formula of this length is none. */
const MAX_TEX_LENGTH = 4000;

const PIECE = /\\([A-Za-z@]+)(\s*\{([A-Za-z]*)\*?\})?|\\[\s\S]|[{}$]|%[^\n]*/g;

export function checkLength(text: string): void {
  if (text.length <= MAX_TEX_LENGTH) return;
  throw new NablaError("syntax", `the LaTeX is too long: at most ${MAX_TEX_LENGTH} characters, got ${text.length}`, {
    span: [MAX_TEX_LENGTH, text.length],
    text,
    got: String(text.length),
    want: `at most ${MAX_TEX_LENGTH} characters`,
  });
}

export function screened(text: string): string {
  const open: { what: string; span: Span }[] = [];
  const close = (what: string, span: Span): void => {
    const top = open.pop();
    if (top?.what !== what) throw unmatched(what, span, top, text);
  };
  const begin = (what: string, span: Span): void => {
    open.push({ what, span });
    if (open.length > MAX_NESTING) throw tooDeep(span, text);
  };
  const clean = text.replace(PIECE, (piece: string, name?: string, group?: string, inside?: string, at?: unknown) => {
    const start = at as number;
    const span: Span = [start, start + piece.length];
    if (name !== undefined && PROGRAMMING.has(name)) throw programming(name, [start, start + name.length + 1], text);
    if ((name === "begin" || name === "end") && group !== undefined)
      (name === "begin" ? begin : close)(`\\begin{${inside}}`, span);
    else if (piece === "{") begin("{", span);
    else if (piece === "}") close("{", span);
    else if (/^(?:\$|\\[()[\]]|%[\s\S]*)$/.test(piece)) return " ".repeat(piece.length);
    return piece;
  });
  const left = open.pop();
  if (left) throw unclosed(left, text);
  return clean;
}

const programming = (name: string, span: Span, text: string): NablaError =>
  new NablaError("syntax", `\\${name} is not read: a formula defines no macros and reads no files`, {
    span,
    text,
    got: `\\${name}`,
    want: "a formula",
    hint: "write out what the macro stands for",
  });

const named = (what: string): string => (what === "{" ? "this brace { is" : `${what} is`);

const unclosed = (left: { what: string; span: Span }, text: string): NablaError =>
  new NablaError("syntax", `${named(left.what)} never closed`, {
    span: left.span,
    text,
    want: left.what === "{" ? "}" : left.what.replace("begin", "end"),
  });

function unmatched(what: string, span: Span, top: { what: string; span: Span } | undefined, text: string): NablaError {
  if (top) return unclosed(top, text);
  const found = what === "{" ? "this brace } was" : `${what.replace("begin", "end")} was`;
  return new NablaError("syntax", `${found} never opened`, { span, text, got: text.slice(...span) });
}

const HEAD =
  /^([\s$]*(?:\\begin\{[a-z]+\*?\})?\s*)([A-Za-z])(\s*\((?:[A-Za-z,\s]|\\(?:mathbf|boldsymbol|bm)\{[A-Za-z]+\})+\))(?=\s*&?\s*=)/;
const ALIGNED = /^(\s*)&(\s*)=(?!=)/;
const TRAILING = /,(?=[\s$]*$)/;

/** What a formula keeps of the sentence around it becomes spaces: (x) of "f(x) =", "&=" in front, a comma behind. */
export function framed(latex: string, scope: Declarations): string {
  return latex
    .replace(HEAD, (whole, before: string, name: string, variables: string) =>
      scope.symbols.has(name) || scope.functions?.has(name) ? whole : `${before}${name}${" ".repeat(variables.length)}`,
    )
    .replace(ALIGNED, "$1 $2 ")
    .replace(TRAILING, " ");
}
