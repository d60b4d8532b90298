/**
 * Forward and reverse automatic differentiation of any expression, written out as the tables of the notes.
 *
 * Forward: v̇ of every row from the v̇ before it; the tangent of the result is its derivative in the direction of the
 * seed. Reverse: v̄ from the result back, one row per use; a value used twice collects both. Local derivatives come
 * from the operator records. Sources: 003, forward and reverse AD tables; Griewank and Walther, chapter 3.
 */
import type { Expr } from "../core/expr.js";
import { nameOf } from "../ops/leaves.js";
import type { Bindings } from "../verify/bindings.js";
import { evaluateRows, toValue } from "./evaluateRows.js";
import { forwardSweep } from "./forwardSweep.js";
import { graphOf } from "./graph.js";
import { reverseSweep } from "./reverseSweep.js";
import { tableLatex, tableText } from "./tableText.js";
import type { AutodiffOptions, AutodiffTable, ForwardRow, ReverseRow } from "./tableTypes.js";

/**
 * @param bindings a number for every symbol of the expression
 * @throws NablaError `bad_argument` for a missing number, or for a result that is no scalar without a seed
 * @example autodiff(parse("y sin(x + y)", declare("x: scalar, y: scalar")).expr, { x: 1, y: 2 }).derivatives
 */
export function autodiff(expr: Expr, bindings: Bindings, options: AutodiffOptions = {}): AutodiffTable {
  const mode = options.mode ?? "reverse";
  const rows = evaluateRows(expr, bindings, options.kink);
  const name = options.names?.get(expr) ?? "f";
  const tangents = mode === "forward" ? forwardSweep(rows, options.seed) : undefined;
  const adjoints = mode === "reverse" ? reverseSweep(rows, options.seed) : undefined;

  const forward = rows.list.map((row): ForwardRow => {
    const local = row.local ?? row.of;
    const note = row === rows.result && mode === "reverse" && row.local ? name : (options.names?.get(row.of) ?? "");
    const tangent = tangents?.get(row);
    return {
      v: row.name,
      expression: tableText(local, " · "),
      latex: tableLatex(local),
      note: note && `(${note})`,
      shape: [rows.value(row).rows, rows.value(row).cols],
      value: toValue(rows.value(row)),
      ...(tangent
        ? { tangentExpression: tangent.expression, tangentLatex: tangent.latex, tangent: toValue(tangent.value) }
        : {}),
    };
  });

  const derivatives = adjoints
    ? rows.inputs.map((row) => [nameOf(row.of), toValue(adjoints.total(row))] as const)
    : [[name, toValue(tangents!.get(rows.result)!.value)] as const];

  return {
    kind: "nabla.autodiff",
    mode,
    name,
    forward,
    reverse: adjoints ? adjoints.uses.map((use): ReverseRow => use.print(name)) : [],
    derivatives: Object.fromEntries(derivatives),
    graph: graphOf(rows, { name, tangents, adjoints }),
  };
}
