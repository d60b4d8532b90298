/** A training in slices, as the panel runs it. */
import { type NetworkConfig, type TrainingPoint, training } from "nabla";
import { expect, test } from "vitest";
import { TrainingRun } from "../../labextension/src/train/run.js";
import { BATCH } from "../calculus/autodiff/helpers.js";

const config: NetworkConfig = { ...BATCH, sizes: [2, 3, 2], conventions: { reduction: "mean" } };

test("before anything is learned there is step 0", () => {
  const run = new TrainingRun(config, training, () => undefined);
  run.begin();
  expect(run.points.map(({ step, loss }) => [step, loss.toFixed(6)])).toEqual([[0, "0.563947"]]);
  expect(run.at(0).config).toMatchObject({
    W1: [
      [0.5, -1],
      [1.5, 0.25],
      [-0.75, 1],
    ],
  });
});

test("200 steps pass the losses of the notes; the network at a step has that step's loss", async () => {
  let news = 0;
  const run = new TrainingRun(config, training, () => news++);
  await run.start({ rate: 0.5, steps: 200 });
  const losses = [0, 1, 10, 50, 200].map((step) => run.points[step]!.loss.toFixed(6));
  expect(losses).toEqual(["0.563947", "0.493690", "0.291375", "0.080982", "0.013733"]);
  expect(run.end).toMatchObject({ reason: "done", step: 200 });
  expect(news).toBeGreaterThan(0);
  const [again] = training(run.at(50).config, { steps: 0 });
  expect(again!.loss).toBe(run.points[50]!.loss);
});

test("a stop ends it between two slices, long before its steps are made", async () => {
  const run = new TrainingRun(config, training, () => undefined);
  const done = run.start({ steps: 100_000 });
  await new Promise((next) => setTimeout(next, 50));
  const asked = performance.now();
  run.stop();
  await done;
  expect(performance.now() - asked).toBeLessThan(200);
  expect(run.end).toEqual({ reason: "stopped", step: run.points.length - 1 });
  expect(run.going).toBe(false);
});

test("of a long run every second, fourth, … network is kept; the nearest one before a step is given", async () => {
  const made = function* (): Generator<TrainingPoint, { reason: "done"; step: number; sentence: string }, void> {
    for (let step = 0; step <= 5000; step++)
      yield {
        step,
        loss: 1,
        norms: [],
        epoch: step,
        flow: { z: 1, a: 1, h: 1, slope: 1 },
        parameters: () => ({ b1: [step, 0, 0] }),
      };
    return { reason: "done", step: 5000, sentence: "" };
  };
  const run = new TrainingRun(config, made, () => undefined);
  await run.start({});
  const at = run.at(4999);
  expect(4999 - at.step).toBeLessThan(8);
  expect(at.config.b1).toEqual([at.step, 0, 0]);
  expect(run.points).toHaveLength(5001);
});

test("a rate that is too large ends with the step; options that make no sense are refused", async () => {
  const run = new TrainingRun({ ...config, loss: "mse", activation: "identity" }, training, () => undefined);
  await run.start({ rate: 5 });
  expect(run.end).toMatchObject({ reason: "diverged", step: 5 });
  await expect(run.start({ rate: -1 })).rejects.toThrow("rate of a training: expected a positive number, got -1");
  expect(run.going).toBe(false);
});
