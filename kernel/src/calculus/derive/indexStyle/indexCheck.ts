/**
 * Every line of an index derivation is evaluated for all values of its free indices at seeded points and compared
 * with the proved tensor; what stands behind a ∂ is differentiated by dual numbers and the tape, and by no rule.
 */
import { type Dense, relativeError, scalarValue } from "../../core/dense.js";
import type { Derivative } from "../../core/derivation.js";
import { failedCheck } from "../../core/errors.js";
import { containing, type Expr } from "../../core/expr.js";
import { ENTRY, type IndexName, type IndexNode } from "../../core/indexLine.js";
import { isMatrix } from "../../core/shape.js";
import type { Layout, Let, Step } from "../../core/step.js";
import { substitute } from "../../ops/build.js";
import { nameOf } from "../../ops/leaves.js";
import { type Site, STEP_TOLERANCE } from "../../verify/checkStep.js";
import { evaluateIndexForm, type Tensor } from "../../verify/einsum.js";
import { evaluate, type Point } from "../../verify/evaluate.js";
import { exactDerivative, rowOf, Taped } from "../../verify/exact.js";
import { evaluateIndexNode, type IndexContext, indexWork } from "../../verify/indexNode.js";
import { TOO_LONG } from "./indexExpand.js";

type Check = Step["check"];

/** Steps of all evaluations of a page, at most; a page that takes more is too long to be checked. */
const WORK_CAP = 100_000_000;

export interface CheckProblem {
  /** The variable. */
  readonly x: Expr;
  /** Named parts in order, the name of the whole expression last. */
  readonly lets: readonly Let[];
  readonly result: Derivative;
  readonly sites: readonly Site[];
}

interface Place {
  readonly seed: number;
  readonly point: Point;
  readonly context: IndexContext;
  readonly target: Tensor;
  /** Below this a difference is rounding: a thousandth of the size of the expression itself. */
  readonly scale: number;
}

/** Largest difference over the largest magnitude, which is at least `scale`. */
function errorBetween(a: ArrayLike<number>, b: ArrayLike<number>, scale: number): number {
  const both = (list: ArrayLike<number>): Float64Array => Float64Array.from([...Array.from(list), scale]);
  return relativeError(both(a), both(b));
}

export class IndexChecker {
  private readonly places: readonly Place[];
  private work = 0;

  constructor(private readonly problem: CheckProblem) {
    this.places = problem.sites.map(({ seed, point }) => {
      const named = this.named(point);
      const target = evaluateIndexForm(problem.result.index, point);
      const size = evaluate(problem.result.of, point).data.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
      return { seed, point: named, context: this.context(named), target, scale: size / 1000 };
    });
  }

  /** Right-hand sides of a line of ∂f/∂x, over its free indices in the order of the tensor. */
  derivativeLine(rule: string, sides: readonly IndexNode[], free: readonly IndexName[]): Check {
    this.admit(sides, free);
    return this.admitted(rule, sides, free);
  }

  /** The same for a line whose work was counted when it was written. */
  admitted(rule: string, sides: readonly IndexNode[], free: readonly IndexName[]): Check {
    return this.compare(rule, (place) => {
      const values = sides.map((side) => evaluateIndexNode(side, free, place.context).data);
      return values.map((v) => errorBetween(v, place.target.data, place.scale));
    });
  }

  /** Two trees that are to be equal, whatever they are. */
  equal(rule: string, left: IndexNode, right: IndexNode, free: readonly IndexName[]): Check {
    this.admit([left, right], free);
    return this.compare(rule, ({ context, scale }) => [
      errorBetween(evaluateIndexNode(left, free, context).data, evaluateIndexNode(right, free, context).data, scale),
    ]);
  }

  /** Matrix forms of the derivative in a layout. */
  matrices(rule: string, sides: readonly Expr[], layout: Layout): Check {
    const { arrangement } = this.problem.result;
    const turned =
      (arrangement === "gradient" && layout === "numerator") ||
      (arrangement === "jacobian" && layout === "denominator");
    return this.compare(rule, ({ point, target, scale }) =>
      sides.map((side) => {
        const value = evaluate(side, point);
        return errorBetween(turned && isMatrix(side.shape) ? columnMajor(value) : value.data, target.data, scale);
      }),
    );
  }

  /** Counts the work of a line before it is done; a page that takes too much is too long. */
  admit(sides: readonly IndexNode[], free: readonly IndexName[]): void {
    for (const { point } of this.places)
      for (const side of sides) {
        this.work += indexWork(side, free, point.sizes);
        if (this.work > WORK_CAP) throw TOO_LONG;
      }
  }

  private compare(rule: string, errors: (place: Place) => readonly number[]): Check {
    let worst = 0;
    for (const place of this.places)
      for (const e of errors(place)) worst = Math.max(worst, Number.isNaN(e) ? Infinity : e);
    if (!(worst <= STEP_TOLERANCE)) throw failedCheck(`a line (${rule})`, worst, STEP_TOLERANCE);
    return { seed: this.places[0]?.seed ?? 0, maxRelError: worst };
  }

  /** The point with numbers for the named parts. */
  private named(point: Point): Point {
    const values = { ...point.values };
    const out = { ...point, values };
    for (const { symbol, value } of this.problem.lets) values[nameOf(symbol)] = evaluate(value, out);
    return out;
  }

  private context(point: Point): IndexContext {
    const tensors = new Map<string, Tensor | undefined>();
    return {
      point,
      known: new Map(),
      jacobian: (e, s) => {
        const key = `${e.id} ${s.id}`;
        if (!tensors.has(key)) tensors.set(key, this.jacobian(e, s, point));
        return tensors.get(key);
      },
      second: (e, s, t) => {
        const key = `${e.id} ${s.id} ${t.id}`;
        if (!tensors.has(key)) tensors.set(key, this.second(e, s, t, point));
        return tensors.get(key);
      },
      slope: (body, value) => {
        const values = { ...point.values, [nameOf(ENTRY)]: scalarValue(value) };
        return rowOf(new Taped({ ...point, values }, [ENTRY]), body, ENTRY, [[0, 1]]).data[0]!;
      },
    };
  }

  /** By the variable everything is written out; by a named part only what speaks of it. */
  private jacobian(e: Expr, s: Expr, point: Point): Tensor | undefined {
    const written = this.writtenBut(s, e);
    if (containing(written, (a) => a === s).size === 0) return undefined;
    return exactDerivative(written, [s], point);
  }

  private second(e: Expr, s: Expr, t: Expr, point: Point): Tensor | undefined {
    const written = this.writtenBut(s, e);
    const moves = (x: Expr): boolean => containing(written, (a) => a === x).size > 0;
    return moves(s) && moves(t) ? exactDerivative(written, [s, t], point) : undefined;
  }

  private writtenBut(s: Expr, e: Expr): Expr {
    return this.problem.lets
      .filter((l) => l.symbol !== s)
      .reduceRight((out, l) => substitute(out, new Map([[l.symbol, l.value]])), e);
  }
}

const columnMajor = (value: Dense): Float64Array =>
  Float64Array.from(
    { length: value.data.length },
    (_, k) => value.data[(k % value.rows) * value.cols + Math.floor(k / value.rows)]!,
  );
