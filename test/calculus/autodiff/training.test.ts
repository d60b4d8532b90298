import { describe, expect, test } from "vitest";
import type { NetworkConfig } from "../../../kernel/src/calculus/autodiff/network.js";
import { outputsOf } from "../../../kernel/src/calculus/autodiff/outputsOf.js";
import { traceNetwork } from "../../../kernel/src/calculus/autodiff/traceNetwork.js";
import { type TrainingOptions, training } from "../../../kernel/src/calculus/autodiff/training.js";
import { BATCH, expectNumbers } from "./helpers.js";

const MEAN: NetworkConfig = { ...BATCH, conventions: { reduction: "mean" } };
const run = (config: NetworkConfig, options?: TrainingOptions) => [...training(config, options)];
const end = (config: NetworkConfig, options?: TrainingOptions) => {
  const steps = training(config, options);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
};

describe("gradient descent", () => {
  const points = run(MEAN);

  test("the loss of the notes at steps 0, 1, 10, 50 and 200", () => {
    expect(points).toHaveLength(201);
    expectNumbers(
      [0, 1, 10, 50, 200].map((step) => points[step]!.loss),
      [0.563947, 0.49369, 0.291375, 0.080982, 0.013733],
      5e-7,
    );
  });

  test("one step of the demo network at rate ½", () => {
    expectNumbers(
      run({}, { rate: 0.5, steps: 1 }).map(({ loss }) => loss),
      [0.327441, 0.167075],
      5e-7,
    );
  });

  test("the norm of each layer is that of its weights and its bias together", () => {
    const { tensors } = traceNetwork(MEAN);
    const norm = (...names: string[]) => Math.hypot(...names.flatMap((name) => tensors[name]!.data));
    expectNumbers(points[0]!.norms, [norm("g_W1", "g_b1"), norm("g_W2", "g_b2")], 1e-15);
  });

  test("a saturated layer lets about 5e-7 of the gradient through, and its largest slope says why", () => {
    const saturated = {
      W1: [
        [5, -10],
        [15, 2.5],
        [-7.5, 10],
      ],
      b1: [1, -2, 3],
    };
    const { flow } = run(saturated, { steps: 0 })[0]!;
    expect(flow.h / flow.a).toBeGreaterThan(4e-7);
    expect(flow.h / flow.a).toBeLessThan(6e-7);
    expect(flow.slope).toBeCloseTo(8.3e-7, 8);
    expect(flow.z).toBeGreaterThan(0.1);
  });

  test("a trace at the parameters of a step has the loss of that step", () => {
    const { loss, parameters } = points[50]!;
    expect(traceNetwork({ ...MEAN, ...parameters() }).tensors.L!.data[0]).toBe(loss);
  });

  test("samples as columns, fused, and without biases go the same way as far as they are the same", () => {
    for (const conventions of [{ samples: "columns" }, { fused: true }] as const) {
      const other = run({ ...MEAN, conventions: { ...MEAN.conventions, ...conventions } }, { steps: 20 });
      expectNumbers(
        other.map(({ loss }) => loss),
        points.slice(0, 21).map(({ loss }) => loss),
        1e-12,
      );
    }
    const [first, second] = run({ ...MEAN, bias: false }, { steps: 1 });
    expect(second!.loss).toBeLessThan(first!.loss);
    expect(Object.keys(first!.parameters())).toEqual(["W1", "W2"]);
  });

  test("the loss falls with every activation and every loss", () => {
    for (const activation of ["sigmoid", "tanh", "relu", "leaky-relu", "identity"] as const)
      for (const loss of ["cross-entropy", "binary-cross-entropy", "mse"] as const) {
        const losses = run({ ...MEAN, activation, loss }, { rate: 0.05, steps: 30 }).map((point) => point.loss);
        expect(losses.at(-1), `${activation}, ${loss}`).toBeLessThan(losses[0]!);
      }
  });
});

describe("mini-batches", () => {
  test("one epoch takes every sample once, in an order that the seed fixes", () => {
    const options = { batch: 2, steps: 6, seed: 7 };
    const points = run(MEAN, options);
    expect(points.map(({ epoch }) => epoch)).toEqual([0, 0, 1, 1, 2, 2, 3]);
    expect(run(MEAN, options).map(({ loss }) => loss)).toEqual(points.map(({ loss }) => loss));
    expect(run(MEAN, { ...options, seed: 8 }).map(({ loss }) => loss)).not.toEqual(points.map(({ loss }) => loss));
  });

  test("the loss is that of all samples", () => {
    expect(run(MEAN, { batch: 1, steps: 0 })[0]!.loss).toBeCloseTo(0.563947, 6);
  });

  test("samples as columns are drawn as samples as rows are", () => {
    const columns: NetworkConfig = { ...MEAN, conventions: { reduction: "mean", samples: "columns" } };
    const losses = (config: NetworkConfig) => run(config, { batch: 2, steps: 8, seed: 5 }).map(({ loss }) => loss);
    expectNumbers(losses(columns), losses(MEAN), 1e-12);
  });

  test("a batch at least as large as the data is all of it", () => {
    expect(run(MEAN, { batch: 9, steps: 3 }).at(-1)!.loss).toBe(run(MEAN, { steps: 3 }).at(-1)!.loss);
  });
});

describe("how a training ends", () => {
  test("after its steps, with the loss", () => {
    expect(end(MEAN)).toEqual({ reason: "done", step: 200, sentence: "Done: the loss is 0.013733." });
  });

  test("when the loss is no longer a finite number, with the step and a smaller rate", () => {
    expect(end({ ...MEAN, loss: "mse", activation: "identity" }, { rate: 5 })).toEqual({
      reason: "diverged",
      step: 5,
      sentence: "Stopped at step 5: the loss is infinite. The rate 5 is too large here; try 0.5.",
    });
    expect(end(MEAN, { rate: 1e4 }).sentence).toBe(
      "Stopped at step 1: the loss is not a number. The rate 10000 is too large here; try 1000.",
    );
  });

  test.each<[TrainingOptions, string]>([
    [{ rate: 0 }, "rate of a training: expected a positive number, got 0"],
    [{ rate: Number.NaN }, "rate of a training: expected a positive number, got NaN"],
    [{ steps: 1.5 }, "steps of a training: expected a whole number from 0, got 1.5"],
    [{ batch: 0 }, "batch of a training: expected a whole number of samples from 1, got 0"],
    [{ seed: 0.5 }, "seed of a training: expected a whole number, got 0.5"],
  ])("%j", (options, message) => {
    expect(() => training({}, options)).toThrow(message);
  });
});

test("outputs at inputs: probabilities, or z with the squared error", () => {
  expectNumbers(outputsOf({}, [[1, 2]])[0]!, [0.279234, 0.720766], 5e-7);
  expectNumbers(outputsOf({ loss: "mse" }, [[1, 2]])[0]!, [0.437427, 1.385689], 5e-7);
  const { tensors } = traceNetwork(BATCH);
  expectNumbers(outputsOf(BATCH, BATCH.X!).flat(), tensors.p!.data as number[], 1e-15);
});
