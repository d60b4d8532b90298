/** The dataflow graph of an expression: a node per elementary operation, an edge per use with its local derivative. */
import { isMatrix, isScalar } from "../core/shape.js";
import { derivative } from "../derive/closed.js";
import { nameOf, symbol } from "../ops/leaves.js";
import type { Elementary } from "./elementary.js";
import { type Rows, toValue } from "./evaluateRows.js";
import type { Tangent } from "./forwardSweep.js";
import { type Adjoints, contribution } from "./reverseSweep.js";
import { marked, tableLatex, tableText } from "./tableText.js";
import type { AutodiffTable, GraphEdge, GraphNode } from "./tableTypes.js";

export interface GraphParts {
  readonly name: string;
  readonly tangents: ReadonlyMap<Elementary, Tangent> | undefined;
  readonly adjoints: Adjoints | undefined;
}

export function graphOf(rows: Rows, { name, tangents, adjoints }: GraphParts): AutodiffTable["graph"] {
  const nodes = rows.list.map((row): GraphNode => {
    const value = rows.value(row);
    const tangent = tangents?.get(row);
    return {
      id: row.name,
      label: row.local ? (row === rows.result ? name : row.name) : nameOf(row.of),
      expression: tableText(row.local ?? row.of, " · "),
      shape: [value.rows, value.cols],
      value: toValue(value),
      ...(tangent ? { tangent: toValue(tangent.value) } : {}),
      ...(adjoints ? { adjoint: toValue(adjoints.total(row)) } : {}),
    };
  });
  return { nodes, edges: rows.list.flatMap((row) => row.operands.map((operand) => edge(rows, operand, row))) };
}

/** A matrix when the local derivative has one, rows = outputs; otherwise the way the adjoint goes back. */
function edge(rows: Rows, operand: Elementary, row: Elementary): GraphEdge {
  const ends = { from: operand.name, to: row.name };
  const order3 = isMatrix(row.of.shape) && !isScalar(operand.of.shape);
  if (order3 || (isMatrix(operand.of.shape) && !isScalar(row.of.shape))) {
    const back = contribution(row, operand, symbol(marked(row.name, "adjoint"), row.of.shape));
    return { ...ends, local: tableText(back, " · "), latex: tableLatex(back) };
  }
  const { matrix } = derivative(row.local!, [operand.symbol]);
  if (!matrix) return { ...ends, local: "", latex: "" };
  return { ...ends, local: tableText(matrix, " · "), latex: tableLatex(matrix), value: toValue(rows.evaluate(matrix)) };
}
