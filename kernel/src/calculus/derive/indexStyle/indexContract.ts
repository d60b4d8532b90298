/**
 * Deltas: ∂X_ij/∂X_kl = δ_ik δ_jl, and contraction: a summed index in a delta takes the value of the other one and
 * its sum disappears. Deltas without the summed index are pulled out of the sum.
 */
import type { Expr } from "../../core/expr.js";
import type { IndexName, IndexNode } from "../../core/indexLine.js";
import { add, containsKind, delta, insideSums, product, rebuildTree, rename, sum, uses } from "./indexTree.js";

/** Every ∂x_…/∂x_… becomes a product of deltas. */
export function deltas(n: IndexNode, x: Expr): IndexNode {
  if (n.kind === "partial" && n.of.kind === "entry" && n.by.kind === "entry" && n.of.expr === x && n.by.expr === x) {
    const by = n.by.indices;
    return product(...n.of.indices.map((i, axis) => delta(i, by[axis]!)));
  }
  return rebuildTree(n, (c) => deltas(c, x));
}

const carriesDelta = (n: IndexNode): boolean => containsKind(n, "delta");

/** Contracts every delta that can be contracted; `only` limits it to sums over these indices. */
export function contract(n: IndexNode, only: (index: IndexName) => boolean = () => true): IndexNode {
  if (n.kind === "sum") return contractSum(n.index, contract(n.body, only), only(n.index));
  if (n.kind === "product") {
    const factors = n.factors.map((f) => contract(f, only));
    const flat = product(...factors);
    return flat.kind === "product" ? distribute(flat.factors) : flat;
  }
  return rebuildTree(n, (c) => contract(c, only));
}

/** a(δ_ik b + c) = δ_ik a b + a c: only sums that carry a delta are multiplied out. */
function distribute(factors: readonly IndexNode[]): IndexNode {
  const at = factors.findIndex((f) => f.kind === "add" && carriesDelta(f));
  const opened = factors[at];
  if (opened?.kind !== "add") return unnest(factors);
  return add(
    ...opened.terms.map((t) => {
      const inner = product(...factors.slice(0, at), t, ...factors.slice(at + 1));
      return inner.kind === "product" ? distribute(inner.factors) : inner;
    }),
  );
}

/** Products inside sums stay where they are; a sum that carries a delta ends the product. */
const unnest = (factors: readonly IndexNode[]): IndexNode => product(...factors);

function contractSum(index: IndexName, body: IndexNode, allowed: boolean): IndexNode {
  if (body.kind === "add" && carriesDelta(body)) return add(...body.terms.map((t) => contractSum(index, t, allowed)));
  const hoisted = hoist(body);
  const factors = hoisted.kind === "product" ? hoisted.factors : [hoisted];
  if (allowed) {
    for (const [n, f] of factors.entries()) {
      if (f.kind !== "delta") continue;
      const other = f.i.name === index.name ? f.j : f.j.name === index.name ? f.i : undefined;
      if (!other) continue;
      const rest = product(...factors.slice(0, n), ...factors.slice(n + 1));
      return contract(rename(rest, index.name, other));
    }
    const inner = throughSums(index, hoisted);
    if (inner) return inner;
  }
  return pullOut(index, factors);
}

/** A delta that stands inside an inner sum moves out of it when it has no index of that sum. */
const hoist = (body: IndexNode): IndexNode =>
  body.kind === "sum" && carriesDelta(body) ? pullDeltas(body.index, hoist(body.body)) : body;

function pullDeltas(index: IndexName, body: IndexNode): IndexNode {
  const factors = body.kind === "product" ? body.factors : [body];
  const free = factors.filter((f) => f.kind === "delta" && !uses(f, index.name));
  if (free.length === 0) return sum(index, body);
  return product(...free, sum(index, product(...factors.filter((f) => !free.includes(f)))));
}

/** Σ_i a Σ_s δ_is … : the inner sum is left, the outer index is the one that is replaced. */
function throughSums(index: IndexName, body: IndexNode): IndexNode | undefined {
  const factors = body.kind === "product" ? body.factors : [body];
  const at = factors.findIndex((f) => f.kind === "sum" && carriesDelta(f) && uses(f, index.name));
  const nested = factors[at];
  if (nested?.kind !== "sum") return undefined;
  const inside = product(...factors.slice(0, at), nested.body, ...factors.slice(at + 1));
  const opened = inside.kind === "product" ? distribute(inside.factors) : inside;
  const terms = opened.kind === "add" ? opened.terms : [opened];
  if (!terms.some((t) => deltaWith(t, index.name))) return undefined;
  return add(...terms.map((t) => contractSum(index, contractSum(nested.index, t, true), true)));
}

const deltaWith = (n: IndexNode, name: string): boolean =>
  n.kind === "delta"
    ? n.i.name === name || n.j.name === name
    : n.kind === "product" && n.factors.some((f) => deltaWith(f, name));

/** Deltas and numbers without the summed index stand before the sum. */
function pullOut(index: IndexName, factors: readonly IndexNode[]): IndexNode {
  const free = factors.filter((f) => f.kind === "delta" && !uses(f, index.name));
  const rest = factors.filter((f) => !free.includes(f));
  return product(...free, sum(index, product(...rest)));
}

/** δ_ik Σ_r δ_rl C_rj: deltas between free indices are pulled out, and nothing else is done. */
export function pullOutDeltas(n: IndexNode, bound: readonly string[] = []): IndexNode {
  if (n.kind !== "sum") return rebuildTree(n, (c) => pullOutDeltas(c, bound));
  const around = [...bound, n.index.name];
  const body = pullOutDeltas(n.body, around);
  const factors = body.kind === "product" ? body.factors : [body];
  const free = factors.filter((f) => f.kind === "delta" && !around.some((name) => uses(f, name)));
  return product(...free, sum(n.index, product(...factors.filter((f) => !free.includes(f)))));
}

/** Σ_i a Σ_j b as Σ_i Σ_j a b, with the factors in the order they stand in. */
export function sumsInFront(n: IndexNode): IndexNode {
  if (n.kind === "sum") return sum(n.index, sumsInFront(n.body));
  if (n.kind !== "product") return n;
  const at = n.factors.findIndex((f) => f.kind === "sum");
  const inner = n.factors[at];
  if (inner?.kind !== "sum") return n;
  return insideSums(inner, (body) => sumsInFront(product(...n.factors.slice(0, at), body, ...n.factors.slice(at + 1))));
}

/** Pairs "i=k" of the deltas that contraction removes: those with a summed index. */
export function contracted(n: IndexNode, bound: ReadonlySet<string> = new Set()): (readonly [string, string])[] {
  if (n.kind === "delta") {
    const { i, j } = n;
    if (bound.has(i.name)) return [[i.name, j.name]];
    return bound.has(j.name) ? [[j.name, i.name]] : [];
  }
  const within = n.kind === "sum" ? new Set([...bound, n.index.name]) : bound;
  const parts = n.kind === "sum" ? [n.body] : n.kind === "product" ? n.factors : n.kind === "add" ? n.terms : [];
  return parts.flatMap((c) => contracted(c, within));
}
