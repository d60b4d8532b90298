/**
 * Directions forward and adjoints backward along a tape, each with a bound of its rounding error. With a direction the
 * backward sweep also carries the derivative of every adjoint along it: one sweep gives a row of a Hessian.
 */
import type { Tape } from "../core/tape.js";

const EPS = Number.EPSILON;

/** A number for every node, and how far rounding may have moved it. */
export interface Course {
  readonly value: Float64Array;
  readonly error: Float64Array;
}

const course = (size: number): Course => ({ value: new Float64Array(size), error: new Float64Array(size) });

/** The derivative of every node along a direction, given for the inputs. */
export function forward(t: Tape, direction: ReadonlyMap<number, number>): Course {
  const out = course(t.count);
  for (const [id, value] of direction) out.value[id] = value;
  for (let id = 0; id < t.count; id++) {
    const [a, b] = [t.left[id]!, t.right[id]!];
    if (a < 0) continue;
    const [va, vb] = [out.value[a]!, b < 0 ? 0 : out.value[b]!];
    const [ea, eb] = [out.error[a]!, b < 0 ? 0 : out.error[b]!];
    if (va === 0 && vb === 0 && ea === 0 && eb === 0) continue;
    const [pa, pb] = [t.byLeft[id]!, t.byRight[id]!];
    const [sa, sb] = [t.looseLeft[id]!, t.looseRight[id]!];
    const second = b < 0 ? 0 : pb * vb;
    out.value[id] = pa * va + second;
    out.error[id] =
      Math.abs(pa) * ea +
      sa * (Math.abs(va) + ea) +
      (b < 0 ? 0 : Math.abs(pb) * eb + sb * (Math.abs(vb) + eb)) +
      2 * EPS * (Math.abs(pa * va) + Math.abs(second));
  }
  return out;
}

export interface Adjoints {
  readonly first: Course;
  /** The derivatives of the adjoints along the direction. */
  readonly second: Course | undefined;
}

/**
 * Adjoints along one tape. A sweep visits only the nodes that its outputs are made of; its arrays are cleared and used
 * again by the next one.
 */
export class Sweeps {
  private first = course(0);
  private second = course(0);
  private seen = new Uint8Array(0);
  /** Nodes of the last sweep, each before its operands. */
  private visited: readonly number[] = [];

  constructor(private readonly t: Tape) {}

  /** Adjoints of Σ weight·output; they hold until the next sweep. */
  backward(outputs: readonly (readonly [id: number, weight: number])[], along?: Course): Adjoints {
    this.clear();
    this.visited = this.below(outputs);
    const { t, first } = this;
    const second = along && this.second;
    for (const [id, weight] of outputs) first.value[id]! += weight;
    for (const id of this.visited) {
      const [a, b] = [t.left[id]!, t.right[id]!];
      if (a < 0) continue;
      const idle = first.value[id] === 0 && first.error[id] === 0;
      if (idle && (!second || (second.value[id] === 0 && second.error[id] === 0))) continue;
      pass(first, second, id, a, t.byLeft[id]!, t.looseLeft[id]!);
      if (b >= 0) pass(first, second, id, b, t.byRight[id]!, t.looseRight[id]!);
      if (!along || !second) continue;
      const h = t.second[id]!;
      if (b < 0) {
        const change = Math.abs(t.third[id]!) * t.error[a]! + 4 * EPS * Math.abs(h);
        bend(first, second, along, { id, operand: a, through: a, h, change });
      } else if (h !== 0) {
        bend(first, second, along, { id, operand: a, through: b, h, change: 0 });
        bend(first, second, along, { id, operand: b, through: a, h, change: 0 });
      }
    }
    return { first, second };
  }

  private clear(): void {
    const { t, first, second, seen } = this;
    for (const id of this.visited) {
      first.value[id] = 0;
      first.error[id] = 0;
      second.value[id] = 0;
      second.error[id] = 0;
      seen[id] = 0;
    }
    if (seen.length >= t.count) return;
    this.first = course(t.count);
    this.second = course(t.count);
    this.seen = new Uint8Array(t.count);
  }

  /** The nodes that outputs are made of, each before its operands. */
  private below(outputs: readonly (readonly [id: number, weight: number])[]): number[] {
    const { t, seen } = this;
    const order: number[] = [];
    const stack = outputs.map(([id]) => id);
    while (stack.length > 0) {
      const id = stack.pop()!;
      if (id < 0) order.push(~id);
      else if (seen[id] === 0) {
        seen[id] = 1;
        // Its complement says that its operands are done.
        stack.push(~id);
        if (t.left[id]! >= 0) stack.push(t.left[id]!);
        if (t.right[id]! >= 0) stack.push(t.right[id]!);
      }
    }
    return order.reverse();
  }
}

/** What a node gives to an operand. */
function pass(
  first: Course,
  second: Course | undefined,
  id: number,
  operand: number,
  partial: number,
  loose: number,
): void {
  const w = first.value[id]!;
  const e = first.error[id]!;
  const term = partial * w;
  first.value[operand]! += term;
  first.error[operand]! +=
    Math.abs(partial) * e + loose * (Math.abs(w) + e) + EPS * (Math.abs(term) + Math.abs(first.value[operand]!));
  if (!second) return;
  const [v, ve] = [second.value[id]!, second.error[id]!];
  if (v === 0 && ve === 0) return;
  const moved = partial * v;
  second.value[operand]! += moved;
  second.error[operand]! +=
    Math.abs(partial) * ve + loose * (Math.abs(v) + ve) + EPS * (Math.abs(moved) + Math.abs(second.value[operand]!));
}

interface Bend {
  readonly id: number;
  readonly operand: number;
  /** The operand whose movement changes the partial derivative. */
  readonly through: number;
  /** The second derivative, and how far it may be off. */
  readonly h: number;
  readonly change: number;
}

/** What the change of a partial derivative along the direction adds: second derivative · direction · adjoint. */
function bend(first: Course, second: Course, along: Course, { id, operand, through, h, change }: Bend): void {
  const [x, ex] = [along.value[through]!, along.error[through]!];
  if ((h === 0 && change === 0) || (x === 0 && ex === 0)) return;
  const [w, e] = [first.value[id]!, first.error[id]!];
  const term = h * x * w;
  second.value[operand]! += term;
  second.error[operand]! +=
    Math.abs(h) * (Math.abs(x) * e + ex * (Math.abs(w) + e)) +
    change * (Math.abs(x) + ex) * (Math.abs(w) + e) +
    EPS * (4 * Math.abs(term) + Math.abs(second.value[operand]!));
}
