/**
 * Declarations of names: "W: m×n, x: n, b: m", an object of shapes as a batch request has it, or LaTeX.
 * Entries are separated by commas, semicolons or lines; facts follow the shape ("A: n×n symmetric"). A name
 * without a shape is a scalar. Unknown facts are ignored with a warning. One name with two meanings in one
 * declaration is an error; between scopes the inner one wins.
 */
import { NablaError, type Span } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { isMatrix, SCALAR, type Shape, sameShape, showShape } from "../core/shape.js";
import { FACTS, type Fact, factsOf, symbol } from "../ops/leaves.js";
import { nearest } from "./distance.js";
import { notation, plainName } from "./notation.js";
import { type Declarations, declarations, dimNames, type FunctionKind } from "./scope.js";
import { checkFact, checkTogether, factNamed, readShape, shapeOf } from "./shapeText.js";
import { isTexDeclaration } from "./tex/declaration.js";
import { texDeclaration } from "./tex/texText.js";

type ShapeList = readonly (string | number)[];
/** "W: m×n, x: n", or an object of shapes (text, or a list of dimensions). */
export type Declared = string | { readonly [name: string]: string | ShapeList | Expr };

export interface DeclareExtras {
  /** Facts by symbol, as `constraints` of a batch request. */
  readonly constraints?: { readonly [name: string]: readonly string[] } | undefined;
  readonly functions?: { readonly [name: string]: "elementwise" | { readonly scalarOf: ShapeList } } | undefined;
}

/** The names of a declaration; every error points into the text it was given. */
export function declare(source: Declared, extras: DeclareExtras = {}): Declarations {
  const table: Table = { symbols: new Map(), functions: new Map(), warnings: [] };
  if (typeof source === "string") declareWritten(source, table);
  else for (const [name, value] of Object.entries(source)) declareValue(name, value, table);
  for (const [name, kind] of Object.entries(extras.functions ?? {}))
    addFunction(
      table,
      plainName(name),
      kind === "elementwise" ? { kind: "elementwise" } : { kind: "scalarOf", shape: shapeOf(kind.scalarOf) },
    );
  for (const [name, facts] of Object.entries(extras.constraints ?? {})) addFacts(table, plainName(name), facts);
  return finish(table);
}

/** The names found so far. */
interface Table {
  readonly symbols: Map<string, { shape: Shape; facts: Fact[]; made?: Expr | undefined }>;
  readonly functions: Map<string, FunctionKind>;
  readonly warnings: string[];
}

function addSymbol(table: Table, name: string, s: Shape, facts: readonly string[], made?: Expr): void {
  checkName(name);
  const known = table.symbols.get(name);
  if (table.functions.has(name)) throw clashError(name, "a function", showShape(s));
  if (known && !sameShape(known.shape, s)) throw clashError(name, showShape(known.shape), showShape(s));
  table.symbols.set(name, { shape: s, facts: known?.facts ?? [], made });
  addFacts(table, name, facts);
}

function addFunction(table: Table, name: string, kind: FunctionKind): void {
  checkName(name);
  const symbol = table.symbols.get(name);
  if (symbol) throw clashError(name, showShape(symbol.shape), "a function");
  table.functions.set(name, Object.freeze(kind));
}

function addFacts(table: Table, name: string, words: readonly string[]): void {
  const entry = table.symbols.get(name);
  if (!entry && words.length > 0) table.warnings.push(`facts about ${name} are ignored: it is not declared`);
  if (!entry) return;
  for (const word of words) {
    const fact = factNamed(word);
    if (fact) checkFact(name, fact, entry.shape);
    if (fact === "simplex" && isMatrix(entry.shape))
      table.warnings.push(`simplex is ignored: it is said of a vector, and ${name} is ${showShape(entry.shape)}`);
    else if (fact) entry.facts.push(fact);
    else table.warnings.push(unknownFact(word, name));
  }
  checkTogether(name, entry.facts);
}

function unknownFact(word: string, name: string): string {
  const guess = nearest(word.toLowerCase(), FACTS);
  return `unknown fact "${word}" about ${name} is ignored${guess ? `: did you mean ${guess}?` : ""}`;
}

/** The symbols with all their facts; a name that is both a symbol and a dimension is refused. */
function finish({ symbols: found, functions, warnings }: Table): Declarations {
  const symbols = new Map<string, Expr>();
  for (const [name, { shape: s, facts, made }] of found)
    symbols.set(name, made && facts.length === 0 ? made : symbol(name, s, [...(made ? factsOf(made) : []), ...facts]));
  const shapes = [...symbols.values()].map((e) => e.shape);
  for (const kind of functions.values()) if (kind.kind === "scalarOf") shapes.push(kind.shape);
  const dims = new Set(shapes.flatMap(dimNames));
  for (const d of dims) {
    const other = symbols.get(d);
    if (other) throw clashError(d, "a dimension", `a symbol (${showShape(other.shape)})`);
    if (functions.has(d)) throw clashError(d, "a dimension", "a function");
  }
  return declarations({ symbols, functions, dims, warnings });
}

const clashError = (name: string, first: string, second: string): NablaError =>
  new NablaError("ambiguous", `${name} is declared twice: ${first} and ${second}`, {
    got: [first, second],
    want: "one meaning of each name in a declaration",
    hint: "give one of the two another name",
  });

function checkName(name: string): void {
  if (!/^([A-Za-z]|__)\w*$/.test(name))
    throw new NablaError("syntax", `expected a name, got ${name || "nothing"}`, { got: name, want: "a name: shape" });
}

function declareValue(name: string, value: string | ShapeList | Expr, table: Table): void {
  const plain = plainName(name);
  if (typeof value === "string") declareSpec(plain, notation(value).ascii.trim(), table);
  else if ("op" in value) addSymbol(table, plain, value.shape, [], value);
  else addSymbol(table, plain, shapeOf(value), []);
}

/** Text, or LaTeX: "W \in \mathbb R^{m\times n}". */
function declareWritten(source: string, table: Table): void {
  if (!isTexDeclaration(source)) return declareText(source, table);
  const { run, warnings, notes } = texDeclaration(source);
  run((text) => declareText(text, table));
  table.warnings.push(...warnings, ...notes);
}

function declareText(text: string, table: Table): void {
  const { ascii, starts, ends } = notation(text);
  const spanOf = (from: number, to: number): Span => [starts[from]!, ends[to - 1]!];
  const placed = (from: number, to: number, run: () => void): void => {
    try {
      run();
    } catch (error) {
      throw error instanceof NablaError && to > from ? error.at(spanOf(from, to), text) : error;
    }
  };
  const entries = splitEntries(ascii);
  for (const [from, to] of entries) {
    const colon = ascii.slice(from, to).indexOf(":");
    const name = ascii.slice(from, colon < 0 ? to : from + colon).trim();
    placed(from, to, () => {
      if (colon >= 0) return declareSpec(name, ascii.slice(from + colon + 1, to).trim(), table);
      addSymbol(table, name, SCALAR, []);
      if (/^[A-Z]/.test(name)) table.warnings.push(`${name} has no shape and is read as a scalar`);
    });
  }
  placed(entries[0]?.[0] ?? 0, entries.at(-1)?.[1] ?? 0, () => void finish(table));
}

/** Ranges of the entries without surrounding spaces; separators inside [ ] do not count. */
function splitEntries(ascii: string): [number, number][] {
  const ranges: [number, number][] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= ascii.length; i++) {
    const c = ascii[i];
    if (c === "[") depth++;
    if (c === "]") depth--;
    if (c !== undefined && !(depth <= 0 && /[,;\n]/.test(c))) continue;
    const body = ascii.slice(from, i);
    if (body.trim() !== "") ranges.push([from + body.length - body.trimStart().length, from + body.trimEnd().length]);
    from = i + 1;
  }
  return ranges;
}

function declareSpec(name: string, spec: string, table: Table): void {
  if (/^elementwise$/i.test(spec)) return addFunction(table, name, { kind: "elementwise" });
  const of = /^scalar\s+of\b\s*/i.exec(spec);
  const { shape: s, rest } =
    spec === "" ? { shape: SCALAR, rest: "" } : readShape(of ? spec.slice(of[0].length) : spec);
  const words = rest.split(/[\s,]+/).filter((word) => word !== "");
  if (!of) return addSymbol(table, name, s, words);
  for (const word of words) table.warnings.push(unknownFact(word, name));
  addFunction(table, name, { kind: "scalarOf", shape: s });
}
