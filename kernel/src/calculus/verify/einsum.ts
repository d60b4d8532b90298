/** The numbers of an index form: a tensor over its free indices, row-major. */
import type { Dense } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import type { Index, IndexForm, Term } from "../core/indexForm.js";
import { sizeOf } from "../core/shape.js";
import { type Evaluated, evaluateAll, type Point } from "./evaluate.js";

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function evaluateIndexForm(form: IndexForm, point: Point, known: Evaluated = new Map()): Tensor {
  const shape = form.free.map((i) => sizeOf(i.dim, point.sizes));
  const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
  evaluateAll(
    form.terms.flatMap((t) => t.factors.map((f) => f.expr)),
    point,
    known,
  );
  for (const term of form.terms) addTerm(data, shape, form.free, term, point, known);
  return { shape, data };
}

function addTerm(
  out: Float64Array,
  shape: readonly number[],
  free: readonly Index[],
  term: Term,
  point: Point,
  known: ReadonlyMap<Expr, Dense>,
): void {
  const loops = [...free, ...term.summed];
  const slot = new Map(loops.map((index, n) => [index.id, n]));
  const sizes = loops.map((i) => sizeOf(i.dim, point.sizes));
  const factors = term.factors.map((f) => {
    const value = known.get(f.expr)!;
    return { value, row: f.row ? slot.get(f.row.id)! : -1, col: f.col ? slot.get(f.col.id)! : -1 };
  });
  const deltas = term.deltas.map(([a, b]) => [slot.get(a.id)!, slot.get(b.id)!] as const);
  // A factor is multiplied in as soon as its last index is set.
  const ready = sizes.map((_, depth) => ({
    factors: factors.filter((f) => Math.max(f.row, f.col) === depth),
    deltas: deltas.filter(([p, q]) => Math.max(p, q) === depth),
  }));
  const at = new Array<number>(loops.length).fill(0);
  const constant = factors
    .filter((f) => f.row < 0 && f.col < 0)
    .reduce((p, f) => p * f.value.data[0]!, term.coefficient);
  const visit = (depth: number, product: number, offset: number): void => {
    if (depth === loops.length) {
      out[offset]! += product;
      return;
    }
    for (let v = 0; v < sizes[depth]!; v++) {
      at[depth] = v;
      if (ready[depth]!.deltas.some(([p, q]) => at[p] !== at[q])) continue;
      let p = product;
      for (const f of ready[depth]!.factors)
        p *= f.value.data[(f.row < 0 ? 0 : at[f.row]!) * f.value.cols + (f.col < 0 ? 0 : at[f.col]!)]!;
      if (p !== 0) visit(depth + 1, p, depth < free.length ? offset * shape[depth]! + v : offset);
    }
  };
  visit(0, constant, 0);
}
