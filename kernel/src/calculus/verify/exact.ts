/**
 * Numbers with bounds of their rounding, from the definitions of the operators on scalars: values of expressions, and
 * derivatives by reverse-mode AD, the judge that knows no rule. Second derivatives are forward over reverse.
 */
import { type Dense, dense } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import { constantGrid, type Grid } from "../core/grid.js";
import { random } from "../core/random.js";
import { axes, type Dim, sizeOf } from "../core/shape.js";
import { Tape } from "../core/tape.js";
import { opOf } from "../ops/index.js";
import { factsOf, nameOf } from "../ops/leaves.js";
import { evaluate, type Point } from "./evaluate.js";
import { type Course, forward, Sweeps } from "./sweep.js";

/** Numbers, and how far rounding may have moved each of them. */
export interface Bounded {
  readonly data: Float64Array;
  readonly error: Float64Array;
}

/** Expressions on one tape at one point; parts that were met before cost nothing. */
export class Taped {
  readonly tape = new Tape();
  readonly sweeps = new Sweeps(this.tape);
  private readonly grids = new Map<Expr, Grid>();

  constructor(
    private readonly point: Point,
    /** The variables. */
    moving: Iterable<Expr>,
  ) {
    for (const x of moving) {
      const { rows, cols, data } = evaluate(x, point);
      this.grids.set(x, { rows, cols, at: Array.from(data, (v) => this.tape.input(v)) });
    }
  }

  grid(root: Expr): Grid {
    const known = this.grids.get(root);
    if (known) return known;
    const { tape, grids, point } = this;
    const env = { sizes: point.sizes, kink: point.kink ?? 0 };
    for (const e of topological(root)) {
      if (grids.has(e)) continue;
      const given = e.op === "symbol" || (e.op === "d" && e.args[0]!.op === "symbol");
      const made = given
        ? givenGrid(tape, e, evaluate(e, point))
        : opOf(e.op).scalars(
            tape,
            e.args.map((a) => grids.get(a)!),
            e,
            env,
          );
      grids.set(e, made);
    }
    return grids.get(root)!;
  }

  value(e: Expr): Dense & Bounded {
    const { rows, cols, at } = this.grid(e);
    const { hi, error } = this.tape;
    return {
      ...dense(
        rows,
        cols,
        at.map((id) => hi[id]!),
      ),
      error: Float64Array.from(at, (id) => error[id]! + Number.EPSILON * Math.abs(hi[id]!)),
    };
  }
}

/** Q'Q is I only up to the rounding of Q: an entry may be off by this. */
const ORTHOGONAL_ERROR = 8 * Number.EPSILON;

function givenGrid(tape: Tape, e: Expr, value: Dense): Grid {
  if (!factsOf(e).includes("orthogonal") || factsOf(e).includes("diagonal")) return constantGrid(tape, value);
  const { rows, cols, data } = value;
  return { rows, cols, at: Array.from(data, (x) => tape.inexact(x, ORTHOGONAL_ERROR)) };
}

const MATRIX_LOOPS: ReadonlySet<string> = new Set(["mul", "inv", "matpow", "det", "logdet", "adj"]);

/** Nodes that expressions take on a tape, about: entries, times the length of their sums. */
export function tapeSize(roots: readonly Expr[], { sizes }: Point): number {
  const length = (d: Dim): number => sizeOf(d, sizes);
  return topological(...roots).reduce((work, e) => {
    const widest = Math.max(1, ...e.args.map((a) => Math.max(length(a.shape.rows), length(a.shape.cols))));
    const inner = MATRIX_LOOPS.has(e.op) ? widest ** (e.op === "mul" ? 1 : 2) : 1;
    return work + e.args.length * inner * length(e.shape.rows) * length(e.shape.cols);
  }, 0);
}

/** Weights of a sum over outputs, or over entries of a variable; entry numbers are row-major. */
export type Weights = readonly (readonly [entry: number, weight: number])[];

/** Σ over the outputs of weight · ∂output/∂(entries of x). */
export function rowOf(at: Taped, f: Expr, x: Expr, weights: Weights): Bounded {
  const { at: nodes } = at.grid(f);
  const { first } = at.sweeps.backward(weights.map(([k, w]) => [nodes[k]!, w]));
  return pick(first, at.grid(x));
}

/** The derivative of that row along a direction of y: one row of a Hessian, or a sum of its rows. */
export function secondRowOf(at: Taped, f: Expr, x: Expr, weights: Weights, along: Course): Bounded {
  const { at: nodes } = at.grid(f);
  const { second } = at.sweeps.backward(
    weights.map(([k, w]) => [nodes[k]!, w]),
    along,
  );
  return pick(second!, at.grid(x));
}

/** The course of every node on the tape so far, along a direction of y. */
export function courseOf(at: Taped, y: Expr, weights: Weights): Course {
  const { at: nodes } = at.grid(y);
  return forward(at.tape, new Map(weights.map(([k, w]) => [nodes[k]!, w])));
}

const pick = ({ value, error }: Course, { at }: Grid): Bounded => ({
  data: Float64Array.from(at, (id) => value[id]!),
  error: Float64Array.from(at, (id) => error[id]!),
});

/** The first or second derivative with all entries: output axes first, then those of the variables in order. */
export function exactDerivative(
  f: Expr,
  wrt: readonly Expr[],
  point: Point,
): Bounded & { readonly shape: readonly number[] } {
  const [x, y] = wrt as [Expr, Expr | undefined];
  const at = new Taped(point, wrt);
  const grids = [f, ...wrt].map((e) => [e, at.grid(e)] as const);
  const [outputs, n, m] = [at.grid(f).at.length, at.grid(x).at.length, y ? at.grid(y).at.length : 1];
  const made = { data: new Float64Array(outputs * n * m), error: new Float64Array(outputs * n * m) };
  for (let j = 0; j < m; j++) {
    const course = y && courseOf(at, y, [[j, 1]]);
    for (let i = 0; i < outputs; i++) {
      const row = course ? secondRowOf(at, f, x, [[i, 1]], course) : rowOf(at, f, x, [[i, 1]]);
      for (let k = 0; k < n; k++) {
        made.data[(i * n + k) * m + j] = row.data[k]!;
        made.error[(i * n + k) * m + j] = row.error[k]!;
      }
    }
  }
  return { ...made, shape: grids.flatMap(([e, g]) => sizesOf(e, g)) };
}

/** The derivative of f in the direction that the point has for its variables. */
export function exactDirection(f: Expr, wrt: readonly Expr[], point: Point): Dense & Bounded {
  const at = new Taped(point, wrt);
  const { rows, cols, at: nodes } = at.grid(f);
  const direction = new Map<number, number>();
  for (const x of wrt) {
    const dX = point.directions?.[nameOf(x)];
    if (!dX) throw new NablaError("bad_argument", `no direction given for ${nameOf(x)}`);
    for (const [k, id] of at.grid(x).at.entries()) direction.set(id, dX.data[k]!);
  }
  const { value, error } = forward(at.tape, direction);
  return {
    ...dense(
      rows,
      cols,
      nodes.map((id) => value[id]!),
    ),
    error: Float64Array.from(nodes, (id) => error[id]!),
  };
}

const sizesOf = (e: Expr, { rows, cols }: Grid): number[] => {
  const n = axes(e.shape).length;
  return n === 2 ? [rows, cols] : n === 1 ? [rows * cols] : [];
};

/** Single entries, evenly spread, and one sum of all with random weights: an error in one entry is met by the sum. */
export function probes(size: number, most: number, seed: number): readonly Weights[] {
  const taken = Math.min(size, Math.max(1, most));
  const single = Array.from({ length: taken }, (_, k): Weights => [[Math.floor(((k + 0.5) * size) / taken), 1]]);
  if (taken === size) return single;
  const rng = random(seed);
  return [...single, Array.from({ length: size }, (_, k) => [k, rng.between(0.5, 1.5) * (rng.next() < 0.5 ? -1 : 1)])];
}
