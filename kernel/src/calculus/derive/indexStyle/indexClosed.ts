/**
 * Sums over an index that stands in two entries, read back as the entry of a product: Σ_l F_il A_lp is [F A]_ip, and
 * Σ_l (S_il + S_li) A_lp is [(S + S')A]_ip.
 */
import type { Expr } from "../../core/expr.js";
import type { EntryNode, IndexName, IndexNode } from "../../core/indexLine.js";
import { isColumn, isMatrix } from "../../core/shape.js";
import { build as b } from "../../ops/build.js";
import { add, coefficientOf, entry, number, product, rebuildTree, sum, treeKey, uses } from "./indexTree.js";

export function closedProducts(n: IndexNode): IndexNode {
  if (n.kind !== "sum") return rebuildTree(n, closedProducts);
  const body = closedProducts(n.body);
  const factors = body.kind === "product" ? body.factors : [body];
  return closedSum(n.index, factors) ?? sum(n.index, body);
}

function closedSum(index: IndexName, factors: readonly IndexNode[]): IndexNode | undefined {
  const inner = factors.findIndex((f) => f.kind === "sum");
  const nested = factors[inner];
  // Σ_l Σ_r: the outer sum goes inside, where the entries are.
  if (nested?.kind === "sum" && inner === factors.length - 1) {
    const within = nested.body.kind === "product" ? nested.body.factors : [nested.body];
    const closed = closedSum(index, [...factors.slice(0, inner), ...within]);
    return closed && closedProducts(sum(nested.index, closed));
  }
  const at = factors.flatMap((f, k) => (uses(f, index.name) ? [k] : []));
  const [p, q] = at.map((k) => factors[k]!);
  if (at.length !== 2 || !p || !q) return undefined;
  const sums = [p, q].map((f, k) => (f.kind === "add" ? (at[k] ?? -1) : -1)).filter((k) => k >= 0);
  if (sums.length === 1) return distributed(index, factors, sums[0]!);
  if (p.kind !== "entry" || q.kind !== "entry") return undefined;
  const made = multiplied(p, q, index.name);
  if (!made) return undefined;
  return product(...factors.flatMap((f, k) => (k === at[0] ? [made] : k === at[1] ? [] : [f])));
}

/** Σ over a product with a sum in it, term by term, where every term is the entry of a product. */
function distributed(index: IndexName, factors: readonly IndexNode[], at: number): IndexNode | undefined {
  const whole = entrySums(factors[at]!, index.name);
  const terms = whole.kind === "add" ? whole.terms : [whole];
  const closed = terms.map((t) => {
    const own = t.kind === "product" ? t.factors : [t];
    return closedSum(index, [...factors.slice(0, at), ...own, ...factors.slice(at + 1)]);
  });
  return closed.every((c) => c !== undefined) ? add(...closed) : undefined;
}

/** c A_ij + c B_ji is c [A + B']_ij, of the entries in which `name` stands. */
function entrySums(n: IndexNode, name: string): IndexNode {
  if (n.kind !== "add") return n;
  const groups = new Map<string, { rest: IndexNode; first: EntryNode; coefficient: number; parts: Expr[] }>();
  for (const t of n.terms) {
    const factors = t.kind === "product" ? t.factors : [t];
    const [own, ...more] = factors.filter((f) => uses(f, name));
    if (own?.kind !== "entry" || more.length > 0 || !isFlat(own)) return n;
    const c = coefficientOf(t);
    const rest = product(...factors.filter((f) => f !== own && f.kind !== "number"));
    const names = own.indices.map((i) => i.name);
    const key = `${treeKey(rest)} ${[...names].sort().join(" ")}`;
    const known = groups.get(key);
    if (!known) {
      groups.set(key, { rest, first: own, coefficient: c, parts: [own.expr] });
      continue;
    }
    const turned = known.first.indices[0]!.name === names[0] ? own.expr : b.transpose(own.expr);
    known.parts.push(b.times(b.number(c / known.coefficient), turned));
  }
  return add(
    ...[...groups.values()].map(({ rest, first, coefficient, parts }) =>
      product(number(coefficient), rest, entry(b.add(...parts), first.indices)),
    ),
  );
}

const isFlat = ({ expr }: EntryNode): boolean => isMatrix(expr.shape) || isColumn(expr.shape);

/** The entry of the product in which `name` is the inner index; a column is the last factor. */
function multiplied(p: EntryNode, q: EntryNode, name: string): IndexNode | undefined {
  const once = [p, q].every((e) => e.indices.filter((i) => i.name === name).length === 1);
  if (!once || !isFlat(p) || !isFlat(q)) return undefined;
  const [first, second] = isMatrix(p.expr.shape) ? [p, q] : [q, p];
  if (!isMatrix(first.expr.shape)) return entry(b.mul(b.transpose(first.expr), second.expr));
  const [left, right] =
    first.indices[0]!.name === name && isMatrix(second.expr.shape) ? [second, first] : [first, second];
  const inner = (e: EntryNode, axis: 0 | 1): Expr => (e.indices[axis]?.name === name ? e.expr : b.transpose(e.expr));
  const free = (e: EntryNode): IndexName[] => e.indices.filter((i) => i.name !== name);
  return entry(b.mul(inner(left, 1), isColumn(right.expr.shape) ? right.expr : inner(right, 0)), [
    ...free(left),
    ...free(right),
  ]);
}
