/**
 * Expressions as one fast function of parameters. Symbols have numbers, or their entries move along straight lines with
 * the parameters: base + p₁·rate₁ + p₂·rate₂. Shared parts, also of an expression and its derivatives, are computed once.
 * Values are those of `evaluate` up to the rounding of the last digits. Cost: a few nanoseconds per scalar operation.
 */
import type { Dense } from "../core/dense.js";
import { type Expr, topological } from "../core/expr.js";
import type { Sizes } from "../core/shape.js";
import { type Cells, cellsOf, lower, type Value } from "./lower.js";
import type { Program } from "./program.js";
import { Recorder } from "./recorder.js";

/** A symbol that moves: every entry is its base plus the sum of parameter·rate. */
export interface Line {
  readonly base: Dense;
  /** Of an entry, row-major: the parameters that it moves with, and how fast. */
  readonly moves: (entry: number) => readonly (readonly [parameter: number, rate: number])[];
}

export interface CompileOptions {
  readonly sizes: Sizes;
  readonly parameters: number;
  /** Of every symbol in the expressions: its numbers, or how it moves. */
  readonly symbol: (symbol: Expr) => Dense | Line;
  /** φ′(0) of a kinked function; 0 when absent. */
  readonly kink?: number;
  /** The outputs, from the entries of the roots; all entries of all roots in order when absent. */
  readonly outputs?: (r: Recorder, roots: readonly Cells[]) => readonly number[];
}

export function compile(roots: readonly Expr[], options: CompileOptions): Program {
  const { sizes, parameters, symbol, kink = 0, outputs } = options;
  const r = new Recorder();
  const known = new Map<Expr, Value>();
  for (const e of topological(...roots)) {
    const value =
      e.op === "symbol"
        ? symbolValue(r, symbol(e))
        : lower(
            r,
            e,
            e.args.map((a) => known.get(a)!),
            { sizes, kink },
          );
    known.set(e, value);
  }
  const cells = roots.map((root) => cellsOf(r, known.get(root)!));
  return r.program(outputs ? outputs(r, cells) : cells.flatMap(({ at }) => at), parameters);
}

function symbolValue(r: Recorder, value: Dense | Line): Value {
  if (!("base" in value)) return { fixed: value };
  const { rows, cols, data } = value.base;
  const at = Array.from(data, (base, k) => {
    const moves = value.moves(k).map(([p, rate]) => r.mul(r.constant(rate), r.parameter(p)));
    return r.total([...(base === 0 && moves.length > 0 ? [] : [r.constant(base)]), ...moves]);
  });
  return { cells: { rows, cols, at } };
}
