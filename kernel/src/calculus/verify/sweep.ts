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

/** Adjoints of Σ weight·output. */
export function backward(
  t: Tape,
  outputs: readonly (readonly [id: number, weight: number])[],
  along?: Course,
): Adjoints {
  const top = outputs.reduce((most, [id]) => Math.max(most, id), -1);
  const first = course(top + 1);
  const second = along && course(top + 1);
  for (const [id, weight] of outputs) first.value[id]! += weight;
  const to = (id: number, operand: number, partial: number, loose: number): void => {
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
  };
  /** What the change of a partial derivative along the direction adds: second derivative · direction · adjoint. */
  const bend = (id: number, operand: number, through: number, change: number): void => {
    if (!second || !along) return;
    const h = t.second[id]!;
    const [x, ex] = [along.value[through]!, along.error[through]!];
    if ((h === 0 && change === 0) || (x === 0 && ex === 0)) return;
    const [w, e] = [first.value[id]!, first.error[id]!];
    const term = h * x * w;
    second.value[operand]! += term;
    second.error[operand]! +=
      Math.abs(h) * (Math.abs(x) * e + ex * (Math.abs(w) + e)) +
      change * (Math.abs(x) + ex) * (Math.abs(w) + e) +
      EPS * (4 * Math.abs(term) + Math.abs(second.value[operand]!));
  };
  for (let id = top; id >= 0; id--) {
    const [a, b] = [t.left[id]!, t.right[id]!];
    if (a < 0) continue;
    const idle = first.value[id] === 0 && first.error[id] === 0;
    if (idle && (!second || (second.value[id] === 0 && second.error[id] === 0))) continue;
    const [sa, sb] = [t.looseLeft[id]!, t.looseRight[id]!];
    to(id, a, t.byLeft[id]!, sa);
    if (b < 0) bend(id, a, a, Math.abs(t.third[id]!) * t.error[a]! + 4 * EPS * Math.abs(t.second[id]!));
    else {
      to(id, b, t.byRight[id]!, sb);
      bend(id, a, b, 0);
      bend(id, b, a, 0);
    }
  }
  return { first, second };
}
