/**
 * ∂vec(F)/∂vec(X)' from index form, column-major, where every term has a closed Kronecker form:
 * {out1–wrt1, out2–wrt2} is Q⊗P, {out1–wrt2, out2–wrt1} is (Q⊗P)K, {out1–out2, wrt1–wrt2} is vec(P)vec(Q)'.
 */
import type { Expr } from "../core/expr.js";
import type { Index, IndexForm } from "../core/indexForm.js";
import { ONE } from "../core/shape.js";
import { build as b } from "../ops/build.js";
import type { Axes } from "./indexed.js";
import { type Reduced, reduceTerm } from "./readback.js";

export function kroneckerForm(form: IndexForm, out: Axes, variable: Axes): Expr | undefined {
  const terms: Expr[] = [];
  for (const term of form.terms) {
    const reduced = reduceTerm(term, form.free);
    const made = reduced && kroneckerTerm(reduced, out, variable);
    if (!made) return undefined;
    terms.push(made);
  }
  return terms.length === 0 ? undefined : b.add(...terms);
}

function kroneckerTerm(r: Reduced, out: Axes, wrt: Axes): Expr | undefined {
  const straight = joined(r, out.row, wrt.row) || joined(r, out.col, wrt.col);
  const crossed = joined(r, out.row, wrt.col) || joined(r, out.col, wrt.row);
  const inside = joined(r, out.row, out.col) || joined(r, wrt.row, wrt.col);
  if ([straight, crossed, inside].filter(Boolean).length > 1) return undefined;
  if (crossed) {
    // F = P X' Q': vec F = (Q⊗P) vec X' = (Q⊗P) K vec X.
    const body = b.op("kron", [block(r, out.col, wrt.row), block(r, out.row, wrt.col)]);
    const K = wrt.row && wrt.col ? b.op("commutation", [], { m: wrt.row.dim.key, n: wrt.col.dim.key }) : undefined;
    return b.times(...r.scalars, K ? b.mul(body, K) : body);
  }
  if (inside) {
    const left = b.op("vec", [block(r, out.row, out.col)]);
    const right = b.op("vec", [block(r, wrt.row, wrt.col)]);
    return b.times(...r.scalars, b.mul(left, b.transpose(right)));
  }
  return b.times(...r.scalars, b.op("kron", [block(r, out.col, wrt.col), block(r, out.row, wrt.row)]));
}

const between = (r: Reduced, p: Index, q: Index) =>
  r.edges.find((e) => (e.from === p.id && e.to === q.id) || (e.from === q.id && e.to === p.id));

const joined = (r: Reduced, p: Index | undefined, q: Index | undefined): boolean =>
  p !== undefined && q !== undefined && between(r, p, q) !== undefined;

const label = (r: Reduced, i: Index | undefined): Expr | undefined => {
  const labels = i && r.labels.get(i.id);
  return labels && b.hadamard(...labels);
};

/** The matrix between two indices, or the outer product of their labels when no entry joins them. */
function block(r: Reduced, row: Index | undefined, col: Index | undefined): Expr {
  const edge = row && col && between(r, row, col);
  const [left, right] = [label(r, row), label(r, col)];
  if (edge) {
    const parts = [edge.from === row.id ? edge.matrix : b.transpose(edge.matrix)];
    if (left) parts.unshift(b.op("diag", [left]));
    if (right) parts.push(b.op("diag", [right]));
    return b.mul(...parts);
  }
  const column = left ?? (row ? b.ones({ rows: row.dim, cols: ONE }) : b.number(1));
  const line = right ? b.transpose(right) : col ? b.ones({ rows: ONE, cols: col.dim }) : b.number(1);
  return b.mul(column, line);
}
