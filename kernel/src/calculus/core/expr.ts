/**
 * Expressions: frozen, typed, hash-consed nodes of a DAG.
 *
 * Two nodes with the same operator, attributes, arguments and shape are one object, so that equality is `===`,
 * shared parts cost nothing, and every pass can keep its results in a Map keyed by node. The table of nodes
 * holds weak references; it is not observable state.
 */
import { type Shape, shapeKey } from "./shape.js";

export type Attr = string | number | boolean | readonly string[];
export type Attrs = Readonly<Record<string, Attr>>;

/** One node: operator, arguments, shape. Frozen; equal nodes are identical (`===`). */
export interface Expr {
  readonly id: number;
  readonly op: string;
  readonly args: readonly Expr[];
  readonly shape: Shape;
  readonly attrs: Attrs;
}

const NO_ATTRS: Attrs = Object.freeze({});
const table = new Map<string, WeakRef<Expr>>();
const forget = new FinalizationRegistry<string>((key) => {
  if (!table.get(key)?.deref()) table.delete(key);
});
let nextId = 1;

const attrsKey = (attrs: Attrs): string =>
  Object.keys(attrs)
    .sort()
    .map((name) => `${name}=${JSON.stringify(attrs[name])}`)
    .join(",");

/** The one node with these parts. Shapes are computed by the operator records, not here. */
export function node(op: string, args: readonly Expr[], shape: Shape, attrs: Attrs = NO_ATTRS): Expr {
  const key = `${op}(${args.map((a) => a.id).join(" ")})${shapeKey(shape)};${attrs === NO_ATTRS ? "" : attrsKey(attrs)}`;
  const known = table.get(key)?.deref();
  if (known) return known;
  const made: Expr = Object.freeze({
    id: nextId++,
    op,
    args: Object.freeze([...args]),
    shape,
    attrs: Object.freeze({ ...attrs }),
  });
  table.set(key, new WeakRef(made));
  forget.register(made, key);
  return made;
}

/** Every node below (and with) the roots, arguments before the nodes that use them. No recursion: depth is free. */
export function topological(...roots: readonly Expr[]): Expr[] {
  const seen = new Set<Expr>();
  const order: Expr[] = [];
  const stack: (readonly [Expr, boolean])[] = roots.map((root) => [root, false] as const).reverse();
  while (stack.length > 0) {
    const [e, ready] = stack.pop()!;
    if (ready) {
      order.push(e);
      continue;
    }
    if (seen.has(e)) continue;
    seen.add(e);
    stack.push([e, true]);
    for (let i = e.args.length - 1; i >= 0; i--) if (!seen.has(e.args[i]!)) stack.push([e.args[i]!, false]);
  }
  return order;
}

/** The set of nodes below `root` (with it) that contain a node for which `test` holds. */
export function containing(root: Expr, test: (e: Expr) => boolean): Set<Expr> {
  const found = new Set<Expr>();
  for (const e of topological(root)) if (test(e) || e.args.some((a) => found.has(a))) found.add(e);
  return found;
}

/** Number of nodes of the written-out expression (shared parts counted each time), as length on the page. */
export function treeSize(root: Expr): number {
  const size = new Map<Expr, number>();
  for (const e of topological(root)) size.set(e, 1 + e.args.reduce((s, a) => s + size.get(a)!, 0));
  return size.get(root)!;
}
