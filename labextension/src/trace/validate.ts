/**
 * A trace document from outside (a kernel, a saved output) is checked before anything is drawn from it: its kind, its
 * version, its sizes, and that every name a step uses exists. The answer is the document or one sentence.
 */
import { DEFAULT_CONVENTIONS, type Tensor, TRACE_VERSION, type TraceDocument, type TraceStep } from "nabla";
import { areText, isListOf, isRecord, isText } from "./json.js";

/** More steps, or more numbers in one tensor, than this are refused. */
const MOST_STEPS = 400;
const MOST_NUMBERS = 1_000_000;

export type Validated = { readonly document: TraceDocument } | { readonly problem: string };

/** JSON has no NaN and no ∞: both arrive as null. */
const isNumber = (value: unknown): value is number | null => typeof value === "number" || value === null;

export function validateTrace(value: unknown): Validated {
  if (!isRecord(value) || value.kind !== "nabla.trace") return { problem: "This is not a trace document." };
  if (value.version !== TRACE_VERSION)
    return {
      problem: `The trace has version ${String(value.version)}; this panel reads version ${TRACE_VERSION}. Update jupyterlab-nabla.`,
    };
  const problem = headProblem(value) ?? tensorsProblem(value.tensors) ?? stepsProblem(value.steps, value.tensors);
  return problem ? { problem } : { document: withNaN(value as unknown as TraceDocument) };
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1;

/** A convention that a document leaves out is the default; one that is none is refused. */
const CONVENTIONS: Readonly<Record<string, readonly unknown[]>> = {
  layout: ["denominator", "numerator"],
  samples: ["rows", "columns"],
  reduction: ["sum", "mean"],
  mse: ["half", "sum", "mean"],
  kink: [0, 0.5, 1],
  fused: [false, true],
  fine: [false, true],
  digits: [3, 6, "all"],
};
const ROLES = ["input", "target", "parameter", "value", "gradient"];

function headProblem(value: Record<string, unknown>): string | undefined {
  if (typeof value.id !== "string" || typeof value.title !== "string") return "The trace has no id or no title.";
  if (!Number.isInteger(value.revision)) return "The trace has no revision.";
  if (!isRecord(value.conventions) || !isRecord(value.network)) return "The trace has no conventions or no network.";
  for (const [name, known] of Object.entries(CONVENTIONS))
    if (value.conventions[name] !== undefined && !known.includes(value.conventions[name]))
      return `The convention ${name} of the trace is none of ${known.join(", ")}.`;
  const { sizes, batch, activation, loss } = value.network;
  if (!isListOf(sizes, isCount) || sizes.length < 2 || !isCount(batch) || !isText(activation) || !isText(loss))
    return "The network of the trace has no sizes [n, …, k], batch, activation or loss.";
  return undefined;
}

function tensorsProblem(tensors: unknown): string | undefined {
  if (!isRecord(tensors)) return "The trace has no tensors.";
  for (const [name, tensor] of Object.entries(tensors)) {
    if (
      !isRecord(tensor) ||
      tensor.name !== name ||
      typeof tensor.latex !== "string" ||
      typeof tensor.label !== "string"
    )
      return `The tensor ${name} has no name, label or symbol.`;
    if (!isText(tensor.madeBy) || !isText(tensor.role) || !ROLES.includes(tensor.role))
      return `The tensor ${name} has no role, or no step that makes it.`;
    const { shape, data } = tensor;
    if (!Array.isArray(shape) || shape.length !== 2 || !shape.every((size) => Number.isInteger(size) && size > 0))
      return `The tensor ${name} has no shape.`;
    const count = shape[0] * shape[1];
    if (count > MOST_NUMBERS) return `The tensor ${name} has ${count} numbers; at most ${MOST_NUMBERS} can be shown.`;
    if (!Array.isArray(data) || data.length !== count || !data.every(isNumber))
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
    if (!isRecord(step) || typeof step.id !== "string" || !isRecord(step.formula) || !Array.isArray(step.checks))
      return "A step of the trace has no id, formula or checks.";
    if (!areText(step, "title", "rule", "sentence", "cite", "index", "differential"))
      return `Step ${step.id} has no title, rule or sentence.`;
    if (seen.has(step.id)) return `Two steps of the trace are called ${step.id}.`;
    seen.add(step.id);
    if (!isFormula(step.formula.denominator) || !isFormula(step.formula.numerator))
      return `Step ${step.id} has no formula for both layouts.`;
    if (!isListOf(step.operands, isText) || !isListOf(step.results, isText))
      return `Step ${step.id} does not name its operands.`;
    const upstream = step.upstream === undefined ? [] : [String(step.upstream)];
    for (const name of [...step.operands, ...step.results, ...upstream])
      if (!Object.hasOwn(known, name)) return `Step ${step.id} uses ${name}, which the trace does not have.`;
    if (!isListOf(step.checks, isCheck)) return `A check of step ${step.id} has no tensor, verdict or errors.`;
    if (step.local !== undefined && !isLocal(step.local)) return `The local Jacobian of step ${step.id} has no shape.`;
  }
  return undefined;
}

const isFormula = (formula: unknown): formula is TraceStep["formula"]["denominator"] =>
  isRecord(formula) && isText(formula.symbolic);

const VERDICTS = ["ok", "look", "bad", "kink"];

const isCheck = (check: unknown): check is TraceStep["checks"][number] =>
  isRecord(check) &&
  areText(check, "tensor", "sentence") &&
  isText(check.verdict) &&
  VERDICTS.includes(check.verdict) &&
  isNumber(check.automatic) &&
  isNumber(check.difference);

const STRUCTURES = ["dense", "diagonal", "identity", "delta", "softmax"];

const isLocal = (local: unknown): boolean =>
  isRecord(local) &&
  areText(local, "latex", "structure") &&
  STRUCTURES.includes(local.structure as string) &&
  isListOf(local.shape, (size): size is number => Number.isInteger(size)) &&
  (local.data === undefined || isListOf(local.data, isNumber));

/** The document with NaN where JSON wrote null; a list without null stays the same list. */
function withNaN(document: TraceDocument): TraceDocument {
  const tensors = Object.entries(document.tensors).map(([name, tensor]): [string, Tensor] => [
    name,
    { ...tensor, data: numbers(tensor.data) },
  ]);
  const steps = document.steps.map((step) => ({
    ...step,
    ...(step.local?.data ? { local: { ...step.local, data: numbers(step.local.data) } } : {}),
    checks: step.checks.map((check) => ({
      ...check,
      automatic: check.automatic ?? Number.NaN,
      difference: check.difference ?? Number.NaN,
    })),
  }));
  const conventions = { ...DEFAULT_CONVENTIONS, ...document.conventions };
  return { ...document, conventions, tensors: Object.fromEntries(tensors), steps };
}

const numbers = (data: readonly (number | null)[]): readonly number[] =>
  data.includes(null) ? data.map((value) => value ?? Number.NaN) : (data as readonly number[]);
