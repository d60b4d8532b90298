/**
 * A statement before it is read: its text cut into links (a = b = c has two), and one scope for all of them in which
 * undeclared names have the most general shapes. Links keep the places of the whole text.
 */
import { NablaError } from "../../core/errors.js";
import { inferShapes } from "../../text/infer.js";
import { tokensOf } from "../../text/parse.js";
import { readDerivative } from "../../text/quotient.js";
import { type Declarations, mergeScopes } from "../../text/scope.js";
import type { Token } from "../../text/tokens.js";

export interface Frame {
  readonly text: string;
  /** One text per link, of the length of the whole; everything else is blank. */
  readonly links: readonly string[];
  /** Declared names and inferred ones. */
  readonly scope: Declarations;
  /** Names whose shape was inferred. */
  readonly inferred: ReadonlySet<string>;
  readonly notes: readonly string[];
}

export function frameOf(written: string, outer: Declarations): Frame {
  const text = plainDifferential(written, outer);
  const parts = partsOf(tokensOf(text));
  if (parts.length < 2 || parts.some((p) => p.length === 0)) return bare(text, outer);
  const shapes = inferShapes(text, parts.flatMap(expressionsOf), outer, { equal: !parts.slice(0, 2).some(isQuotient) });
  const inferred = new Set([...shapes.scope.symbols.keys()].filter((name) => !outer.symbols.has(name)));
  const links = parts.slice(1).map((part, i) => only(text, parts[i]!, part));
  return { text, links, scope: mergeScopes(shapes.scope, outer), inferred, notes: shapes.notes };
}

/** Reading the text itself will say what is wrong with it. */
const bare = (text: string, outer: Declarations): Frame => ({
  text,
  links: [text],
  scope: outer,
  inferred: new Set(),
  notes: [],
});

/** The handwritten notes write D(…) for the differential. */
function plainDifferential(text: string, scope: Declarations): string {
  if (scope.symbols.has("D") || scope.functions.has("D")) return text;
  return text.replace(/(?<![A-Za-z0-9_])D(?=\()/g, "d");
}

const isEquals = (t: Token): boolean => t.kind === "operator" && (t.text === "=" || t.text === "==");

/** The sides of a chain of equations. */
export function partsOf(list: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of list) {
    if (isEquals(token)) parts.push([]);
    else parts[parts.length - 1]!.push(token);
  }
  return parts;
}

const isQuotient = (part: readonly Token[]): boolean => readDerivative(part) !== undefined;

/** A side, or the two expressions of a quotient of differentials. */
function expressionsOf(part: readonly Token[]): readonly Token[][] {
  const quotient = readDerivative(part);
  return quotient ? [quotient.of, quotient.wrt] : [[...part]];
}

function only(text: string, left: readonly Token[], right: readonly Token[]): string {
  const from = left[0]!.span[0];
  const to = right[right.length - 1]!.span[1];
  return " ".repeat(from) + text.slice(from, to) + " ".repeat(text.length - to);
}

/** An error of a link, pointing into the whole text. */
export function inWhole(error: unknown, written: string): unknown {
  return error instanceof NablaError
    ? new NablaError(error.code, error.message, { ...error.facts(), text: written })
    : error;
}
