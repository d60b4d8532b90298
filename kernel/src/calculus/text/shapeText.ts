/** Shapes as they are declared: "m×n", "m by n", "[m, n]", "n", "2×3", "scalar", with facts behind. */
import { NablaError } from "../core/errors.js";
import { type Dim, dim, isSquare, ONE, SCALAR, type Shape, shape, showShape } from "../core/shape.js";
import { FACTS, type Fact } from "../ops/leaves.js";
import { plainName } from "./notation.js";

const DIM = "[A-Za-z]\\w*|\\d+";
/** Two dimensions: m*n (as × is read), m x n, m by n, 2x3, mxn with single letters. */
const BY = new RegExp(`^(${DIM})(?:\\s*\\*\\s*|\\s+(?:x|X|by)\\s+)(${DIM})(?!\\w)`);
const TIGHT = /^([A-Za-z]|\d+)[xX]([A-Za-z]|\d+)(?!\w)/;
const BRACKETS = /^\[([^\]]*)\]/;
const SINGLE = new RegExp(`^(${DIM})(?!\\w)`);

const SYNONYMS: ReadonlyMap<string, Fact> = new Map([
  ["unit-interval", "unit_interval"],
  ["positive-definite", "spd"],
  ["pd", "spd"],
  ["sym", "symmetric"],
  ["sign", "signs"],
  ["nonsingular", "invertible"],
]);

export const factNamed = (word: string): Fact | undefined =>
  FACTS.find((f) => f === word.toLowerCase()) ?? SYNONYMS.get(word.toLowerCase());

const SQUARE_FACTS: ReadonlySet<Fact> = new Set<Fact>(["symmetric", "spd", "orthogonal", "diagonal", "invertible"]);

/** A fact that only square matrices have, said of another, is an error. */
export function checkFact(name: string, fact: Fact, s: Shape): void {
  if (SQUARE_FACTS.has(fact) && !isSquare(s))
    throw new NablaError("non_square", `${name}: only a square matrix is ${fact}, got ${showShape(s)}`, {
      got: showShape(s),
      want: "n×n",
    });
}

/** Facts that no value has together, and what was meant. */
const EXCLUSIVE: readonly (readonly [Fact, Fact, string])[] = [
  ["signs", "simplex", "the entries of signs are ±1, those of a simplex are from 0 to 1"],
  ["signs", "positive", "the entries of signs are 1 and -1"],
  ["signs", "unit_interval", "the entries of signs are 1 and -1"],
  ["diagonal", "positive", "the entries beside the diagonal are 0; with a positive diagonal it is spd"],
  ["diagonal", "signs", "the entries beside the diagonal are 0"],
  ["spd", "orthogonal", "the identity is the only such matrix"],
];

/** @throws NablaError `bad_argument` naming two facts that exclude each other */
export function checkTogether(name: string, facts: readonly Fact[]): void {
  const clash = EXCLUSIVE.find(([a, b]) => facts.includes(a) && facts.includes(b));
  if (!clash) return;
  const [a, b, hint] = clash;
  throw new NablaError("bad_argument", `${name}: ${a} and ${b} exclude each other`, {
    got: `${a}, ${b}`,
    want: `${a} or ${b}`,
    hint,
  });
}

export function dimOf(value: string | number): Dim {
  const text = typeof value === "number" ? String(value) : plainName(value);
  const ok = text.split(/[*·]/).every((part) => /^([A-Za-z]\w*|[1-9]\d*)$/.test(part.trim()));
  if (!ok)
    throw new NablaError(
      "bad_argument",
      `expected a dimension (a name or a positive whole number), got ${text || '""'}`,
      {
        got: text,
        want: "a name or a positive whole number",
      },
    );
  return dim(text);
}

/** A shape from its dimensions: [] is a scalar, [n] a column. */
export function shapeOf(dims: readonly (string | number)[]): Shape {
  if (dims.length > 2)
    throw new NablaError("bad_argument", `expected at most two dimensions, got ${dims.length}`, {
      got: dims.join("×"),
      want: "m×n, n or scalar",
    });
  if (dims.length === 0) return SCALAR;
  return shape(dimOf(dims[0]!), dims.length === 2 ? dimOf(dims[1]!) : ONE);
}

export interface ReadShape {
  readonly shape: Shape;
  /** What follows the shape: the words of the facts. */
  readonly rest: string;
}

/** Reads a shape at the start of ASCII text. */
export function readShape(text: string): ReadShape {
  const read = shapeAtStart(text);
  if (/^[^\s,]/.test(read.rest) && read.rest !== text) throw notShape(text);
  return read;
}

/** The text as the user wrote it, near enough: × has become * on the way here. */
const shown = (text: string): string => text.trim().replace(/\s*\*\s*/g, "×") || "nothing";

const notShape = (text: string): NablaError =>
  new NablaError("syntax", `expected a shape such as m×n, n or scalar, got ${shown(text)}`, {
    got: shown(text),
    want: "m×n, n or scalar",
  });

function shapeAtStart(text: string): ReadShape {
  const scalar = /^scalar(?!\w)/.exec(text);
  if (scalar) return { shape: SCALAR, rest: text.slice(scalar[0].length) };
  const brackets = BRACKETS.exec(text);
  if (brackets) {
    const inside = brackets[1]!.trim();
    return { shape: shapeOf(inside === "" ? [] : inside.split(/[,;]/)), rest: text.slice(brackets[0].length) };
  }
  const two = BY.exec(text) ?? TIGHT.exec(text);
  const found = two ?? SINGLE.exec(text);
  if (!found || (!two && factNamed(found[1]!))) {
    if (found) return { shape: SCALAR, rest: text };
    throw notShape(text);
  }
  const rest = text.slice(found[0].length);
  if (/^\s*(\*|[xX]\s|by\s)/.test(rest))
    throw new NablaError("bad_argument", `expected at most two dimensions, got ${shown(text)}`, {
      got: shown(text),
      want: "m×n, n or scalar",
    });
  return { shape: shapeOf(found.slice(1)), rest };
}
