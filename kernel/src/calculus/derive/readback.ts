/**
 * From index form back to matrix form, term by term. A term is a graph: indices are vertices, entries with two
 * indices edges, entries with one index labels. Series-parallel reduction: parallel edges are an elementwise
 * product, a summed vertex on a path a matrix product (with diag of its label), a loop a diagonal.
 */
import type { Expr } from "../core/expr.js";
import type { Index, IndexForm, Term } from "../core/indexForm.js";
import { build as b } from "../ops/build.js";

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly matrix: Expr;
}

interface Graph {
  edges: Edge[];
  readonly labels: Map<number, Expr[]>;
  readonly scalars: Expr[];
  readonly dims: Map<number, Index>;
}

/** What is left of a term: scalars, at most one matrix between each pair of free indices, labels on free indices. */
export interface Reduced {
  readonly scalars: readonly Expr[];
  readonly edges: readonly Edge[];
  readonly labels: ReadonlyMap<number, readonly Expr[]>;
}

export function reduceTerm(term: Term, free: readonly Index[]): Reduced | undefined {
  const graph: Graph = { edges: [], labels: new Map(), scalars: [b.number(term.coefficient)], dims: new Map() };
  for (const f of term.factors) {
    for (const i of [f.row, f.col]) if (i) graph.dims.set(i.id, i);
    if (f.row && f.col) graph.edges.push({ from: f.row.id, to: f.col.id, matrix: f.expr });
    else if (f.row) label(graph, f.row.id, f.expr);
    else if (f.col) label(graph, f.col.id, b.transpose(f.expr));
    else graph.scalars.push(f.expr);
  }
  for (const [p, q] of term.deltas) graph.edges.push({ from: p.id, to: q.id, matrix: b.eye(p.dim) });
  const isFree = new Set(free.map((i) => i.id));
  while (parallel(graph) || loop(graph) || contractOne(graph, isFree)) {
    // each pass removes an edge or a vertex
  }
  const left = [...graph.dims.keys()].some((id) => !isFree.has(id));
  return left ? undefined : { scalars: graph.scalars, edges: graph.edges, labels: graph.labels };
}

function label(graph: Graph, id: number, e: Expr): void {
  graph.labels.set(id, [...(graph.labels.get(id) ?? []), e]);
}

const oriented = (edge: Edge, from: number): Expr => (edge.from === from ? edge.matrix : b.transpose(edge.matrix));

function parallel(graph: Graph): boolean {
  for (let i = 0; i < graph.edges.length; i++)
    for (let j = i + 1; j < graph.edges.length; j++) {
      const [p, q] = [graph.edges[i]!, graph.edges[j]!];
      const same = (p.from === q.from && p.to === q.to) || (p.from === q.to && p.to === q.from);
      if (!same || p.from === p.to) continue;
      const matrix = b.hadamard(p.matrix, oriented(q, p.from));
      graph.edges = [...graph.edges.filter((e) => e !== p && e !== q), { from: p.from, to: p.to, matrix }];
      return true;
    }
  return false;
}

function loop(graph: Graph): boolean {
  const found = graph.edges.find((e) => e.from === e.to);
  if (!found) return false;
  graph.edges = graph.edges.filter((e) => e !== found);
  if (found.matrix.op !== "eye") label(graph, found.from, b.op("diag", [found.matrix]));
  return true;
}

/** Removes one summed vertex with at most two edges. */
function contractOne(graph: Graph, isFree: ReadonlySet<number>): boolean {
  for (const [id, index] of graph.dims) {
    if (isFree.has(id)) continue;
    const at = graph.edges.filter((e) => e.from === id || e.to === id);
    if (at.length > 2) continue;
    const labels = graph.labels.get(id) ?? [];
    const weight = labels.length === 0 ? undefined : b.hadamard(...labels);
    graph.edges = graph.edges.filter((e) => !at.includes(e));
    graph.labels.delete(id);
    graph.dims.delete(id);
    const other = (e: Edge): number => (e.from === id ? e.to : e.from);
    const [p, q] = at;
    if (!p)
      graph.scalars.push(
        labels.length === 2
          ? b.mul(b.transpose(labels[0]!), labels[1]!)
          : weight
            ? b.op("sum", [weight])
            : b.dimension(index.dim),
      );
    else if (!q)
      label(
        graph,
        other(p),
        b.mul(oriented(p, other(p)), weight ?? b.ones({ rows: index.dim, cols: b.number(1).shape.cols })),
      );
    else {
      const middle = weight ? [b.op("diag", [weight])] : [];
      graph.edges.push({
        from: other(p),
        to: other(q),
        matrix: b.mul(oriented(p, other(p)), ...middle, oriented(q, id)),
      });
    }
    return true;
  }
  return false;
}

/** The matrix with rows `row` and columns `col` of a form whose only free indices these are. */
export function readMatrix(
  form: IndexForm,
  row: Index | undefined,
  col: Index | undefined,
  zero: Expr,
): Expr | undefined {
  const terms: Expr[] = [];
  for (const term of form.terms) {
    const reduced = reduceTerm(term, form.free);
    if (!reduced) return undefined;
    const matrix = matrixOf(reduced, row, col);
    if (!matrix) return undefined;
    terms.push(matrix);
  }
  return terms.length === 0 ? zero : b.add(...terms);
}

function matrixOf(r: Reduced, row: Index | undefined, col: Index | undefined): Expr | undefined {
  const left = vector(r, row);
  const right = vector(r, col);
  if (!row && !col) return b.times(...r.scalars);
  if (!row || !col) return b.times(...r.scalars, row ? left! : b.transpose(right!));
  const edge = r.edges[0];
  if (!edge) return b.times(...r.scalars, b.mul(left!, b.transpose(right!)));
  const parts: Expr[] = [];
  if (r.labels.has(row.id)) parts.push(b.op("diag", [left!]));
  parts.push(edge.from === row.id ? edge.matrix : b.transpose(edge.matrix));
  if (r.labels.has(col.id)) parts.push(b.op("diag", [right!]));
  return b.times(...r.scalars, b.mul(...parts));
}

/** The label of a free index as a column; ones where there is none. */
export function vector(r: Reduced, index: Index | undefined): Expr | undefined {
  if (!index) return undefined;
  const labels = r.labels.get(index.id);
  return labels ? b.hadamard(...labels) : b.ones({ rows: index.dim, cols: b.number(1).shape.cols });
}
