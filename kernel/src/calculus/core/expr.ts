/**
 * Expressions: frozen, typed, hash-consed nodes of a DAG.
 *
 * Two nodes with the same operator, attributes, arguments and shape are one object, so that equality is `===`,
 * shared parts cost nothing, and every pass can keep its results in a Map keyed by node. The table of nodes
 * holds weak references; it is not observable state.
 */
import { spend } from "./budget.js";
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
  spend(1);
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
    spend(1);
    for (let i = e.args.length - 1; i >= 0; i--) if (!seen.has(e.args[i]!)) stack.push([e.args[i]!, false]);
  }
  return order;
}

/** The set of nodes below `root` (with it) that contain a node for which `test` holds. */
export const containing = (root: Expr, test: (e: Expr) => boolean): Set<Expr> => containingIn([root], test);

/** The same below several roots at once. */
export function containingIn(roots: readonly Expr[], test: (e: Expr) => boolean): Set<Expr> {
  const found = new Set<Expr>();
  for (const e of topological(...roots)) if (test(e) || e.args.some((a) => found.has(a))) found.add(e);
  return found;
}

/** A value of every node made from those of its arguments, once per node: a new node above known ones costs itself. */
function measured<T>(root: Expr, known: WeakMap<Expr, T>, of: (e: Expr) => T): T {
  const stack = known.has(root) ? [] : [root];
  while (stack.length > 0) {
    const e = stack[stack.length - 1]!;
    const open = e.args.filter((a) => !known.has(a));
    if (open.length > 0) stack.push(...open);
    else {
      known.set(e, of(e));
      stack.pop();
    }
  }
  return known.get(root)!;
}

const sizes = new WeakMap<Expr, number>();

/** Number of nodes of the written-out expression (shared parts counted each time), as length on the page. */
export const treeSize = (root: Expr): number =>
  measured(root, sizes, (e) => e.args.reduce((s, a) => s + sizes.get(a)!, 1));

const ORDER_TEXT = 48;
const orders = new WeakMap<Expr, { readonly height: number; readonly text: string; readonly hash: string }>();

/**
 * The place of a node in an order that knows its structure only, never when it was made: leaves by name, then by
 * height, by the beginning of the text, by a hash of the whole. Kept per node, so that a shared DAG costs its nodes.
 */
export function orderKey(root: Expr): string {
  const { height, text, hash } = measured(root, orders, orderOf);
  return `${String(height).padStart(6, "0")}:${text}:${hash}`;
}

function orderOf(e: Expr): { height: number; text: string; hash: string } {
  const below = e.args.map((a) => orders.get(a)!);
  const attrs = attrsKey(e.attrs);
  const name = typeof e.attrs.name === "string" ? e.attrs.name : `${e.op}${attrs}`;
  let text = below.length === 0 ? name : `${e.op}(`;
  for (const { text: part } of below) if (text.length < ORDER_TEXT) text += `${part} `;
  return {
    height: below.reduce((most, a) => Math.max(most, a.height + 1), 0),
    text: text.slice(0, ORDER_TEXT),
    hash: hash53(`${e.op};${attrs};${shapeKey(e.shape)};${below.map((a) => a.hash).join()}`),
  };
}

/** 53 bits of a text (cyrb53), as 14 hexadecimal digits. */
function hash53(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    high = Math.imul(high ^ c, 2654435761);
    low = Math.imul(low ^ c, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, "0");
}
