/** Forward mode: the tangent of every row from the tangents of its operands, v̇ = Σ ∂v/∂vⱼ v̇ⱼ. */
import { type Dense, dense, fill } from "../core/dense.js";
import { linearise } from "../derive/linearise.js";
import { substitute } from "../ops/build.js";
import { d, nameOf, symbol } from "../ops/leaves.js";
import { simplify } from "../simplify/rewrite.js";
import { type Binding, type Bindings, denseOf, isBindings } from "../verify/bindings.js";
import type { Elementary } from "./elementary.js";
import type { Rows } from "./evaluateRows.js";
import { marked, tableLatex, tableText } from "./tableText.js";

export interface Tangent {
  readonly expression: string;
  readonly latex: string;
  readonly value: Dense;
}

export function forwardSweep(rows: Rows, seed?: Bindings | Binding): ReadonlyMap<Elementary, Tangent> {
  const tangents = new Map<Elementary, Tangent>();
  const known: Record<string, Dense> = Object.create(null);
  const dotted = new Map(rows.list.map((row) => [row, symbol(marked(row.name, "tangent"), row.of.shape)] as const));
  rows.inputs.forEach((row, i) => {
    const name = nameOf(row.of);
    const value = direction(rows, row, i, seed);
    known[nameOf(dotted.get(row)!)] = value;
    const one = value.data.every((x) => x === value.data[0]) ? String(value.data[0]) : "seed";
    tangents.set(row, {
      expression: `${marked(name, "tangent")} = ${one}`,
      latex: `\\dot{${name}}=${one === "seed" ? "\\text{seed}" : one}`,
      value,
    });
  });
  for (const row of rows.list) {
    if (!row.local) continue;
    const differential = linearise(row.local, new Set(row.operands.map((o) => o.symbol)));
    const inTangents = new Map(row.operands.map((o) => [d(o.symbol), dotted.get(o)!] as const));
    const e = simplify(substitute(differential, inTangents)).expr;
    const value = rows.evaluate(e, known);
    known[nameOf(dotted.get(row)!)] = value;
    tangents.set(row, { expression: tableText(e, " "), latex: tableLatex(e), value });
  }
  return tangents;
}

/** The given direction; without one, ones for the first input and zeros for the others. */
function direction(rows: Rows, row: Elementary, i: number, seed?: Bindings | Binding): Dense {
  const { rows: n, cols } = rows.value(row);
  if (seed === undefined) return fill(n, cols, () => (i === 0 ? 1 : 0));
  if (!isBindings(seed)) return i === 0 ? denseOf(row.of, seed) : dense(n, cols);
  const name = nameOf(row.of);
  return Object.hasOwn(seed, name) ? denseOf(row.of, seed[name]!) : dense(n, cols);
}
