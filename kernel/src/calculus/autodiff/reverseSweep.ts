/** Reverse mode: v̄ⱼ collects v̄ ∂v/∂vⱼ over all uses of vⱼ, from the result back to the inputs. */
import { type Dense, scalarValue, zip } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { isScalar, showShape } from "../core/shape.js";
import { build as b } from "../ops/build.js";
import { nameOf, symbol } from "../ops/leaves.js";
import { type Binding, type Bindings, denseOf, isBindings } from "../verify/bindings.js";
import { pull } from "./backward.js";
import type { Elementary } from "./elementary.js";
import { type Rows, toValue } from "./evaluateRows.js";
import { marked, tableLatex, tableText } from "./tableText.js";
import type { ReverseRow } from "./tableTypes.js";

export interface Use {
  readonly row: Elementary;
  print(result: string): ReverseRow;
}

export interface Adjoints {
  readonly uses: readonly Use[];
  total(row: Elementary): Dense;
}

export function reverseSweep(rows: Rows, seed?: Bindings | Binding): Adjoints {
  const barred = new Map(rows.list.map((row) => [row, symbol(marked(row.name, "adjoint"), row.of.shape)] as const));
  const totals = new Map<Elementary, Dense>();
  const counts = new Map<Elementary, number>();
  for (const row of rows.list) for (const o of row.operands) counts.set(o, (counts.get(o) ?? 0) + 1);
  const uses: Use[] = [];
  const seen = new Map<Elementary, number>();

  const first = seedOf(rows, seed);
  totals.set(rows.result, first);
  uses.push({ row: rows.result, print: (name) => seedRow(rows.result, name, first) });

  for (const row of [...rows.list].reverse()) {
    const adjoint = totals.get(row);
    if (!row.local || !adjoint) continue;
    const bar = barred.get(row)!;
    for (const operand of computedFirst(row.operands)) {
      const e = contribution(row, operand, bar);
      const sent = rows.evaluate(e, { [nameOf(bar)]: adjoint });
      const before = totals.get(operand);
      const total = before ? zip(before, sent, (x, y) => x + y) : sent;
      totals.set(operand, total);
      const nth = (seen.get(operand) ?? 0) + 1;
      seen.set(operand, nth);
      const place = { nth, of: counts.get(operand)! };
      uses.push({ row: operand, print: (name) => useRow(operand, e, { ...place, total, result: name }) });
    }
  }
  return {
    uses,
    total: (row) => totals.get(row) ?? zeros(rows.value(row)),
  };
}

const zeros = (like: Dense): Dense => ({ ...like, data: like.data.map(() => 0) });

/** v̄ ∂v/∂vⱼ: the pullback of the operation by one operand. */
export function contribution(row: Elementary, operand: Elementary, bar: Expr): Expr {
  const back = pull(row.local!, operand.symbol, bar);
  return isScalar(row.local!.shape) ? b.times(bar, back) : back;
}

function seedOf(rows: Rows, seed?: Bindings | Binding): Dense {
  const { of } = rows.result;
  if (seed !== undefined && !isBindings(seed)) return denseOf(of, seed);
  if (isScalar(of.shape)) return scalarValue(1);
  throw new NablaError(
    "bad_argument",
    `reverse mode of a result of shape ${showShape(of.shape)} needs a seed, the adjoint of the result`,
    { got: showShape(of.shape), want: "a scalar result, or { seed }" },
  );
}

/** Values in between come before inputs, so that the table reads towards the inputs. */
const computedFirst = (operands: readonly Elementary[]): Elementary[] => [
  ...operands.filter((o) => o.local),
  ...operands.filter((o) => !o.local),
];

function seedRow(row: Elementary, name: string, adjoint: Dense): ReverseRow {
  const one = adjoint.data.length === 1 ? String(adjoint.data[0]) : "seed";
  return {
    v: row.name,
    expression: `${marked(name, "adjoint")} = ${one}`,
    latex: `\\bar{${name}}=${one === "seed" ? "\\text{seed}" : one}`,
    adds: false,
    note: "",
    adjoint: toValue(adjoint),
  };
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

function useRow(
  row: Elementary,
  e: Expr,
  { nth, of, total, result }: { nth: number; of: number; total: Dense; result: string },
): ReverseRow {
  const input = row.local ? undefined : nameOf(row.of);
  const last = nth === of;
  const use = of > 1 ? `(${ORDINALS[nth - 1] ?? `${nth}th`} use${nth === 1 ? ` of ${input ?? row.name}` : ""})` : "";
  const end = input && last ? `= ∂${result}/∂${input}` : "";
  return {
    v: row.name,
    expression: tableText(e, " · "),
    latex: tableLatex(e),
    adds: nth > 1,
    note: [use, end].filter((part) => part !== "").join(" "),
    adjoint: toValue(total),
  };
}
