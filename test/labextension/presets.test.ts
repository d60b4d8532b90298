import { nullTranslator } from "@jupyterlab/translation";
import { traceNetwork } from "nabla";
import { expect, test } from "vitest";
import { PRESETS } from "../../labextension/src/setup/presets.js";

const traceOf = (id: string) => traceNetwork(PRESETS.find((preset) => preset.id === id)!.config);
const size = (data: readonly number[]): number => Math.hypot(...data);

test("every preset is a network with a name and a sentence of its own", () => {
  const trans = nullTranslator.load("jupyterlab_nabla");
  const names = PRESETS.map(({ title }) => title(trans));
  expect(names).toEqual(["Demo", "Dead ReLU", "Saturated", "Kink", "Three samples", "XOR", "Symmetric start"]);
  expect(new Set(PRESETS.map(({ shows }) => shows(trans))).size).toBe(PRESETS.length);
  for (const { config } of PRESETS) expect(traceNetwork(config).steps.length).toBeGreaterThan(14);
});

test("demo: L = 0.327441", () => {
  expect(traceOf("demo").tensors.L!.data[0]).toBeCloseTo(0.327441, 6);
});

test("dead ReLU: row 1 of ∂L/∂W1 is zero, L = 0.067447", () => {
  const { tensors } = traceOf("dead-relu");
  expect(tensors.h!.data[0]).toBeCloseTo(-1.4, 12);
  expect(tensors.g_W1!.data.slice(0, 2)).toEqual([0, 0]);
  expect(tensors.g_W1!.data.slice(2).every((value) => value !== 0)).toBe(true);
  expect(tensors.L!.data[0]).toBeCloseTo(0.067447, 6);
});

test("saturated: of g_a about 5e-7 comes through layer 1, and the step says why", () => {
  const { tensors, steps } = traceOf("saturated");
  expect(size(tensors.g_h!.data) / size(tensors.g_a!.data)).toBeCloseTo(5e-7, 7);
  expect(steps.find(({ id }) => id === "B6")!.sentence).toContain("The layer is saturated: σ′ is at most 0.000001");
});

test("kink: backprop 0, difference 0.0408, half of the upstream 0.0815", () => {
  const { steps, tensors } = traceOf("kink");
  expect(tensors.h!.data[0]).toBe(0);
  const [check] = steps.find(({ id }) => id === "B8")!.checks;
  expect(check!.verdict).toBe("kink");
  expect(check!.sentence).toBe("∂L/∂b1: kink: backprop 0 (φ′(0)=0), difference 0.0408 = ½ of upstream 0.0815");
});

test("three samples: the mean of their losses", () => {
  expect(traceOf("samples").tensors.L!.data[0]).toBeCloseTo(0.563947, 6);
});

test("XOR: four samples, none of the two classes alone in a half plane", () => {
  const { network, tensors } = traceOf("xor");
  expect(network.batch).toBe(4);
  expect(tensors.y!.data.filter((_, i) => i % 2 === 0)).toEqual([1, 0, 0, 1]);
});

test("symmetric start: the rows of ∂L/∂W1 are equal, the columns of ∂L/∂W2 too", () => {
  const { g_W1, g_W2 } = traceOf("symmetric").tensors;
  expect(g_W1!.data.slice(2, 4)).toEqual(g_W1!.data.slice(0, 2));
  expect(g_W2!.data[1]).toBe(g_W2!.data[0]);
  expect(g_W1!.data[0]).not.toBe(0);
});
