/**
 * The named intermediates between a variable and f as a graph: which of them the variable moves, and who uses whom.
 * Names come from the user in order (Z = X Y; h = W1 x + b1; …) or from `chainStages.ts`.
 */
import { containing, type Expr, topological } from "../../core/expr.js";
import { isColumn, isMatrix, isScalar, SCALAR } from "../../core/shape.js";
import type { Let } from "../../core/step.js";
import { build as b, substitute } from "../../ops/build.js";
import { isNumber, isSymbol, symbol } from "../../ops/leaves.js";
import { simplify } from "../../simplify/rewrite.js";
import { withoutLets } from "../lineState.js";
import { namesIn } from "../refer.js";
import { nameThatIsFree } from "./chainNames.js";
import { findStages } from "./chainStages.js";

export interface ChainGraph {
  readonly x: Expr;
  /** f in the symbols of the stages. */
  readonly f: Expr;
  /** The symbol that stands for f on the page. */
  readonly name: Expr;
  /** Intermediates that x moves and f needs, in order. */
  readonly stages: readonly Let[];
  /** Named parts that x does not move. */
  readonly constants: readonly Let[];
  /** Names that the page has given before. */
  readonly taken: readonly Expr[];
}

export interface Naming {
  /** The user's name of the output. */
  readonly outputName?: string | undefined;
  /** Names that may not be given again. */
  readonly taken?: readonly Expr[];
}

export function chainGraph(
  written: Expr,
  lets: readonly Let[],
  x: Expr,
  { outputName, taken = [] }: Naming = {},
): ChainGraph {
  const given = outputOf(written, lets);
  const tied = lets.length > 0 ? abstracted(given.f, given.lets) : findStages(given.f, x, taken);
  const f = tied.f;
  const moves = movedBy(x, tied.lets);
  const needed = neededBy(f, tied.lets);
  const kept = tied.lets.filter((l) => needed.has(l.symbol));
  const stages = kept.filter((l) => moves.has(l.symbol));
  const shown = squaresShown(f, new Set(stages.map((l) => l.symbol)));
  const chosen = given.name ?? (outputName ? symbol(outputName, f.shape) : undefined);
  const name = chosen ?? freeName(shown, [x, shown, ...kept.flatMap((l) => [l.symbol, l.value])]);
  return { x, f: shown, name, stages, constants: kept.filter((l) => !moves.has(l.symbol)), taken };
}

/** "…; L = −t' log(p)" names the output itself. */
function outputOf(written: Expr, lets: readonly Let[]): { f: Expr; lets: readonly Let[]; name: Expr | undefined } {
  const last = lets.find((l) => l.symbol === written);
  if (!last) return { f: written, lets, name: undefined };
  return { f: last.value, lets: lets.filter((l) => l !== last), name: last.symbol };
}

/** The expression in the symbols of its lets, also when it arrives written out. */
function abstracted(f: Expr, lets: readonly Let[]): { f: Expr; lets: readonly Let[] } {
  const by = new Map<Expr, Expr>();
  const out: Let[] = [];
  const opened = new Map<Expr, Expr>();
  const refer = (e: Expr): Expr => substitute(e, by);
  for (const { symbol: s, value } of lets) {
    const short = isSymbol(value) ? value : refer(value);
    out.push({ symbol: s, value: short });
    const whole = substitute(short, opened);
    opened.set(s, whole);
    if (isSymbol(value) || isNumber(value)) continue;
    // A derivative has it as the rules leave it: tr(V'BV) is tr(BVV') there.
    const tidied = simplify(whole, { frozen: namesIn(whole) }).expr;
    for (const e of [short, value, whole, ...(isSymbol(tidied) || isNumber(tidied) ? [] : [tidied])]) by.set(e, s);
  }
  return { f: refer(f), lets: out };
}

/** Every named part written out. */
export const writtenOut = (e: Expr, { constants, stages }: Pick<ChainGraph, "constants" | "stages">): Expr =>
  withoutLets([...constants, ...stages], e);

function movedBy(x: Expr, lets: readonly Let[]): ReadonlySet<Expr> {
  const moved = new Set<Expr>([x]);
  for (const l of lets) if (containing(l.value, (e) => moved.has(e)).size > 0) moved.add(l.symbol);
  return moved;
}

function neededBy(f: Expr, lets: readonly Let[]): ReadonlySet<Expr> {
  const needed = new Set<Expr>(topological(f).filter(isSymbol));
  // A name is used by f and by later names only.
  for (const { symbol: s, value } of [...lets].reverse())
    if (needed.has(s)) for (const e of topological(value)) if (isSymbol(e)) needed.add(e);
  return needed;
}

/** ‖c‖² of a named column is written c'c, as the notes do. */
function squaresShown(f: Expr, names: ReadonlySet<Expr>): Expr {
  const by = new Map<Expr, Expr>();
  for (const e of containing(f, (n) => names.has(n))) {
    const c = e.op === "pow" && isNumber(e.args[1]!, 2) && e.args[0]!.op === "norm" ? e.args[0]!.args[0]! : undefined;
    if (c && names.has(c) && isColumn(c.shape)) by.set(e, b.mul(b.transpose(c), c));
  }
  return by.size === 0 ? f : substitute(f, by);
}

function freeName(f: Expr, avoid: readonly Expr[]): Expr {
  if (f.op === "scalarfn" && f.attrs.order === 0) return symbol(f.attrs.fn as string, SCALAR);
  const letters = isMatrix(f.shape) ? ["F", "f", "phi"] : ["f", "F", "phi"];
  return symbol(nameThatIsFree(letters, avoid, isScalar(f.shape)), f.shape);
}

/** The stages that use `s`, and f itself (undefined) where f does. */
export function usersOf(graph: ChainGraph, s: Expr): readonly (Let | undefined)[] {
  const uses = (e: Expr): boolean => containing(e, (n) => n === s).size > 0;
  return [...graph.stages.filter((l) => uses(l.value)), ...(uses(graph.f) ? [undefined] : [])];
}
