/**
 * Does a statement or an answer repeat a slip of the notes? By meaning: under some naming both sides are equal to
 * those of the slip. Where a side has no meaning (its shapes do not fit) by spelling, names and products apart.
 */
import { NablaError } from "../../core/errors.js";
import type { Expr } from "../../core/expr.js";
import { isMatrix, isScalar, type Shape } from "../../core/shape.js";
import { build } from "../../ops/build.js";
import { isNumber, nameOf } from "../../ops/leaves.js";
import { declare } from "../../text/declare.js";
import type { Item } from "../../text/items.js";
import { parse, syntaxOf, tokensOf } from "../../text/parse.js";
import { readDerivative } from "../../text/quotient.js";
import { type Declarations, declarations } from "../../text/scope.js";
import type { Token } from "../../text/tokens.js";
import { surelyEqual } from "../compare.js";
import { partsOf } from "../statement/frame.js";
import type { Claim, Slip } from "./define.js";
import { SLIPS } from "./index.js";

/** A claim under test: left = right, or ∂left/∂by = right. */
export interface Tested {
  readonly left: Expr;
  readonly right: Expr;
  readonly by?: Expr | undefined;
  readonly wrt: readonly Expr[];
  readonly symbols: readonly Expr[];
}

export interface Matched {
  readonly slip: Slip;
  /** The name in the text for each name of the slip. */
  readonly names: ReadonlyMap<string, Expr>;
}

const MOST_SYMBOLS = 4;

/** @param inferred names whose shape is a guess: a capital is a matrix all the same */
export function slipOf(tested: Tested, inferred: ReadonlySet<string> = new Set()): Matched | undefined {
  for (const slip of SLIPS) {
    const names = slip.claim && namesFor(slip.claim, tested, inferred);
    if (names) return { slip, names };
  }
  return undefined;
}

type Kind = "scalar" | "vector" | "matrix";
const kindOf = (s: Shape): Kind => (isScalar(s) ? "scalar" : isMatrix(s) ? "matrix" : "vector");
const likely = (name: string): Kind => (/^[A-Z]/.test(name) ? "matrix" : /^[a-z]\d*$/.test(name) ? "vector" : "scalar");

/** Several slips have one formula for different kinds of names: all must be of the kind in the slip. */
function sameKinds(claim: Claim, names: ReadonlyMap<string, Expr>, inferred: ReadonlySet<string>): boolean {
  const own = declare(claim.vars).symbols;
  return ![...names].some(([name, s]) => {
    const wanted = kindOf(own.get(name)!.shape);
    return kindOf(s.shape) !== wanted && !(inferred.has(nameOf(s)) && likely(nameOf(s)) === wanted);
  });
}

function namesFor(claim: Claim, tested: Tested, inferred: ReadonlySet<string>): ReadonlyMap<string, Expr> | undefined {
  if ((claim.by === undefined) !== (tested.by === undefined)) return undefined;
  const own = [...declare(claim.vars).symbols.keys()];
  if (own.length !== tested.symbols.length || own.length > MOST_SYMBOLS) return undefined;
  for (const order of permutations(tested.symbols)) {
    const names = new Map(own.map((name, i) => [name, order[i]!]));
    if (claim.by !== undefined && names.get(claim.by) !== tested.by) continue;
    if (!sameKinds(claim, names, inferred)) continue;
    const left = inNames(claim.left, names);
    const printed = left && inNames(claim.printed, names);
    if (!left || !printed) continue;
    const same = (a: Expr, b: Expr): boolean => surelyEqual(a, fitted(b, a), tested.wrt);
    if (same(tested.left, left) && same(tested.right, printed)) return names;
    if (!claim.by && same(tested.right, left) && same(tested.left, printed)) return names;
  }
  return undefined;
}

const fitted = (e: Expr, like: Expr): Expr => (isNumber(e, 0) ? build.zeros(like.shape) : e);

function* permutations<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield [];
  for (const [i, item] of items.entries())
    for (const rest of permutations([...items.slice(0, i), ...items.slice(i + 1)])) yield [item, ...rest];
}

function inNames(text: string, names: ReadonlyMap<string, Expr>): Expr | undefined {
  try {
    return parse(text, declarations({ symbols: names })).expr;
  } catch (error) {
    if (error instanceof NablaError) return undefined;
    throw error;
  }
}

/** The slip whose formula this text is, letter by letter under some naming. */
export function slipSpelt(text: string, scope: Declarations, inferred: ReadonlySet<string>): Slip | undefined {
  const mine = spelling(text, scope);
  if (!mine) return undefined;
  return SLIPS.find(({ claim }) => {
    const own = claim && spelling(written(claim), declare(claim.vars));
    if (!own || own.line !== mine.line) return false;
    const names = new Map(own.names.map((name, i) => [name, scope.symbols.get(mine.names[i]!)!]));
    return sameKinds(claim, names, inferred);
  });
}

const written = ({ left, by, printed }: Claim): string => `${by ? `d(${left})/d${by}` : left} = ${printed}`;

/** The line with its names as s0, s1, … in order, and the names. */
function spelling(text: string, scope: Declarations): { line: string; names: string[] } | undefined {
  const names = new Map<string, string>();
  const rename = (name: string): string => {
    if (!names.has(name)) names.set(name, `s${names.size}`);
    return names.get(name)!;
  };
  const spelt = (item: Item): string => {
    if (item.kind !== "operand") return item.text;
    if (item.leaf.kind === "symbol") return rename(item.leaf.name);
    return item.leaf.kind === "differential" ? `d${rename(item.leaf.name)}` : item.text;
  };
  const side = (list: readonly Token[]): string => syntaxOf(text, list, scope, []).items.map(spelt).join("");
  try {
    const sides = partsOf(tokensOf(text)).map((part) => {
      const quotient = readDerivative(part);
      return quotient ? `d(${side(bare(quotient.of))})/d${side(quotient.wrt)}` : side(part);
    });
    return { line: sides.join("="), names: [...names.keys()] };
  } catch (error) {
    if (error instanceof NablaError) return undefined;
    throw error;
  }
}

/** (x'A x) → x'A x, where the parentheses enclose the whole. */
function bare(list: readonly Token[]): readonly Token[] {
  if (list[0]?.kind !== "open") return list;
  let depth = 0;
  const end = list.findIndex((t) => {
    if (t.kind === "open") depth++;
    if (t.kind === "close") depth--;
    return depth === 0;
  });
  return end === list.length - 1 ? list.slice(1, -1) : list;
}
