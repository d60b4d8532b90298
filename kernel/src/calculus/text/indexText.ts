/**
 * Index notation as it is written on a line: "2 Σ_i r_i δ_ik x_l", "δ_ik C_lj", "(W x + b)_k x_l". An index that stands
 * twice in a term and is not free is summed, with or without its Σ. Ranges follow from the places of the indices.
 */
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import type { IndexName, IndexNode } from "../core/indexLine.js";
import { axes, type Dim, isScalar, sameDim } from "../core/shape.js";
import { parse } from "./parse.js";
import type { Declarations } from "./scope.js";

/** @param free the indices of the left side with their ranges */
export function parseIndexText(text: string, free: readonly IndexName[], scope: Declarations): IndexNode {
  const reader: Reader = { text, at: 0, scope, ranges: new Map(free.map((i) => [i.name, i.dim])) };
  const made = sum(reader, new Set(free.map((i) => i.name)));
  space(reader);
  if (reader.at < text.length) throw wrong(reader, `${text[reader.at]} does not belong here`);
  return made;
}

interface Reader {
  readonly text: string;
  at: number;
  readonly scope: Declarations;
  /** The dimension that each index runs over. */
  readonly ranges: Map<string, Dim>;
}

/** A factor that is not yet an index node: its indices may have no range before the term is read. */
type Raw =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "entry"; readonly expr: Expr; readonly indices: readonly string[] }
  | { readonly kind: "delta"; readonly indices: readonly [string, string] }
  | { readonly kind: "node"; readonly node: IndexNode; readonly indices: readonly string[] }
  | { readonly kind: "power"; readonly base: Raw; readonly exponent: number };

const wrong = (r: Reader, message: string, from = r.at): NablaError =>
  new NablaError("syntax", message, {
    span: [from, Math.max(from + 1, r.at)],
    text: r.text,
    want: "entries such as x_l, (W x + b)_k, δ_ik and sums Σ_i",
  });

const space = (r: Reader): void => {
  while (/[\s*·]/.test(r.text[r.at] ?? "") && r.text[r.at] !== undefined) r.at++;
};

/** What a pattern matches at this place. */
function taken(r: Reader, pattern: RegExp): RegExpExecArray | undefined {
  const found = pattern.exec(r.text.slice(r.at));
  if (!found) return undefined;
  r.at += found[0].length;
  return found;
}

function sum(r: Reader, free: ReadonlySet<string>): IndexNode {
  const terms: IndexNode[] = [];
  for (;;) {
    space(r);
    const sign = taken(r, /^[-+−]/)?.[0];
    if (terms.length > 0 && !sign) break;
    const made = term(r, free);
    terms.push(sign && sign !== "+" ? { kind: "product", factors: [{ kind: "number", value: -1 }, made] } : made);
  }
  return terms.length === 1 ? terms[0]! : { kind: "add", terms };
}

function term(r: Reader, free: ReadonlySet<string>): IndexNode {
  const from = r.at;
  const raw: Raw[] = [];
  const summed: string[] = [];
  for (;;) {
    space(r);
    const sigma = taken(r, /^(?:Σ|∑|sum)_\{?([a-z](?:,?[a-z])*)\}?(?:\^\{?\w+\}?)?/u);
    if (sigma) {
      summed.push(...sigma[1]!.replaceAll(",", ""));
      continue;
    }
    const made = factor(r, new Set([...free, ...summed]));
    if (!made) break;
    raw.push(power(r, made));
  }
  if (raw.length === 0) throw wrong(r, "expected a term of index notation", from);
  // Twice: the range of a δ may stand behind it.
  for (const part of [...raw, ...raw]) learn(r, part);
  const all = raw.flatMap(indicesOf);
  const bound = [...new Set([...summed, ...all.filter((i, k) => all.indexOf(i) !== k)])].filter((i) => !free.has(i));
  const loose = all.find((i) => !free.has(i) && !bound.includes(i));
  if (loose) throw wrong(r, `the index ${loose} stands alone: it is neither on the left nor summed`, from);
  const range = (name: string): IndexName => {
    const dim = r.ranges.get(name);
    if (!dim) throw wrong(r, `nothing says what ${name} runs over`, from);
    return { name, dim };
  };
  const factors = raw.map((part) => nodeOf(part, range));
  const product: IndexNode = factors.length === 1 ? factors[0]! : { kind: "product", factors };
  return bound.reduceRight<IndexNode>((body, name) => ({ kind: "sum", index: range(name), body }), product);
}

function factor(r: Reader, free: ReadonlySet<string>): Raw | undefined {
  const number = taken(r, /^\d+(?:\.\d+)?(?:\/\d+)?/)?.[0];
  if (number) {
    const [top, below = "1"] = number.split("/");
    return { kind: "number", value: Number(top) / Number(below) };
  }
  const half = taken(r, /^½/);
  if (half) return { kind: "number", value: 0.5 };
  const delta = taken(r, /^(?:δ|delta)_\{?([a-z]),?([a-z])\}?/u);
  if (delta) return { kind: "delta", indices: [delta[1]!, delta[2]!] };
  if (/^[([]/.test(r.text.slice(r.at))) return bracket(r, free);
  const from = r.at;
  const name = taken(r, /^[A-Za-zα-ωΑ-Ω][0-9₀-₉]*(?:_\{?([a-z](?:,?[a-z])?)\}?)?/u);
  if (!name) return undefined;
  const [base, subscript = ""] = [name[0].split("_")[0]!, name[1]?.replaceAll(",", "")];
  return { kind: "entry", ...entry(r, from, base, [...subscript]) };
}

/** (expression)_ij is an entry; without indices it is a sum of index notation. */
function bracket(r: Reader, free: ReadonlySet<string>): Raw {
  const from = r.at;
  let depth = 0;
  let end = r.at;
  for (; end < r.text.length; end++) {
    if ("([".includes(r.text[end]!)) depth++;
    if (")]".includes(r.text[end]!) && --depth === 0) break;
  }
  if (depth !== 0) throw wrong(r, "this bracket is never closed");
  const subscript = /^_\{?([a-z](?:,?[a-z])?)\}?/.exec(r.text.slice(end + 1));
  if (subscript) {
    r.at = end + 1 + subscript[0].length;
    return { kind: "entry", ...entry(r, from, r.text.slice(from + 1, end), [...subscript[1]!.replaceAll(",", "")]) };
  }
  const inner: Reader = { ...r, text: r.text.slice(0, end), at: from + 1 };
  // An index that also stands outside belongs to the term around the bracket.
  const outside = subscripts(r.text.slice(0, from) + r.text.slice(end));
  const shared = [...subscripts(r.text.slice(from, end))].filter((i) => outside.has(i) && !free.has(i));
  const made = sum(inner, new Set([...free, ...shared]));
  r.at = end + 1;
  return { kind: "node", node: made, indices: shared };
}

const subscripts = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/_\{?([a-z](?:,?[a-z])?)/g)].flatMap((m) => [...m[1]!.replaceAll(",", "")]));

function entry(r: Reader, from: number, written: string, indices: string[]): { expr: Expr; indices: string[] } {
  const start = r.text.indexOf(written, from);
  const { expr } = parse(" ".repeat(start) + written, r.scope);
  const wanted = axes(expr.shape).length;
  if (indices.length !== wanted)
    throw wrong(r, `${written} has ${wanted} ${wanted === 1 ? "index" : "indices"}, got ${indices.length}`, from);
  return { expr, indices };
}

function power(r: Reader, base: Raw): Raw {
  const raised = taken(r, /^(?:\^\{?(\d+)\}?|([²³]))/u);
  if (!raised) return base;
  return { kind: "power", base, exponent: raised[1] ? Number(raised[1]) : raised[2] === "²" ? 2 : 3 };
}

const indicesOf = (raw: Raw): readonly string[] =>
  raw.kind === "number" ? [] : raw.kind === "power" ? [...indicesOf(raw.base), ...indicesOf(raw.base)] : raw.indices;

/** Ranges from the places of the indices; the two of a δ run over the same. */
function learn(r: Reader, raw: Raw): void {
  if (raw.kind === "power") return learn(r, raw.base);
  if (raw.kind === "delta") {
    const known = raw.indices.map((i) => r.ranges.get(i)).find(Boolean);
    if (known) for (const i of raw.indices) if (!r.ranges.has(i)) r.ranges.set(i, known);
  }
  if (raw.kind !== "entry" || isScalar(raw.expr.shape)) return;
  axes(raw.expr.shape).forEach((dim, k) => {
    const name = raw.indices[k]!;
    const before = r.ranges.get(name);
    if (before && !sameDim(before, dim))
      throw wrong(r, `the index ${name} runs over ${before.key} and over ${dim.key}`);
    r.ranges.set(name, dim);
  });
}

function nodeOf(raw: Raw, range: (name: string) => IndexName): IndexNode {
  switch (raw.kind) {
    case "number":
      return raw;
    case "delta":
      return { kind: "delta", i: range(raw.indices[0]), j: range(raw.indices[1]) };
    case "entry":
      return { kind: "entry", expr: raw.expr, indices: raw.indices.map(range) };
    case "node":
      return raw.node;
    case "power":
      return { kind: "power", base: nodeOf(raw.base, range), exponent: raw.exponent };
  }
}
