/** Graphs of expressions: the dataflow with shapes, and automatic differentiation with values and adjoints. */
import type { AutodiffTable, Dataflow } from "../calculus/index.js";
import { type Bundle, formatNumber, type Graph, graphBundle } from "../display/index.js";

/** A graph as a value of a notebook. */
export interface GraphPlot {
  readonly kind: "nabla.graph";
  readonly nodes: readonly { readonly id: string; readonly lines: readonly string[] }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[];
  /** The rows of the table, in order, as the slider goes through them. */
  readonly steps: readonly { readonly node: string; readonly text: string }[];
  toString(): string;
}

type Value = AutodiffTable["forward"][number]["value"];

export function graphPlot(graph: Graph): GraphPlot {
  const bundle = (): Bundle => graphBundle(graph);
  return Object.freeze({
    kind: "nabla.graph" as const,
    nodes: graph.nodes,
    edges: graph.edges,
    steps: graph.steps,
    toString: () => String(bundle()["text/plain"]),
    [Symbol.for("Jupyter.display")]: bundle,
  });
}

export const dataflowGraph = (flow: Dataflow, title: string): Graph => ({
  title,
  nodes: flow.nodes.map(({ id, label, expression, shape }) => ({
    id,
    lines: [label === expression ? label : `${subscripted(label)} = ${renamed(flow, expression)}`, shape],
  })),
  edges: flow.edges.map(({ from, to }) => ({ from, to, label: "" })),
  steps: [],
  notes: [],
});

/** Parts by their names where the user gave one. */
const renamed = ({ nodes }: Dataflow, expression: string): string =>
  subscripted(expression.replace(/v-?\d+/g, (id) => nodes.find((node) => node.id === id)?.label ?? id));

export function autodiffGraph(table: AutodiffTable): Graph {
  const reverse = table.mode === "reverse";
  const { nodes, edges } = table.graph;
  const names = new Map(nodes.map(({ id, label }) => [id, label]));
  const forward = table.forward.map(({ v, expression, value }) => {
    const input = names.get(v) === expression;
    return {
      node: v,
      text: `${subscripted(v)} = ${subscripted(expression)}${input || String(value) !== expression ? ` = ${short(value)}` : ""}`,
    };
  });
  const back = table.reverse.map(({ v, expression, adds, note, adjoint }) => ({
    node: v,
    text: `v̄${subscript(v.slice(1))} ${adds ? "+=" : "="} ${subscripted(expression).replace(/^.* = /, "")} → ${short(adjoint)} ${note}`.trim(),
  }));
  return {
    title: `Automatic differentiation, ${table.mode} mode`,
    nodes: nodes.map(({ id, label, expression, value, adjoint, tangent }) => ({
      id,
      lines: [
        label === expression
          ? `${subscripted(id)} = ${label}`
          : `${subscripted(id)} = ${subscripted(expression)}${label === id ? "" : ` = ${label}`}`,
        `value ${short(value)}`,
        ...(adjoint === undefined ? [] : [`adjoint ${short(adjoint)}`]),
        ...(tangent === undefined ? [] : [`tangent ${short(tangent)}`]),
      ],
    })),
    edges: edges.map(({ from, to, local }) => ({
      from,
      to,
      label: local.length <= LONGEST_LOCAL ? subscripted(local) : "",
    })),
    steps: [...forward, ...back],
    notes: [
      reverse
        ? "Values flow down, adjoints up; beside an edge its local derivative."
        : "Values and tangents flow down; beside an edge its local derivative.",
    ],
  };
}

/** A longer local derivative stands in the table. */
const LONGEST_LOCAL = 16;
const MOST_ENTRIES = 4;

function short(value: Value): string {
  if (typeof value === "number") return formatNumber(value);
  const entries = value.flat();
  if (entries.length > MOST_ENTRIES) return `${value.length}×${value[0]!.length}`;
  const rows = value.map((row) => row.map((x) => formatNumber(x)).join(" "));
  return value[0]!.length === 1 ? `(${rows.join(", ")})` : `[${rows.join("; ")}]`;
}

const subscript = (digits: string): string =>
  digits.replace(/[-\d]/g, (c) => (c === "-" ? "₋" : String.fromCharCode(0x2080 + Number(c))));

/** v-1 as v₋₁, W1 as W₁. */
const subscripted = (text: string): string =>
  text.replace(
    /(?<![\w.])([\p{L}]\p{M}?)(-?\d+)(?!\w)/gu,
    (_all, letter: string, digits: string) => letter + subscript(digits),
  );
