/** Letters of indices: output indices i, j, then k, l of the variable; summed indices from the rest. */
import { type Expr, topological } from "../../core/expr.js";
import type { IndexName } from "../../core/indexLine.js";
import { type Dim, isOne } from "../../core/shape.js";
import { nameOf } from "../../ops/leaves.js";

const OUTPUT = ["i j", "p q", "a b", "c d", "g h"];
const VARIABLE = ["k l", "p q", "a b", "c d", "u v", "g h"];
const SUMMED = ["i", "j", "k", "l", "r", "s", "t", "u", "v", "w", "p", "q", "a", "b", "c", "d", "e", "g", "h"];

/** Names that no index may have: those of symbols and of dimensions. */
export function takenNames(roots: readonly Expr[]): Set<string> {
  const taken = new Set<string>();
  for (const e of topological(...roots)) {
    if (e.op === "symbol") taken.add(nameOf(e));
    for (const d of [e.shape.rows, e.shape.cols]) for (const n of d.names) taken.add(n);
  }
  return taken;
}

/** The first pair of letters that is free, as indices of the axes of an expression. */
function pairFor(e: Expr, pairs: readonly string[], taken: ReadonlySet<string>): IndexName[] {
  const dims = [e.shape.rows, e.shape.cols].filter((d) => !isOne(d));
  const pair = pairs.map((p) => p.split(" ")).find((p) => p.slice(0, dims.length).every((n) => !taken.has(n)));
  return dims.map((dim, n) => ({ name: pair?.[n] ?? spare(taken, n), dim }));
}

function spare(taken: ReadonlySet<string>, skip: number): string {
  for (let n = 1 + skip; ; n++) if (!taken.has(`i${n}`)) return `i${n}`;
}

export interface FreeIndices {
  readonly output: readonly IndexName[];
  readonly variable: readonly IndexName[];
}

/** Free indices of ∂f/∂x; `chosen` are the caller's letters for the variable. */
export function freeIndices(f: Expr, x: Expr, taken: ReadonlySet<string>, chosen?: readonly string[]): FreeIndices {
  const asked = chosen?.length ? [chosen.join(" "), ...VARIABLE] : VARIABLE;
  const variable = pairFor(x, asked, chosen?.length ? new Set() : taken);
  const output = pairFor(f, OUTPUT, new Set([...taken, ...variable.map((i) => i.name)]));
  return { output, variable };
}

/** Letters of the entries of the second variable of a second derivative, after those of the first. */
export function secondIndices(y: Expr, first: readonly IndexName[], taken: ReadonlySet<string>): readonly IndexName[] {
  const used = new Set([...taken, ...first.map((i) => i.name)]);
  const single = [y.shape.rows, y.shape.cols].filter((d) => !isOne(d)).length === 1;
  return pairFor(y, single ? ["l", ...VARIABLE] : VARIABLE, used);
}

/** A summation index that is neither used around it nor taken. */
export function freshIndex(dim: Dim, used: ReadonlySet<string>, taken: ReadonlySet<string>): IndexName {
  const free = SUMMED.find((n) => !used.has(n) && !taken.has(n));
  if (free) return { name: free, dim };
  for (let n = 1; ; n++) if (!used.has(`s${n}`) && !taken.has(`s${n}`)) return { name: `s${n}`, dim };
}
