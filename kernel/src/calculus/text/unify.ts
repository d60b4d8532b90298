/** Unknown dimensions that become equal: union-find over terms, each class perhaps bound to a known dimension. */
import { type Dim, ONE, sameDim } from "../core/shape.js";

export type Term = number;

/** The product of two terms, in the order of vec and kron: outer first. */
interface Product {
  readonly outer: Term;
  readonly inner: Term;
}

/** A product that is equal to its own factor brings ever new equations: more than this many never end. */
const MAX_PRODUCTS = 64;

export interface Unifier {
  readonly one: Term;
  /** A new unknown; a wide one is the side of a matrix and never 1. */
  fresh(options?: { readonly wide?: boolean }): Term;
  known(d: Dim): Term;
  product(outer: Term, inner: Term): Term;
  unify(a: Term, b: Term): void;
  /** Products that are equal get equal factors, outer to outer, unless they have the same two already. */
  settleProducts(): void;
  find(term: Term): Term;
  dimOf(term: Term): Dim | undefined;
  isOne(term: Term): boolean;
  /** What was asked for cannot hold. */
  fail(): void;
  consistent(): boolean;
}

export function unifier(): Unifier {
  const parent: Term[] = [];
  const bound = new Map<Term, Dim>();
  const products = new Map<Term, Product>();
  const equalProducts: (readonly [Product, Product])[] = [];
  const wide = new Set<Term>();
  let consistent = true;

  const fail = (): void => {
    consistent = false;
  };
  const find = (term: Term): Term => {
    let root = term;
    while (parent[root] !== root) root = parent[root]!;
    parent[term] = root;
    return root;
  };
  const fresh = (options: { readonly wide?: boolean } = {}): Term => {
    const term = parent.length;
    parent.push(term);
    if (options.wide) wide.add(term);
    return term;
  };
  const known = (d: Dim): Term => {
    const term = fresh();
    bound.set(term, d);
    return term;
  };
  const dimOf = (term: Term): Dim | undefined => bound.get(find(term));
  const isOne = (term: Term): boolean => dimOf(term)?.key === "1";
  const product = (outer: Term, inner: Term): Term => {
    if (isOne(outer)) return inner;
    if (isOne(inner)) return outer;
    const term = fresh({ wide: true });
    products.set(term, { outer, inner });
    return term;
  };
  const unify = (a: Term, b: Term): void => {
    const [x, y] = [find(a), find(b)];
    if (x === y) return;
    const [dx, dy] = [bound.get(x), bound.get(y)];
    if (dx && dy && !sameDim(dx, dy)) return fail();
    const [px, py] = [products.get(x), products.get(y)];
    if (px && py) equalProducts.push([px, py]);
    parent[y] = x;
    if (dy) bound.set(x, dy);
    if (py) products.set(x, py);
    if (wide.has(y)) wide.add(x);
    if (wide.has(x) && isOne(x)) fail();
  };
  const settleProducts = (): void => {
    for (const [p, q] of equalProducts) {
      if (equalProducts.length > MAX_PRODUCTS) return fail();
      const crossed = find(p.outer) === find(q.inner) && find(p.inner) === find(q.outer);
      if (crossed) continue;
      unify(p.outer, q.outer);
      unify(p.inner, q.inner);
    }
  };
  return {
    one: known(ONE),
    fresh,
    known,
    product,
    unify,
    settleProducts,
    find,
    dimOf,
    isOne,
    fail,
    consistent: () => consistent,
  };
}
