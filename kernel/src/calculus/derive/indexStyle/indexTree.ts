/**
 * Constructors of index trees. They flatten, drop zeros and ones, multiply numbers, count equal terms and write a
 * repeated factor as a power; they never reorder factors, so that a line keeps the order of the one above.
 */
import type { Expr } from "../../core/expr.js";
import type { EntryNode, IndexName, IndexNode } from "../../core/indexLine.js";
import { build } from "../../ops/build.js";
import { isNumber, numberOf } from "../../ops/leaves.js";

export const number = (value: number): IndexNode => ({ kind: "number", value });
export const ZERO = number(0);
const isNumeric = (n: IndexNode, value: number): boolean => n.kind === "number" && n.value === value;
export const isZeroNode = (n: IndexNode): boolean => isNumeric(n, 0);

export const entryOf = (expr: Expr, indices: readonly IndexName[] = []): EntryNode => ({
  kind: "entry",
  expr,
  indices,
});

export function entry(expr: Expr, indices: readonly IndexName[] = []): IndexNode {
  if (expr.op === "transpose") return entry(expr.args[0]!, [...indices].reverse());
  return isNumber(expr) ? number(numberOf(expr)) : entryOf(expr, indices);
}

export const delta = (i: IndexName, j: IndexName): IndexNode =>
  i.name === j.name ? number(1) : { kind: "delta", i, j };

export const partial = (of: IndexNode, by: IndexNode): IndexNode => ({ kind: "partial", of, by });
export const apply = (body: Expr, argument: IndexNode): IndexNode => ({ kind: "function", body, argument });

export function power(base: IndexNode, exponent: number): IndexNode {
  if (exponent === 1) return base;
  if (exponent === 0) return number(1);
  if (base.kind === "number" && Number.isFinite(base.value ** exponent)) return number(base.value ** exponent);
  if (base.kind === "power" && Number.isInteger(exponent)) return power(base.base, base.exponent * exponent);
  return { kind: "power", base, exponent };
}

/** Σ over an index: of a constant it is the number of terms. */
export function sum(index: IndexName, body: IndexNode): IndexNode {
  if (isZeroNode(body)) return ZERO;
  if (!uses(body, index.name)) return product(entry(build.dimension(index.dim)), body);
  if (coefficientOf(body) < 0) return product(number(-1), sum(index, product(number(-1), body)));
  return { kind: "sum", index, body };
}

export function product(...factors: readonly IndexNode[]): IndexNode {
  const flat = factors.flatMap((f) => (f.kind === "product" ? f.factors : [f]));
  let coefficient = 1;
  const kept: IndexNode[] = [];
  const powers = new Map<string, { at: number; base: IndexNode; exponent: number }>();
  for (const f of flat) {
    if (f.kind === "number") {
      coefficient *= f.value;
      continue;
    }
    const [base, exponent] = f.kind === "power" ? [f.base, f.exponent] : [f, 1];
    const key = treeKey(base);
    const known = powers.get(key);
    if (!known) {
      powers.set(key, { at: kept.length, base, exponent });
      kept.push(f);
    } else if (f.kind !== "delta") {
      known.exponent += exponent;
      kept[known.at] = power(base, known.exponent);
    }
  }
  if (coefficient === 0) return ZERO;
  return withCoefficient(
    coefficient,
    kept.filter((f) => !isNumeric(f, 1)),
  );
}

/** A number in front of a single sum goes to the number inside it: ½ Σ 2 r_i … is Σ r_i …. */
function withCoefficient(c: number, kept: readonly IndexNode[]): IndexNode {
  const [only] = kept;
  if (!only) return number(c);
  if (kept.length > 1) return { kind: "product", factors: c === 1 ? kept : [number(c), ...kept] };
  if (c === 1) return only;
  if (only.kind === "sum" && c !== -1) {
    const inside = innermost(only);
    if (coefficientOf(inside) !== 1) return insideSums(only, (body) => product(number(c), body));
  }
  if (only.kind === "add" && c !== -1 && only.terms.every((t) => coefficientOf(innermost(t)) !== 1))
    return add(...only.terms.map((t) => product(number(c), t)));
  return { kind: "product", factors: [number(c), only] };
}

const innermost = (n: IndexNode): IndexNode => (n.kind === "sum" ? innermost(n.body) : n);
export const insideSums = (n: IndexNode, f: (body: IndexNode) => IndexNode): IndexNode =>
  n.kind === "sum" ? sum(n.index, insideSums(n.body, f)) : f(n);

export const coefficientOf = (n: IndexNode): number =>
  n.kind === "number" ? n.value : n.kind === "product" && n.factors[0]!.kind === "number" ? n.factors[0]!.value : 1;

const withoutCoefficient = (n: IndexNode): IndexNode =>
  n.kind === "number"
    ? number(1)
    : n.kind === "product" && n.factors[0]!.kind === "number"
      ? product(...n.factors.slice(1))
      : n;

export function add(...terms: readonly IndexNode[]): IndexNode {
  const groups = new Map<string, { core: IndexNode; count: number }>();
  for (const t of terms.flatMap((x) => (x.kind === "add" ? x.terms : [x]))) {
    const [c, core] = [coefficientOf(t), withoutCoefficient(t)];
    const key = treeKey(core);
    const known = groups.get(key);
    if (known) known.count += c;
    else groups.set(key, { core, count: c });
  }
  const kept = [...groups.values()].filter((g) => g.count !== 0).map((g) => product(number(g.count), g.core));
  const [first] = kept;
  if (!first) return ZERO;
  return kept.length === 1 ? first : { kind: "add", terms: kept };
}

export function children(n: IndexNode): readonly IndexNode[] {
  switch (n.kind) {
    case "number":
    case "entry":
    case "delta":
      return [];
    case "sum":
      return [n.body];
    case "product":
      return n.factors;
    case "add":
      return n.terms;
    case "power":
      return [n.base];
    case "partial":
      return [n.of, n.by];
    case "function":
      return [n.argument];
  }
}

/** The same node on other children, through the constructors. */
export function rebuildTree(n: IndexNode, f: (child: IndexNode) => IndexNode): IndexNode {
  switch (n.kind) {
    case "number":
    case "entry":
    case "delta":
      return n;
    case "sum":
      return sum(n.index, f(n.body));
    case "product":
      return product(...n.factors.map(f));
    case "add":
      return add(...n.terms.map(f));
    case "power":
      return power(f(n.base), n.exponent);
    case "partial":
      return partial(f(n.of), f(n.by));
    case "function":
      return apply(n.body, f(n.argument));
  }
}

/** Does the index of this name occur in the tree (free or bound)? */
export function uses(n: IndexNode, name: string): boolean {
  if (n.kind === "entry") return n.indices.some((i) => i.name === name);
  if (n.kind === "delta") return n.i.name === name || n.j.name === name;
  return children(n).some((c) => uses(c, name));
}

export function rename(n: IndexNode, from: string, to: IndexName): IndexNode {
  const swap = (i: IndexName): IndexName => (i.name === from ? to : i);
  if (n.kind === "entry") return n.indices.some((i) => i.name === from) ? { ...n, indices: n.indices.map(swap) } : n;
  if (n.kind === "delta") return delta(swap(n.i), swap(n.j));
  return rebuildTree(n, (c) => rename(c, from, to));
}

/** Names bound by sums in the tree. */
export function boundNames(n: IndexNode): string[] {
  return [...(n.kind === "sum" ? [n.index.name] : []), ...children(n).flatMap(boundNames)];
}

export const countNodes = (n: IndexNode): number => 1 + children(n).reduce((s, c) => s + countNodes(c), 0);
export const containsKind = (n: IndexNode, kind: IndexNode["kind"]): boolean =>
  n.kind === kind || children(n).some((c) => containsKind(c, kind));

/** Canonical text: equal for trees that differ in the names of summed indices only. */
export function treeKey(n: IndexNode, bound: ReadonlyMap<string, string> = new Map()): string {
  const name = (i: IndexName): string => bound.get(i.name) ?? i.name;
  const all = (list: readonly IndexNode[]): string => list.map((c) => treeKey(c, bound)).join(" ");
  switch (n.kind) {
    case "number":
      return String(n.value);
    case "entry":
      return `e${n.expr.id}[${n.indices.map(name).join()}]`;
    case "delta":
      return `δ[${[name(n.i), name(n.j)].sort().join()}]`;
    case "sum":
      return `Σ(${n.index.dim.key};${treeKey(n.body, new Map([...bound, [n.index.name, `#${bound.size}`]]))})`;
    case "product":
      return `(${n.factors
        .map((c) => treeKey(c, bound))
        .sort()
        .join(" ")})`;
    case "add":
      return `+(${n.terms
        .map((c) => treeKey(c, bound))
        .sort()
        .join(" ")})`;
    case "power":
      return `^(${treeKey(n.base, bound)};${n.exponent})`;
    case "partial":
      return `∂(${all([n.of, n.by])})`;
    case "function":
      return `f${n.body.id}(${treeKey(n.argument, bound)})`;
  }
}
