/**
 * The numbers of an index form: a tensor over its free indices, row-major. Summed indices are eliminated one by one,
 * that with the smallest product first; what is left depends on free indices only.
 */
import type { Dense } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import type { Index, IndexForm, Term } from "../core/indexForm.js";
import { type Sizes, sizeOf } from "../core/shape.js";
import { checkEntries, type Evaluated, evaluateAll, type Point } from "./evaluate.js";

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function evaluateIndexForm(form: IndexForm, point: Point, known: Evaluated = new Map()): Tensor {
  const shape = form.free.map((i) => sizeOf(i.dim, point.sizes));
  checkEntries("index form", ...shape);
  const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
  evaluateAll(
    form.terms.flatMap((t) => t.factors.map((f) => f.expr)),
    point,
    known,
  );
  for (const term of form.terms) addTerm(data, form.free, term, point.sizes, known);
  return { shape, data };
}

/** Values over indices, row-major in their order. */
interface Block {
  readonly indices: readonly Index[];
  readonly data: ArrayLike<number>;
}

function addTerm(
  out: Float64Array,
  free: readonly Index[],
  term: Term,
  sizes: Sizes,
  known: ReadonlyMap<Expr, Dense>,
): void {
  let blocks = term.factors.map((f) => block(known.get(f.expr)!, f.row, f.col));
  const pending = new Set(term.summed);
  while (pending.size > 0) {
    const next = cheapest([...pending], blocks, sizes);
    pending.delete(next.index);
    const rest = next.over.filter((i) => i.id !== next.index.id);
    const touched = blocks.filter((x) => has(x, next.index));
    const summed: Block = { indices: rest, data: productOver([...rest, next.index], rest.length, touched, [], sizes) };
    blocks = [...blocks.filter((x) => !has(x, next.index)), summed];
  }
  const values = productOver(free, free.length, blocks, term.deltas, sizes);
  for (let i = 0; i < out.length; i++) out[i]! += term.coefficient * values[i]!;
}

const has = (x: Block, index: Index): boolean => x.indices.some((i) => i.id === index.id);

/** [value]_{row,col}; one index twice is the diagonal. */
function block(value: Dense, row: Index | undefined, col: Index | undefined): Block {
  if (row && col && row.id === col.id)
    return {
      indices: [row],
      data: Float64Array.from({ length: value.rows }, (_, i) => value.data[i * value.cols + i]!),
    };
  return { indices: [row, col].filter((i): i is Index => i !== undefined), data: value.data };
}

/** The summed index whose factors together have the fewest entries, with the indices of those factors. */
function cheapest(
  pending: readonly Index[],
  blocks: readonly Block[],
  sizes: Sizes,
): { index: Index; over: readonly Index[] } {
  let best: { index: Index; over: readonly Index[]; cost: number } | undefined;
  for (const index of pending) {
    const over = [
      ...new Map(blocks.filter((x) => has(x, index)).flatMap((x) => x.indices.map((i) => [i.id, i]))).values(),
    ];
    const cost = over.reduce((p, i) => p * sizeOf(i.dim, sizes), 1);
    if (!best || cost < best.cost) best = { index, over, cost };
  }
  return best!;
}

/** Σ over the loops behind the first `kept` of the product of blocks, where the deltas hold. */
function productOver(
  loops: readonly Index[],
  kept: number,
  blocks: readonly Block[],
  deltas: Term["deltas"],
  sizes: Sizes,
): Float64Array {
  const lengths = loops.map((i) => sizeOf(i.dim, sizes));
  const slot = new Map(loops.map((index, n) => [index.id, n]));
  const steps = blocks.map((x) => strides(x, slot, loops.length, sizes));
  const pairs = deltas.map(([p, q]) => [slot.get(p.id)!, slot.get(q.id)!] as const);
  checkEntries("index form", ...lengths);
  const inner = lengths.slice(kept).reduce((p, n) => p * n, 1);
  const out = new Float64Array(lengths.slice(0, kept).reduce((p, n) => p * n, 1));
  const at = new Array<number>(loops.length).fill(0);
  const offsets = blocks.map(() => 0);
  for (let flat = 0; flat < out.length * inner; flat++) {
    if (pairs.every(([p, q]) => at[p] === at[q])) {
      let product = 1;
      for (let k = 0; k < blocks.length && product !== 0; k++) product *= blocks[k]!.data[offsets[k]!]!;
      out[Math.floor(flat / inner)]! += product;
    }
    for (let axis = loops.length - 1; axis >= 0; axis--) {
      at[axis]!++;
      const wraps = at[axis] === lengths[axis];
      for (let k = 0; k < blocks.length; k++) offsets[k]! += steps[k]![axis]! * (wraps ? 1 - lengths[axis]! : 1);
      if (!wraps) break;
      at[axis] = 0;
    }
  }
  return out;
}

/** How far a step along each loop moves in the data of a block. */
function strides(x: Block, slot: ReadonlyMap<number, number>, loops: number, sizes: Sizes): number[] {
  const steps = new Array<number>(loops).fill(0);
  let stride = 1;
  for (let n = x.indices.length - 1; n >= 0; n--) {
    steps[slot.get(x.indices[n]!.id)!] = stride;
    stride *= sizeOf(x.indices[n]!.dim, sizes);
  }
  return steps;
}
