/**
 * A trace document from outside (a kernel, a saved output) is checked before anything is drawn from it: its kind, its
 * version, its sizes, and that every name a step uses exists. The answer is the document or one sentence.
 */
import { TRACE_VERSION, type TraceDocument } from "nabla";

/** More steps, or more numbers in one tensor, than this are refused. */
const MOST_STEPS = 400;
const MOST_NUMBERS = 1_000_000;

export type Validated = { readonly document: TraceDocument } | { readonly problem: string };

const record = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const strings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

export function validateTrace(value: unknown): Validated {
  if (!record(value) || value.kind !== "nabla.trace") return { problem: "This is not a trace document." };
  if (value.version !== TRACE_VERSION)
    return {
      problem: `The trace has version ${String(value.version)}; this panel reads version ${TRACE_VERSION}. Update jupyterlab-nabla.`,
    };
  const problem = headProblem(value) ?? tensorsProblem(value.tensors) ?? stepsProblem(value.steps, value.tensors);
  return problem ? { problem } : { document: value as unknown as TraceDocument };
}

function headProblem(value: Record<string, unknown>): string | undefined {
  if (typeof value.id !== "string" || typeof value.title !== "string") return "The trace has no id or no title.";
  if (!Number.isInteger(value.revision)) return "The trace has no revision.";
  if (!record(value.conventions) || !record(value.network)) return "The trace has no conventions or no network.";
  return undefined;
}

function tensorsProblem(tensors: unknown): string | undefined {
  if (!record(tensors)) return "The trace has no tensors.";
  for (const [name, tensor] of Object.entries(tensors)) {
    if (!record(tensor) || tensor.name !== name || typeof tensor.latex !== "string" || typeof tensor.label !== "string")
      return `The tensor ${name} has no name, label or symbol.`;
    const { shape, data } = tensor;
    if (!Array.isArray(shape) || shape.length !== 2 || !shape.every((size) => Number.isInteger(size) && size > 0))
      return `The tensor ${name} has no shape.`;
    const count = shape[0] * shape[1];
    if (count > MOST_NUMBERS) return `The tensor ${name} has ${count} numbers; at most ${MOST_NUMBERS} can be shown.`;
    if (!Array.isArray(data) || data.length !== count || !data.every((x) => typeof x === "number" || x === null))
      return `The tensor ${name} is ${shape[0]}×${shape[1]} but has ${Array.isArray(data) ? data.length : 0} numbers.`;
  }
  return undefined;
}

function stepsProblem(steps: unknown, tensors: unknown): string | undefined {
  if (!Array.isArray(steps) || steps.length === 0) return "The trace has no steps.";
  if (steps.length > MOST_STEPS) return `The trace has ${steps.length} steps; at most ${MOST_STEPS} can be shown.`;
  const known = tensors as Record<string, unknown>;
  const seen = new Set<string>();
  for (const step of steps) {
    if (!record(step) || typeof step.id !== "string" || !record(step.formula) || !Array.isArray(step.checks))
      return "A step of the trace has no id, formula or checks.";
    if (seen.has(step.id)) return `Two steps of the trace are called ${step.id}.`;
    seen.add(step.id);
    if (!record(step.formula.denominator) || !record(step.formula.numerator))
      return `Step ${step.id} has no formula for both layouts.`;
    if (!strings(step.operands) || !strings(step.results)) return `Step ${step.id} does not name its operands.`;
    for (const name of [...step.operands, ...step.results])
      if (!Object.hasOwn(known, name)) return `Step ${step.id} uses ${name}, which the trace does not have.`;
  }
  return undefined;
}
