/**
 * The network as a chain of nodes, read from the trace: the input, then each value that a forward step makes, with the
 * parameters and targets that enter there. Nothing here knows that there are two layers.
 */
import type { TraceDocument } from "nabla";
import { gradients, madeAt } from "./matrix.js";

export type Progress = "done" | "now" | "next";

export interface GraphNode {
  readonly name: string;
  readonly label: string;
  readonly shape: readonly [number, number];
  readonly value: Progress;
  /** Of the gradient by this node; absent when the trace has none. */
  readonly gradient?: Progress;
  /** What enters on the edge before this node. */
  readonly enters: readonly { readonly name: string; readonly label: string; readonly gradient?: Progress }[];
}

export function graphNodes(trace: TraceDocument, step: number): GraphNode[] {
  const made = madeAt(trace);
  const byVariable = gradients(trace);
  const progress = (name: string): Progress => {
    const at = made.get(name) ?? 0;
    return at < step ? "done" : at === step ? "now" : "next";
  };
  const gradientOf = (name: string): { gradient?: Progress } => {
    const gradient = byVariable.get(trace.tensors[name]!.label) ?? byVariable.get(name);
    return gradient ? { gradient: progress(gradient.name) } : {};
  };
  const node = (name: string, enters: GraphNode["enters"]): GraphNode => {
    const { label, shape } = trace.tensors[name]!;
    return { name, label, shape, value: progress(name), ...gradientOf(name), enters };
  };
  const inputs = Object.values(trace.tensors).filter((tensor) => tensor.role === "input");
  const forward = trace.steps.filter((step) => step.pass === "forward");
  return [
    ...inputs.map((tensor) => node(tensor.name, [])),
    ...forward.flatMap(({ operands, results }) => {
      const enters = operands
        .map((name) => trace.tensors[name]!)
        .filter(({ role }) => role === "parameter" || role === "target")
        .map(({ name, label, role }) => ({ name, label, ...(role === "parameter" ? gradientOf(name) : {}) }));
      const value = results.find((name) => trace.tensors[name]!.role === "value");
      return value ? [node(value, enters)] : [];
    }),
  ];
}
