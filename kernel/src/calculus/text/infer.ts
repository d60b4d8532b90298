/**
 * Shapes of undeclared names, as general as the text allows: capitals are matrices, small letters columns, small
 * Greek letters scalars, σ( ) an elementwise function, L( ) and f( ) scalar functions, I the identity. Where that
 * cannot hold (x/y, a + X), the fewest names are read otherwise. The choice is said in a note.
 */
import type { Expr } from "../core/expr.js";
import { type Dim, dim, ONE, SCALAR, type Shape, shape, showShape } from "../core/shape.js";
import { build } from "../ops/build.js";
import { symbol } from "../ops/leaves.js";
import type { Item } from "./items.js";
import { syntaxOf, tokensOf } from "./parse.js";
import { type Declarations, declarations, dimNames, type FunctionKind, mergeScopes } from "./scope.js";
import { type Sides, sidesOfTree, type Unknowns } from "./shapeRules.js";
import type { Tree } from "./syntax.js";
import type { Token } from "./tokens.js";
import { type Undeclared, undeclaredNames } from "./undeclared.js";
import { type Unifier, unifier } from "./unify.js";

export interface Inferred {
  readonly scope: Declarations;
  /** "A, B, C are read as n×n" */
  readonly notes: readonly string[];
}

type Kind = "matrix" | "column" | "scalar";

interface Row {
  readonly items: readonly Item[];
  readonly tree: Tree;
}

/** At most this many ways to read the names are tried, the likeliest first. */
const MAX_TRIES = 256;
const DIM_NAMES = ["m", "n", "p", "q", "k", "r", "h", "l", "u", "v", "w", "d"];

/**
 * @param parts the expressions of the text, each as its tokens
 * @param options.equal the first two parts have one shape
 */
export function inferShapes(
  text: string,
  parts: readonly (readonly Token[])[],
  scope: Declarations,
  options: { readonly equal: boolean } = { equal: false },
): Inferred {
  const found = undeclaredNames(parts.flat(), scope);
  if (found.symbols.length === 0 && found.functions.length === 0 && found.dims.length === 0)
    return { scope, notes: [] };
  const rows = parts.map((list): Row => syntaxOf(text, list, provisional(found, scope), []));
  for (const kinds of readings(found.symbols)) {
    const unknowns = assume(found, kinds);
    const sides = rows.map((row) => sidesOfTree(row.items, unknowns, row.tree));
    if (options.equal) unifySides(unknowns.unifier, sides, rows);
    unknowns.unifier.settleProducts();
    if (unknowns.unifier.consistent()) return named(found, unknowns, scope);
  }
  // No reading holds: the likeliest one is kept, and reading the text says what is wrong with it.
  return named(found, assume(found, likeliest(found.symbols)), scope);
}

/** Both sides of an equation have one shape, unless one is the number 0. */
function unifySides({ unify }: Unifier, [a, b]: readonly Sides[], rows: readonly Row[]): void {
  const zero = rows.some(({ items, tree }) => {
    const item = tree.kind === "leaf" ? items[tree.from] : undefined;
    return item?.kind === "operand" && item.leaf.kind === "number" && item.leaf.value === 0;
  });
  if (zero) return;
  unify(a!.rows, b!.rows);
  unify(a!.cols, b!.cols);
}

/** A scope in which every name means something, so that the text has a tree before there are shapes. */
function provisional(found: Undeclared, scope: Declarations): Declarations {
  const symbols = new Map(found.symbols.map((name) => [name, symbol(name, SCALAR)]));
  const functions = new Map(
    found.functions.map(({ name, kind }): [string, FunctionKind] => [name, abstract(kind, SCALAR)]),
  );
  return mergeScopes(declarations({ symbols, functions, dims: new Set(found.dims) }), scope);
}

const abstract = (kind: FunctionKind["kind"], s: Shape): FunctionKind =>
  kind === "elementwise" ? { kind } : { kind, shape: s };

/** Kinds of a name, the likeliest first. */
function kindsOf(name: string): readonly Kind[] {
  if (name === "I") return ["matrix"];
  if (/^[A-Z]/.test(name)) return ["matrix", "column", "scalar"];
  return name.length > 1 && /^[a-z]+$/.test(name) ? ["scalar", "column"] : ["column", "scalar"];
}

const likeliest = (names: readonly string[]): Map<string, Kind> => new Map(names.map((n) => [n, kindsOf(n)[0]!]));

/** Letters that are scalars sooner than others stand behind; capitals and unlisted names in front. */
const RANK = "xyzwuvhgpqbdcaerifljktmns";

/** All assignments of kinds, those with the fewest unlikely kinds first. */
function* readings(unordered: readonly string[]): Generator<Map<string, Kind>> {
  const names = [...unordered].sort((a, b) => RANK.indexOf(a[0]!) - RANK.indexOf(b[0]!));
  let tried = 0;
  const choose = function* (at: number, budget: number, kinds: Map<string, Kind>): Generator<Map<string, Kind>> {
    if (at === names.length) {
      if (budget === 0 && tried++ < MAX_TRIES) yield new Map(kinds);
      return;
    }
    for (const [cost, kind] of kindsOf(names[at]!).entries()) {
      if (cost > budget || tried >= MAX_TRIES) break;
      kinds.set(names[at]!, kind);
      yield* choose(at + 1, budget - cost, kinds);
    }
  };
  for (let budget = 0; budget <= 2 * names.length && tried < MAX_TRIES; budget++) yield* choose(0, budget, new Map());
}

function assume(found: Undeclared, kinds: ReadonlyMap<string, Kind>): Unknowns {
  const solver = unifier();
  const { one, fresh } = solver;
  const sides = (name: string): Sides => {
    const kind = kinds.get(name);
    if (kind === "scalar") return { rows: one, cols: one };
    const rows = fresh({ wide: true });
    if (kind === "column") return { rows, cols: one };
    return { rows, cols: name === "I" ? rows : fresh({ wide: true }) };
  };
  const scalarOf = found.functions.filter((f) => f.kind === "scalarOf");
  return {
    unifier: solver,
    symbols: new Map(found.symbols.map((name) => [name, sides(name)])),
    functions: new Map(scalarOf.map((f) => [f.name, { rows: fresh(), cols: fresh() }])),
  };
}

/** Gives every class of dimensions a name that is free, and writes the declarations and the notes. */
function named(found: Undeclared, { unifier, symbols, functions }: Unknowns, scope: Declarations): Inferred {
  const taken = new Set([...scope.symbols.keys(), ...scope.dims, ...found.symbols, ...found.dims]);
  const free = DIM_NAMES.filter((name) => !taken.has(name));
  const all = [...symbols.values(), ...functions.values()].flatMap((s) => [s.rows, s.cols]);
  const classes = new Set(all.filter((t) => !unifier.dimOf(t)).map((t) => unifier.find(t)));
  // One unknown size is n; several are m, n, p, … in order.
  const order = classes.size === 1 ? ["n", "m", ...free].filter((name) => free.includes(name)) : free;
  const names = new Map<number, Dim>([...classes].map((root, i) => [root, dim(order[i] ?? `n${i}`)]));
  const dimOf = (t: number): Dim => unifier.dimOf(t) ?? names.get(unifier.find(t)) ?? ONE;
  const shapeOf = (s: Sides): Shape => shape(dimOf(s.rows), dimOf(s.cols));
  const shapes = new Map([...symbols].map(([name, s]) => [name, shapeOf(s)]));
  const made = new Map<string, Expr>();
  for (const [name, s] of shapes) made.set(name, name === "I" ? build.eye(s.rows) : symbol(name, s));
  const kinds = new Map<string, FunctionKind>();
  for (const f of found.functions)
    kinds.set(f.name, abstract(f.kind, functions.has(f.name) ? shapeOf(functions.get(f.name)!) : SCALAR));
  const dims = new Set([...found.dims, ...[...shapes.values()].flatMap(dimNames)]);
  return {
    scope: mergeScopes(declarations({ symbols: made, functions: kinds, dims, warnings: scope.warnings }), scope),
    notes: Object.freeze(notesFor(shapes, kinds)),
  };
}

function notesFor(shapes: ReadonlyMap<string, Shape>, kinds: ReadonlyMap<string, FunctionKind>): string[] {
  const groups = new Map<string, string[]>();
  for (const [name, s] of shapes) {
    const what = name === "I" ? `the identity ${showShape(s)}` : showShape(s) === "scalar" ? "a scalar" : showShape(s);
    groups.set(what, [...(groups.get(what) ?? []), name]);
  }
  const lines = [...groups].map(
    ([what, names]) => `${names.join(", ")} ${names.length > 1 ? "are" : "is"} read as ${plural(what, names.length)}`,
  );
  for (const [name, kind] of kinds)
    lines.push(
      kind.kind === "elementwise"
        ? `${name} is read as an elementwise function`
        : `${name} is read as a scalar function of ${showShape(kind.shape)}`,
    );
  return lines;
}

const plural = (what: string, count: number): string => (what === "a scalar" && count > 1 ? "scalars" : what);

/** The scope with the undeclared names of one expression added. */
export const inferScope = (text: string, scope: Declarations): Inferred => inferShapes(text, [tokensOf(text)], scope);
