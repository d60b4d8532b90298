/**
 * Index form of a linear map: dF is written entry by entry along the paths to dX only; everything that does not
 * contain dX stays whole, as [expr]_{row,col}. Deltas are contracted unless both their indices are free.
 */
import { NablaError } from "../core/errors.js";
import { containing, type Expr } from "../core/expr.js";
import { type Factor, type Index, type IndexForm, newIndex, type Term } from "../core/indexForm.js";
import { type Dim, isOne } from "../core/shape.js";
import { build } from "../ops/build.js";
import { opOf } from "../ops/index.js";
import { isNumber, numberOf } from "../ops/leaves.js";

/** More products than this have no readable index form. */
const TERM_CAP = 4000;

export interface Axes {
  readonly row: Index | undefined;
  readonly col: Index | undefined;
}

/** Indices for the axes of a shape that are not 1 by type. */
export const axesOf = (e: Expr): Axes => ({ row: fresh(e.shape.rows), col: fresh(e.shape.cols) });
export const listAxes = (a: Axes): Index[] => [a.row, a.col].filter((x): x is Index => x !== undefined);

function fresh(d: Dim): Index | undefined {
  return isOne(d) ? undefined : newIndex(d);
}

interface Open {
  coefficient: number;
  factors: Factor[];
  deltas: (readonly [Index, Index])[];
  summed: Index[];
}

/** [dF]_{out} with dX replaced by the unit tensor of `variable`: the derivative in index form. */
export function indexLinear(dF: Expr, leaf: Expr, out: Axes, variable: Axes): IndexForm {
  const active = containing(dF, (e) => e === leaf);
  const terms = active.has(dF)
    ? expandEntry(
        dF,
        out,
        (e) => active.has(e),
        (e, at) => (e === leaf ? unit(at, variable) : undefined),
      )
    : [];
  const free = [...listAxes(out), ...listAxes(variable)];
  return { free, terms: normalise(terms, free) };
}

/** ∂X_{at}/∂X_{variable} = δδ. */
function unit(at: Axes, variable: Axes): Open {
  const deltas: (readonly [Index, Index])[] = [];
  if (at.row && variable.row) deltas.push([at.row, variable.row]);
  if (at.col && variable.col) deltas.push([at.col, variable.col]);
  return { coefficient: 1, factors: [], deltas, summed: [] };
}

/** [e]_{at} as a sum of products: nodes for which `open` holds are written out, others stay whole. */
export function expandEntry(
  root: Expr,
  at: Axes,
  open: (e: Expr) => boolean,
  leafAt: (e: Expr, at: Axes) => Open | undefined = () => undefined,
): Open[] {
  let count = 0;
  const expand = (e: Expr, here: Axes): Open[] => {
    const leaf = leafAt(e, here);
    if (leaf) return [leaf];
    if (!open(e))
      return [
        {
          coefficient: isNumber(e) ? numberOf(e) : 1,
          factors: isNumber(e) ? [] : [{ expr: e, ...here }],
          deltas: [],
          summed: [],
        },
      ];
    const entry = opOf(e.op).entry;
    if (!entry)
      throw new NablaError("unsupported", `${e.op} has no index form along the path of the variable`, { got: e.op });
    const out: Open[] = [];
    const made: Index[] = [];
    const products = entry(build, e, here.row, here.col, (d) => {
      const index = fresh(d);
      if (index) made.push(index);
      return index;
    });
    for (const product of products) {
      let partial: Open[] = [
        { coefficient: product.coefficient, factors: [], deltas: [...product.deltas], summed: [...made] },
      ];
      for (const part of product.parts) {
        const expanded = expand(part.expr, { row: part.row, col: part.col });
        partial = partial.flatMap((p) => expanded.map((q) => merge(p, q)));
        count += partial.length;
        if (count > 50 * TERM_CAP)
          throw new NablaError("unsupported", "the index form has too many terms to be written out", {
            want: `at most ${TERM_CAP} terms`,
          });
      }
      out.push(...partial);
    }
    return out;
  };
  return expand(root, at);
}

const merge = (p: Open, q: Open): Open => ({
  coefficient: p.coefficient * q.coefficient,
  factors: [...p.factors, ...q.factors],
  deltas: [...p.deltas, ...q.deltas],
  summed: [...p.summed, ...q.summed],
});

/** Contracts deltas, drops constants of ones, merges equal products. */
export function normalise(open: readonly Open[], free: readonly Index[]): Term[] {
  const isFree = new Set(free.map((i) => i.id));
  const terms = open.flatMap((o) => contract(o, isFree));
  return mergeTerms(terms, isFree);
}

function contract(o: Open, isFree: ReadonlySet<number>): Term[] {
  let { factors, summed } = o;
  let deltas = [...o.deltas];
  const kept: (readonly [Index, Index])[] = [];
  // Identity matrices are deltas, ones are nothing.
  factors = factors.filter((f) => {
    if (f.expr.op === "ones") return false;
    if (f.expr.op !== "eye" || !f.row || !f.col) return true;
    deltas.push([f.row, f.col]);
    return false;
  });
  const extra: Expr[] = [];
  while (deltas.length > 0) {
    const [a, b] = deltas.pop()!;
    if (a.id === b.id) {
      if (!isFree.has(a.id)) continue;
      continue;
    }
    const [from, to] = !isFree.has(a.id) ? [a, b] : !isFree.has(b.id) ? [b, a] : [undefined, undefined];
    if (!from || !to) {
      kept.push([a, b]);
      continue;
    }
    const swap = (i: Index | undefined): Index | undefined => (i && i.id === from.id ? to : i);
    factors = factors.map((f) => ({ expr: f.expr, row: swap(f.row), col: swap(f.col) }));
    deltas = deltas.map(([p, q]) => [swap(p)!, swap(q)!] as const);
    kept.splice(0, kept.length, ...kept.map(([p, q]) => [swap(p)!, swap(q)!] as const));
    summed = summed.filter((s) => s.id !== from.id);
  }
  const occurs = new Set(factors.flatMap((f) => [f.row?.id, f.col?.id]));
  const bound: Index[] = [];
  for (const s of summed) {
    if (occurs.has(s.id)) bound.push(s);
    else extra.push(build.dimension(s.dim));
  }
  const numbers = extra.filter((e) => isNumber(e)).reduce((p, e) => p * numberOf(e), 1);
  const dimensions = extra.filter((e) => !isNumber(e)).map((expr) => ({ expr, row: undefined, col: undefined }));
  const coefficient = o.coefficient * numbers;
  if (coefficient === 0 || factors.some((f) => f.expr.op === "zeros")) return [];
  return [{ coefficient, factors: [...dimensions, ...factors], deltas: dedupe(kept), summed: bound }];
}

const dedupe = (deltas: readonly (readonly [Index, Index])[]): (readonly [Index, Index])[] => {
  const seen = new Set<string>();
  return deltas.filter(([a, b]) => {
    const key = [a.id, b.id].sort((x, y) => x - y).join();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};

/** Equal products up to the names of summed indices are counted once. */
function mergeTerms(terms: readonly Term[], isFree: ReadonlySet<number>): Term[] {
  const groups = new Map<string, { term: Term; coefficient: number }>();
  for (const term of terms) {
    const key = termKey(term, isFree);
    const known = groups.get(key);
    if (known) known.coefficient += term.coefficient;
    else groups.set(key, { term, coefficient: term.coefficient });
  }
  return [...groups.values()]
    .filter((g) => g.coefficient !== 0)
    .map((g) => ({ ...g.term, coefficient: g.coefficient }));
}

function termKey(term: Term, isFree: ReadonlySet<number>): string {
  const rename = new Map<number, string>();
  const sorted = [...term.factors].sort(
    (a, b) => a.expr.id - b.expr.id || freeKey(a, isFree).localeCompare(freeKey(b, isFree)),
  );
  const name = (i: Index | undefined): string => {
    if (!i) return "";
    if (isFree.has(i.id)) return String(i.id);
    if (!rename.has(i.id)) rename.set(i.id, `s${rename.size}`);
    return rename.get(i.id)!;
  };
  const factors = sorted.map((f) => `${f.expr.id}[${name(f.row)},${name(f.col)}]`);
  const deltas = term.deltas.map(([a, b]) => [name(a), name(b)].sort().join("~")).sort();
  return `${factors.join("")};${deltas.join()}`;
}

const freeKey = (f: Factor, isFree: ReadonlySet<number>): string =>
  `${f.row && isFree.has(f.row.id) ? f.row.id : "-"},${f.col && isFree.has(f.col.id) ? f.col.id : "-"}`;
