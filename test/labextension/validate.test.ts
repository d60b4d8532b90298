import { expect, test } from "vitest";
import { validateTrace } from "../../labextension/src/trace/validate.js";
import { demoTrace } from "./fixture.js";

const problem = (value: unknown): string => {
  const validated = validateTrace(value);
  return "problem" in validated ? validated.problem : "";
};

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
