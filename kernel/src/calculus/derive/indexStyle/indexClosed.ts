/** Sums over an index that stands in two entries, read back as the entry of a product: Σ_l F_il A_lp is [F A]_ip. */
import type { Expr } from "../../core/expr.js";
import type { EntryNode, IndexName, IndexNode } from "../../core/indexLine.js";
import { isColumn, isMatrix } from "../../core/shape.js";
import { build as b } from "../../ops/build.js";
import { entry, product, rebuildTree, sum, uses } from "./indexTree.js";

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
  if (at.length !== 2 || p?.kind !== "entry" || q?.kind !== "entry") return undefined;
  const made = multiplied(p, q, index.name);
  if (!made) return undefined;
  return product(...factors.flatMap((f, k) => (k === at[0] ? [made] : k === at[1] ? [] : [f])));
}

/** The entry of the product in which `name` is the inner index; a column is the last factor. */
function multiplied(p: EntryNode, q: EntryNode, name: string): IndexNode | undefined {
  const once = [p, q].every((e) => e.indices.filter((i) => i.name === name).length === 1);
  const flat = [p, q].every((e) => isMatrix(e.expr.shape) || isColumn(e.expr.shape));
  if (!once || !flat) return undefined;
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
