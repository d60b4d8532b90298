import { expect, test } from "vitest";
import { gradients, madeAt, valueAt, viewTensor } from "../../labextension/src/trace/matrix.js";
import { at, demoTrace } from "./fixture.js";

test("a gradient is transposed in numerator layout, a value is not", () => {
  const { tensors } = demoTrace();
  const gradient = viewTensor(tensors.g_W1!, "numerator");
  expect([gradient.rows, gradient.cols]).toEqual([2, 3]);
  expect(valueAt(gradient, 1, 0)).toBe(valueAt(viewTensor(tensors.g_W1!, "denominator"), 0, 1));
  expect(viewTensor(tensors.W1!, "numerator").transposed).toBe(false);
});

test("inputs are there from the first step, ∂L/∂W1 from B7", () => {
  const trace = demoTrace();
  expect(madeAt(trace).get("x")).toBe(0);
  expect(madeAt(trace).get("g_W1")).toBe(at(trace, "B7"));
});

test("gradients are found by the variable in their label", () => {
  expect([...gradients(demoTrace()).keys()]).toEqual(["L", "p", "z", "W2", "b2", "a", "h", "W1", "b1", "x"]);
});
