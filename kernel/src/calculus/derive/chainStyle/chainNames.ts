/** Names for intermediates as a page gives them: c, h and a, y, z, p, Z; never a name that is in use. */
import { type Expr, topological } from "../../core/expr.js";
import { isMatrix, isScalar } from "../../core/shape.js";
import { nameOf, symbol } from "../../ops/leaves.js";

export type StageKind = "affine" | "elementwise" | "softmax" | "other";

export interface Unnamed {
  readonly kind: StageKind;
  readonly value: Expr;
  /** Kind of the stage that uses it; "likelihood" when that is the logarithm of a softmax or sigmoid. */
  readonly feeds: StageKind | "likelihood" | "output";
}

const SPARE = ["u", "v", "r", "q", "w", "s"];

export function nameThatIsFree(wanted: readonly string[], avoid: readonly Expr[], dimensionsToo = false): string {
  const used = new Set<string>();
  for (const e of topological(...avoid)) {
    if (e.op === "symbol") used.add(nameOf(e));
    if (typeof e.attrs.fn === "string") used.add(e.attrs.fn);
    // A bold h beside the dimension h is the notes' own habit; an italic one would be read as the number.
    if (dimensionsToo) for (const d of [e.shape.rows, e.shape.cols]) for (const n of d.names) used.add(n);
  }
  const free = wanted.find((n) => !used.has(n));
  if (free) return free;
  for (let n = 1; ; n++) if (!used.has(`${wanted[0]}${n}`)) return `${wanted[0]}${n}`;
}

/** The symbol of stage `i` among all stages of a chain. */
export function nameStage(all: readonly Unnamed[], i: number, avoid: readonly Expr[]): Expr {
  const { value } = all[i]!;
  const scalar = isScalar(value.shape);
  const base = scalar ? "u" : vectorName(all, i);
  const wanted = isMatrix(value.shape)
    ? [base === "c" ? "Z" : base.toUpperCase(), ...SPARE.map(upper)]
    : [base, ...(scalar ? ["v", "s", "r", "q"] : SPARE)];
  return symbol(nameThatIsFree(wanted, avoid, scalar), value.shape);
}

const upper = (s: string): string => s.toUpperCase();

function vectorName(all: readonly Unnamed[], i: number): string {
  const { kind, feeds } = all[i]!;
  const layers = all.filter((s) => s.kind === "elementwise").length;
  const layer = (name: string, count: number): string => (layers > 1 ? `${name}${count}` : name);
  const before = all.slice(0, i).filter((s) => s.kind === "elementwise").length;
  if (kind === "elementwise") return layer("a", before + 1);
  if (kind === "softmax") return "p";
  if (kind === "other") return "u";
  if (feeds === "elementwise") return layer("h", before + 1);
  if (layers > 0) return "y";
  return feeds === "softmax" || feeds === "likelihood" ? "z" : "c";
}
