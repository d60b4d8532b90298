import { expect, test } from "vitest";
import { validateTrace } from "../../labextension/src/trace/validate.js";
import { demoTrace } from "./fixture.js";

const problem = (value: unknown): string => {
  const validated = validateTrace(value);
  return "problem" in validated ? validated.problem : "";
};

const replaced = (steps: readonly object[], at: number, step: object): object[] =>
  steps.map((other, i) => (i === at ? step : other));

test("the demo trace is taken as it is", () => {
  const trace = demoTrace();
  expect(validateTrace(trace)).toEqual({ document: trace });
});

test("a newer version says what to do", () => {
  expect(problem({ ...demoTrace(), version: 2 })).toBe(
    "The trace has version 2; this panel reads version 1. Update jupyterlab-nabla.",
  );
});

test("what is no trace is refused in one sentence", () => {
  for (const value of [null, 3, "trace", [], {}, { kind: "else" }])
    expect(problem(value)).toBe("This is not a trace document.");
});

test("a tensor whose numbers do not fill its shape is named", () => {
  const trace = demoTrace();
  const tensors = { ...trace.tensors, W1: { ...trace.tensors.W1!, data: [1, 2, 3] } };
  expect(problem({ ...trace, tensors })).toBe("The tensor W1 is 3×2 but has 3 numbers.");
});

test("null, which JSON writes for NaN and ∞, is NaN wherever a number is shown", () => {
  const trace = demoTrace();
  const at = trace.steps.findIndex(({ checks, local }) => checks.length > 0 && local?.data);
  const step = trace.steps[at]!;
  const W1 = { ...trace.tensors.W1!, data: [Number.NaN, 1, 2, 3, 4, Number.POSITIVE_INFINITY] };
  const checks = [{ ...step.checks[0]!, automatic: Number.NaN, difference: Number.POSITIVE_INFINITY }];
  const local = { ...step.local!, data: [Number.NaN, ...step.local!.data!.slice(1)] };
  const steps = replaced(trace.steps, at, { ...step, checks, local });
  const sent = JSON.parse(JSON.stringify({ ...trace, tensors: { ...trace.tensors, W1 }, steps }));
  const validated = validateTrace(sent);
  if ("problem" in validated) throw new Error(validated.problem);
  expect(validated.document.tensors.W1!.data).toEqual([Number.NaN, 1, 2, 3, 4, Number.NaN]);
  expect(validated.document.steps[at]!.local!.data![0]).toBeNaN();
  const [check] = validated.document.steps[at]!.checks;
  expect([check!.automatic.toExponential(1), check!.difference.toExponential(1)]).toEqual(["NaN", "NaN"]);
});

test.each([
  [
    "a check without a verdict",
    { checks: [{ tensor: "W1", automatic: 0, difference: 0, sentence: "" }] },
    /^A check of/u,
  ],
  ["a check without errors", { checks: [{ tensor: "W1", verdict: "ok", sentence: "" }] }, /^A check of step/u],
  ["no sentence", { sentence: undefined }, /^Step F1 has no title/u],
  ["a formula without its symbols", { formula: { denominator: {}, numerator: {} } }, /^Step F1 has no formula/u],
  ["a Jacobian without a shape", { local: { latex: "", structure: "dense" } }, /^The local Jacobian of step F1/u],
])("a step with %s is refused", (_, changes, sentence) => {
  const trace = demoTrace();
  expect(problem({ ...trace, steps: replaced(trace.steps, 1, { ...trace.steps[1]!, ...changes }) })).toMatch(sentence);
});

test("a huge shape is refused before anything is drawn", () => {
  const trace = demoTrace();
  const tensors = { ...trace.tensors, W1: { ...trace.tensors.W1!, shape: [100_000, 100_000] } };
  expect(problem({ ...trace, tensors })).toMatch(/at most 1000000 can be shown/u);
});

test("a step that names a tensor which is not there, or is named twice, is refused", () => {
  const trace = demoTrace();
  const [first, ...rest] = trace.steps;
  expect(problem({ ...trace, steps: [{ ...first, results: ["__proto__"] }, ...rest] })).toBe(
    "Step F0 uses __proto__, which the trace does not have.",
  );
  expect(problem({ ...trace, steps: [first, first] })).toBe("Two steps of the trace are called F0.");
});
