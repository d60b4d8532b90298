/**
 * ∂vec(F)/∂vec(X)' from index form, column-major, term by term: {out1–wrt1, out2–wrt2} is Q⊗P, {out1–wrt2, out2–wrt1}
 * is (Q⊗P)K. A matrix between the two output indices is diag(vec A) on the left, one between those of the variable on
 * the right; where nothing else joins them the term is vec(A) vec(B)'.
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
  if (straight && crossed) return undefined;
  if (inside && !straight && !crossed) {
    const left = b.op("vec", [block(r, out.row, out.col)]);
    return b.times(...r.scalars, b.mul(left, b.transpose(b.op("vec", [block(r, wrt.row, wrt.col)]))));
  }
  const body = crossed
    ? crossedForm(r, out, wrt)
    : b.op("kron", [block(r, out.col, wrt.col), block(r, out.row, wrt.row)]);
  return b.times(...r.scalars, b.mul(...weight(r, out), body, ...weight(r, wrt)));
}

/** F = P X' Q': vec F = (Q⊗P) vec X' = (Q⊗P) K vec X. */
function crossedForm(r: Reduced, out: Axes, wrt: Axes): Expr {
  const body = b.op("kron", [block(r, out.col, wrt.row), block(r, out.row, wrt.col)]);
  if (!wrt.row || !wrt.col) return body;
  return b.mul(body, b.op("commutation", [], { m: wrt.row.dim.key, n: wrt.col.dim.key }));
}

/** diag(vec(A)) for a matrix between the two indices of one side; their labels stand in the body. */
function weight(r: Reduced, { row, col }: Axes): Expr[] {
  const edge = row && col && between(r, row, col);
  const matrix = edge && (edge.from === row.id ? edge.matrix : b.transpose(edge.matrix));
  return matrix ? [b.op("diag", [b.op("vec", [matrix])])] : [];
}

const between = (r: Reduced, p: Index, q: Index) =>
  r.edges.find((e) => (e.from === p.id && e.to === q.id) || (e.from === q.id && e.to === p.id));

const joined = (r: Reduced, p: Index | undefined, q: Index | undefined): boolean =>
  p !== undefined && q !== undefined && between(r, p, q) !== undefined;

const labelOf = (r: Reduced, i: Index | undefined): Expr | undefined => {
  const labels = i && r.labels.get(i.id);
  return labels && b.hadamard(...labels);
};

/** The matrix between two indices, or the outer product of their labels when no entry joins them. */
function block(r: Reduced, row: Index | undefined, col: Index | undefined): Expr {
  const edge = row && col && between(r, row, col);
  const [left, right] = [labelOf(r, row), labelOf(r, col)];
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
