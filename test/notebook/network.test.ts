/** A network in a notebook: checked and trained, with what its cells show. */
import { describe, expect, test } from "vitest";
import { twoLayer } from "../../kernel/src/notebook/index.js";
import { BATCH } from "../calculus/autodiff/helpers.js";

type Bundle = Record<string, string>;
const shown = (value: object): Bundle => (value as { [key: symbol]: () => Bundle })[Symbol.for("Jupyter.display")]!();

describe("check", () => {
  test("all gradients agree, in one sentence and a table", () => {
    const made = twoLayer().check();
    expect(made.ok).toBe(true);
    expect(made.sentence).toMatch(/^All 5 gradients agree, to \d\.\de-1[01]\.$/);
    const [head, , W1] = shown(made)["text/plain"]!.split("\n");
    expect(head).toBe("gradient  shape  reverse AD  central difference  verdict");
    expect(W1).toMatch(/^∂L\/∂W1 +3×2 +\d\.\de-16 +\d\.\de-1[01] +ok$/);
  });

  test("a fault is found where it is", () => {
    const made = twoLayer().check({ fault: "slope-dropped" });
    expect(made.ok).toBe(false);
    expect(made.sentence).toBe("Gradients wrong: ∂L/∂W1, ∂L/∂b1, ∂L/∂x; in agreement: ∂L/∂W2, ∂L/∂b2.");
  });

  test("a kink is told from a mistake", () => {
    const made = twoLayer({ activation: "relu", b1: [1.5, -0.2, 0.3] }).check();
    expect(made.ok).toBe(true);
    expect(made.sentence).toBe("Gradients at a kink: ∂L/∂W1, ∂L/∂b1, ∂L/∂x; in agreement: ∂L/∂W2, ∂L/∂b2.");
  });

  test("a product that does not fit has no number", () => {
    expect(shown(twoLayer().check({ fault: "transpose" }))["text/plain"]).toContain("no number");
  });
});

describe("train", () => {
  const net = twoLayer({ ...BATCH, conventions: { reduction: "mean" } });
  const made = net.train({ rate: 0.5, steps: 200 });

  test("the losses of the notes, the end, and the network as it was before", () => {
    expect([0, 1, 10, 50, 200].map((step) => made.losses[step]!.toFixed(6))).toEqual([
      "0.563947",
      "0.493690",
      "0.291375",
      "0.080982",
      "0.013733",
    ]);
    expect(made.sentence).toBe("Done: the loss is 0.013733.");
    expect(net.backprop().loss).toBe(made.losses[0]);
  });

  test("the network at a step is a network: it can be traced, and trained on", () => {
    expect(made.at(50).backprop().loss).toBe(made.losses[50]);
    expect(made.at().train({ steps: 1 }).losses[0]).toBe(made.losses[200]);
    expect(() => made.at(201)).toThrow("step 201: the training has the steps 0 to 200");
  });

  test("a table at round steps, and a plot", () => {
    const { "application/vnd.plotly.v1+json": figure, "text/plain": text } = shown(made);
    const steps = text!.split("\n").flatMap((line) => /^ *(\d+) /.exec(line)?.[1] ?? []);
    expect(steps).toEqual(["0", "1", "2", "5", "10", "20", "50", "100", "200"]);
    expect((figure as unknown as { data: { y: number[] }[] }).data.map(({ y }) => y.length)).toEqual([201, 201, 201]);
  });

  test("mini-batches print their seed; a rate that is too large says so", () => {
    expect(net.train({ batch: 2, seed: 7, steps: 2 }).sentence).toMatch(/Mini-batches of 2, seed 7\.$/);
    const diverged = net.with({ loss: "mse", activation: "identity" }).train({ rate: 5 });
    expect([diverged.reason, diverged.losses.length]).toEqual(["diverged", 5]);
    expect(diverged.sentence).toMatch(/^Stopped at step 5: the loss is infinite\./);
  });
});
