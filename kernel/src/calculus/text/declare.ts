/**
 * Declarations of names: "W: m×n, x: n, b: m", or an object of shapes as a batch request has it.
 * Entries are separated by commas, semicolons or lines; facts follow the shape ("A: n×n symmetric"). A name
 * without a shape is a scalar. Unknown facts are ignored with a warning. One name with two meanings in one
 * declaration is an error; between scopes the inner one wins.
 */
import { NablaError, type Span } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { type Shape, sameShape, showShape } from "../core/shape.js";
import { type Fact, factsOf, symbol } from "../ops/leaves.js";
import { notation, plainName } from "./notation.js";
import { type Declarations, declarations, dimNames, type FunctionKind } from "./scope.js";
import { checkFact, factNamed, readShape, shapeOf } from "./shapeText.js";

type ShapeList = readonly (string | number)[];
export type Declared = string | { readonly [name: string]: string | ShapeList | Expr };

export interface DeclareExtras {
  /** Facts by symbol, as `constraints` of a batch request. */
  readonly constraints?: { readonly [name: string]: readonly string[] } | undefined;
  readonly functions?: { readonly [name: string]: "elementwise" | { readonly scalarOf: ShapeList } } | undefined;
}

/** The names of a declaration; every error points into the text it was given. */
export function declare(source: Declared, extras: DeclareExtras = {}): Declarations {
  const table = new Table();
  if (typeof source === "string") declareText(source, table);
  else for (const [name, value] of Object.entries(source)) declareValue(name, value, table);
  for (const [name, kind] of Object.entries(extras.functions ?? {}))
    table.addFunction(
      plainName(name),
      kind === "elementwise" ? { kind: "elementwise" } : { kind: "scalarOf", shape: shapeOf(kind.scalarOf) },
    );
  for (const [name, facts] of Object.entries(extras.constraints ?? {})) table.addFacts(plainName(name), facts);
  return table.finish();
}

class Table {
  private readonly symbols = new Map<string, { shape: Shape; facts: Fact[]; made?: Expr }>();
  private readonly functions = new Map<string, FunctionKind>();
  private readonly warnings: string[] = [];

  addSymbol(name: string, s: Shape, facts: readonly string[], made?: Expr): void {
    checkName(name);
    const known = this.symbols.get(name);
    const clash = this.functions.has(name)
      ? "a function"
      : known && !sameShape(known.shape, s)
        ? showShape(known.shape)
        : "";
    if (clash) throw clashError(name, clash, showShape(s));
    this.symbols.set(name, { shape: s, facts: known?.facts ?? [], ...(made ? { made } : {}) });
    this.addFacts(name, facts);
  }

  addFunction(name: string, kind: FunctionKind): void {
    checkName(name);
    if (this.symbols.has(name)) throw clashError(name, showShape(this.symbols.get(name)!.shape), "a function");
    this.functions.set(name, Object.freeze(kind));
  }

  addFacts(name: string, words: readonly string[]): void {
    const entry = this.symbols.get(name);
    if (!entry) {
      if (words.length > 0) this.warnings.push(`facts about ${name} are ignored: it is not declared`);
      return;
    }
    for (const word of words) {
      const fact = factNamed(word);
      if (!fact) this.warnings.push(`unknown fact "${word}" about ${name} is ignored`);
      else {
        checkFact(name, fact, entry.shape);
        entry.facts.push(fact);
      }
    }
  }

  warn(line: string): void {
    this.warnings.push(line);
  }

  finish(): Declarations {
    const symbols = new Map<string, Expr>();
    const dims = new Set<string>();
    for (const [name, { shape: s, facts, made }] of this.symbols) {
      for (const d of dimNames(s)) dims.add(d);
      symbols.set(
        name,
        made && facts.length === 0 ? made : symbol(name, s, [...(made ? factsOf(made) : []), ...facts]),
      );
    }
    for (const kind of this.functions.values())
      if (kind.kind === "scalarOf") for (const d of dimNames(kind.shape)) dims.add(d);
    for (const d of dims)
      if (symbols.has(d) || this.functions.has(d)) throw clashError(d, "a dimension", describe(symbols.get(d)));
    return declarations({ symbols, functions: this.functions, dims, warnings: this.warnings });
  }
}

const describe = (e: Expr | undefined): string => (e ? `a symbol (${showShape(e.shape)})` : "a function");

const clashError = (name: string, first: string, second: string): NablaError =>
  new NablaError("ambiguous", `${name} is declared twice: ${first} and ${second}`, {
    got: [first, second],
    want: "one meaning of each name in a declaration",
    hint: `give one of the two another name`,
  });

function checkName(name: string): void {
  if (!/^[A-Za-z]\w*$/.test(name))
    throw new NablaError("syntax", `expected a name, got ${name || "nothing"}`, { got: name, want: "a name: shape" });
}

function declareValue(name: string, value: string | ShapeList | Expr, table: Table): void {
  const plain = plainName(name);
  if (typeof value === "string") declareSpec(plain, notation(value).ascii.trim(), table);
  else if ("op" in value) table.addSymbol(plain, value.shape, [], value);
  else table.addSymbol(plain, shapeOf(value), []);
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
      table.addSymbol(name, shapeOf([]), []);
      if (/^[A-Z]/.test(name)) table.warn(`${name} has no shape and is read as a scalar`);
    });
  }
  placed(entries[0]?.[0] ?? 0, entries.at(-1)?.[1] ?? 0, () => void table.finish());
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
  if (/^elementwise$/i.test(spec)) return table.addFunction(name, { kind: "elementwise" });
  const of = /^scalar\s+of\s+/i.exec(spec);
  if (of) {
    const { shape: s, rest } = readShape(spec.slice(of[0].length));
    for (const word of wordsOf(rest)) table.warn(`unknown fact "${word}" about ${name} is ignored`);
    return table.addFunction(name, { kind: "scalarOf", shape: s });
  }
  const { shape: s, rest } = spec === "" ? { shape: shapeOf([]), rest: "" } : readShape(spec);
  table.addSymbol(name, s, wordsOf(rest));
}

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== "");
