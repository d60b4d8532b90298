/** The dataflow graph of an expression without numbers: an elementary operation per node, with its shape. */
import { type Expr, topological } from "../core/expr.js";
import { showShape } from "../core/shape.js";
import type { Let } from "../core/step.js";
import { valuesOf, withoutLets } from "../derive/lineState.js";
import { isSymbol, nameOf } from "../ops/leaves.js";
import { elementaries } from "./elementary.js";
import { tableText } from "./tableText.js";

/** Nodes in the order of evaluation, inputs first; an edge for every use. */
export interface Dataflow {
  readonly nodes: readonly {
    readonly id: string;
    /** The user's name of an input, of a named part and of the result. */
    readonly label: string;
    readonly expression: string;
    readonly shape: string;
  }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** @example dataflow(parse("norm(W x + b)^2", scope).expr, []).nodes.at(-1)?.expression // "v3^2" */
export function dataflow(written: Expr, lets: readonly Let[], resultName = "f"): Dataflow {
  const f = withoutLets(lets, written);
  const values = valuesOf(lets);
  const names = new Map(lets.map(({ symbol }) => [values.get(symbol)!, nameOf(symbol)]));
  const rows = elementaries(f, topological(f).filter(isSymbol));
  return {
    nodes: rows.map(({ name, of, local }) => ({
      id: name,
      label: local ? (of === f ? resultName : (names.get(of) ?? name)) : nameOf(of),
      expression: tableText(local ?? of, " · "),
      shape: showShape(of.shape),
    })),
    edges: rows.flatMap(({ name, operands }) => operands.map((operand) => ({ from: operand.name, to: name }))),
  };
}
