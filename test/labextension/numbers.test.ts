import { expect, test } from "vitest";
import { cellColour, colourScale, contrast, luminance, textColour } from "../../labextension/src/trace/colour.js";
import { gradients, madeAt, valueAt, viewTensor } from "../../labextension/src/trace/matrix.js";
import { formatNumber } from "../../labextension/src/trace/number.js";
import { at, demoTrace } from "./fixture.js";

test("numbers have three decimals, a true minus, and no decimals when whole", () => {
  expect([0.0553878, -0.0594843, 2, -1, 0, -0].map((x) => formatNumber(x, 3))).toEqual([
    "0.055",
    "−0.059",
    "2",
    "−1",
    "0",
    "0",
  ]);
});

test("a small number is never printed as zero", () => {
  expect(formatNumber(5e-7, 3)).toBe("5.0e−7");
  expect(formatNumber(-4e-4, 3)).toBe("−4.0e−4");
});

test("what is no number says so", () => {
  expect([Number.NaN, Infinity, -Infinity].map((x) => formatNumber(x, 3))).toEqual(["NaN", "∞", "−∞"]);
});

test("the text on a cell has a contrast of at least 4.5 on every colour of the scale", () => {
  for (let i = -1000; i <= 1000; i++) {
    const colour = cellColour(i / 1000, 1);
    expect(contrast(colour, textColour(colour))).toBeGreaterThanOrEqual(4.5);
  }
});

test("the colour scale is centred on zero: zero is the neutral grey, the ends are equally dark or nearly so", () => {
  expect(cellColour(0, 3)).toEqual([247, 247, 247]);
  expect(cellColour(0, 0)).toEqual([247, 247, 247]);
  expect(Math.abs(luminance(cellColour(3, 3)) - luminance(cellColour(-3, 3)))).toBeLessThan(0.1);
  expect(cellColour(9, 3)).toEqual(cellColour(3, 3));
});

test("what is not finite does not stretch the scale", () => {
  expect(colourScale([1, -2, Number.NaN, Infinity])).toBe(2);
});

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
