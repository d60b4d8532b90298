import { describe, expect, test } from "vitest";
import { checksOf } from "../../../kernel/src/calculus/autodiff/checks.js";
import { DEMO, type NetworkConfig, resolveNetwork } from "../../../kernel/src/calculus/autodiff/network.js";
import type { Activation, Loss } from "../../../kernel/src/calculus/autodiff/trace.js";
import { traceNetwork } from "../../../kernel/src/calculus/autodiff/traceNetwork.js";
import { tracingOf } from "../../../kernel/src/calculus/autodiff/tracing.js";
import { twoLayer } from "../../../kernel/src/calculus/autodiff/twoLayer.js";
import { random } from "../../../kernel/src/calculus/core/random.js";
import { BATCH, expectNumbers, ids, step } from "./helpers.js";

describe("the demo network", () => {
  const trace = traceNetwork();
  test("sixteen steps in order", () => {
    expect(ids(trace)).toEqual("F0 F1 F2 F3 F4 F5 B0 B1 B2 B3 B4 B5 B6 B7 B8 B9".split(" "));
  });

  test("numbers", () => {
    const { tensors } = trace;
    expectNumbers(tensors.h!.data, [-1.4, 1.8, 1.55], 1e-12);
    expectNumbers(tensors.a!.data, [0.197816, 0.858149, 0.824914], 5e-7);
    expectNumbers(tensors.p!.data, [0.279234, 0.720766], 5e-7);
    expectNumbers(tensors.L!.data, [0.327441], 5e-7);
    expectNumbers(tensors.g_p!.data, [0, -1.387414], 5e-7);
    expectNumbers(tensors.g_z!.data, [0.279234, -0.279234], 5e-7);
    expectNumbers(tensors.g_a!.data, [0.349043, -0.48866, 0.069809], 5e-7);
    expectNumbers(tensors.dphi!.data, [0.158685, 0.121729, 0.144431], 5e-7);
    expectNumbers(tensors.g_h!.data, [0.055388, -0.059484, 0.010083], 5e-7);
    expectNumbers(tensors.g_W1!.data, [0.055388, 0.110776, -0.059484, -0.118969, 0.010083, 0.020165], 5e-7);
  });

  test("formulas of the backward steps in both layouts", () => {
    const line = (id: string, layout: "denominator" | "numerator") => step(trace, id).formula[layout].symbolic;
    const denominator = Object.fromEntries(
      ids(trace)
        .slice(7)
        .map((id) => [id, line(id, "denominator")]),
    );
    const numerator = Object.fromEntries(
      ids(trace)
        .slice(7)
        .map((id) => [id, line(id, "numerator")]),
    );
    expect(denominator).toEqual({
      B1: "\\mathbf g_p=\\frac{\\partial L}{\\partial \\mathbf p}=-\\frac{\\mathbf y}{\\mathbf p}",
      B2: "\\mathbf g_z=\\frac{\\partial L}{\\partial \\mathbf z}=(\\operatorname{diag}(\\mathbf p) - \\mathbf p \\mathbf p^\\top) \\mathbf g_p=\\mathbf p - \\mathbf y",
      B3: "\\frac{\\partial L}{\\partial \\mathbf W_2}=\\mathbf g_z \\mathbf a^\\top",
      B4: "\\frac{\\partial L}{\\partial \\mathbf b_2}=\\mathbf g_z",
      B5: "\\mathbf g_a=\\frac{\\partial L}{\\partial \\mathbf a}=\\mathbf W_2^\\top \\mathbf g_z",
      B6: "\\mathbf g_h=\\frac{\\partial L}{\\partial \\mathbf h}=\\mathbf g_a\\circ \\phi'(\\mathbf h)=\\mathbf g_a\\circ \\mathbf a\\circ (\\mathbf 1 - \\mathbf a)",
      B7: "\\frac{\\partial L}{\\partial \\mathbf W_1}=\\mathbf g_h \\mathbf x^\\top",
      B8: "\\frac{\\partial L}{\\partial \\mathbf b_1}=\\mathbf g_h",
      B9: "\\mathbf g_x=\\frac{\\partial L}{\\partial \\mathbf x}=\\mathbf W_1^\\top \\mathbf g_h",
    });
    expect(numerator).toMatchObject({
      B3: "\\frac{\\partial L}{\\partial \\mathbf W_2}=\\mathbf a \\frac{\\partial L}{\\partial \\mathbf z}",
      B5: "\\frac{\\partial L}{\\partial \\mathbf a}=\\frac{\\partial L}{\\partial \\mathbf z} \\mathbf W_2",
      B6: "\\frac{\\partial L}{\\partial \\mathbf h}=\\frac{\\partial L}{\\partial \\mathbf a}\\circ \\phi'(\\mathbf h)^\\top=\\frac{\\partial L}{\\partial \\mathbf a}\\circ \\mathbf a^\\top\\circ (\\mathbf 1 - \\mathbf a)^\\top",
      B7: "\\frac{\\partial L}{\\partial \\mathbf W_1}=\\mathbf x \\frac{\\partial L}{\\partial \\mathbf h}",
      B9: "\\frac{\\partial L}{\\partial \\mathbf x}=\\frac{\\partial L}{\\partial \\mathbf h} \\mathbf W_1",
    });
  });

  test("B7 with shapes, in numbers, in index form and as a differential", () => {
    const { formula, index, differential, local } = step(trace, "B7");
    expect(formula.denominator.shapes).toBe(
      "\\underbrace{\\frac{\\partial L}{\\partial \\mathbf W_1}}_{m\\times n}=\\underbrace{\\mathbf g_h}_{m\\times 1} \\underbrace{\\mathbf x^\\top}_{1\\times n}",
    );
    expect(formula.denominator.numbers).toContain(
      "\\begin{bmatrix}0.055&0.111\\\\-0.059&-0.119\\\\0.010&0.020\\end{bmatrix}",
    );
    expect(index).toBe(
      "\\frac{\\partial L}{\\partial \\left[\\mathbf W_1\\right]_{kl}}=\\sum_{i}\\left[\\mathbf g_h\\right]_{i}\\,\\frac{\\partial h_{i}}{\\partial \\left[\\mathbf W_1\\right]_{kl}}=\\left[\\mathbf g_h\\right]_{k}\\,x_{l}",
    );
    expect(differential).toBe(
      "dL=\\mathbf g_h^\\top\\,d\\mathbf h=\\mathbf g_h^\\top (d\\mathbf W_1) \\mathbf x=\\operatorname{tr}(\\mathbf x \\mathbf g_h^\\top\\,d\\mathbf W_1)",
    );
    expect(local).toEqual({
      latex: "\\frac{\\partial h_{i}}{\\partial \\left[\\mathbf W_1\\right]_{kl}}=\\delta_{ik}\\,x_{l}",
      structure: "delta",
      shape: [3, 3, 2],
    });
  });

  test("local Jacobians carry their structure and numbers, rows = outputs", () => {
    const structure = (id: string) => step(trace, id).local?.structure;
    expect(["F1", "F2", "F4", "B2", "B3", "B4", "B5", "B6"].map(structure)).toEqual(
      "dense diagonal softmax softmax delta identity dense diagonal".split(" "),
    );
    expectNumbers(step(trace, "B2").local!.data!, [0.201263, -0.201263, -0.201263, 0.201263], 5e-7);
  });

  test("every gradient agrees with reverse AD and central differences", () => {
    const checks = trace.steps.flatMap((s) => s.checks);
    expect(checks.map((c) => c.tensor)).toEqual("g_p g_z g_W2 g_b2 g_a g_h g_W1 g_b1 g_x".split(" "));
    for (const check of checks) {
      expect(check.verdict).toBe("ok");
      expect(check.automatic).toBeLessThan(1e-14);
      expect(check.difference).toBeLessThan(2.7e-10);
    }
  });

  test("every name a step uses is a tensor, and every tensor is made by a step", () => {
    for (const s of trace.steps)
      for (const name of [...s.operands, ...s.results]) expect(Object.keys(trace.tensors)).toContain(name);
    for (const tensor of Object.values(trace.tensors)) {
      expect(ids(trace)).toContain(tensor.madeBy);
      expect(step(trace, tensor.madeBy).results).toContain(tensor.name);
    }
  });

  test("the document is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  });
});

describe("choices", () => {
  test("fused: fifteen steps, B2 is p − y at once", () => {
    const trace = traceNetwork({ conventions: { fused: true } });
    expect(ids(trace)).not.toContain("B1");
    expect(trace.steps).toHaveLength(15);
    expect(step(trace, "B2").formula.denominator.symbolic).toContain("=\\mathbf p - \\mathbf y");
    expectNumbers(trace.tensors.g_z!.data, traceNetwork().tensors.g_z!.data as number[], 1e-15);
  });

  test("ReLU: unit 1 is dead, row 1 of ∂L/∂W1 is 0, and B7 says why", () => {
    const trace = traceNetwork({ activation: "relu" });
    expectNumbers(trace.tensors.L!.data, [0.067447], 5e-7);
    expect(trace.tensors.g_W1!.data.slice(0, 2)).toEqual([0, 0]);
    expect(step(trace, "B7").sentence).toContain("h₁ = −1.4 < 0");
  });

  test("kink: backprop 0, central difference half of the upstream; φ′(0) = ½ makes them agree", () => {
    const kink = { activation: "relu", b1: [1.5, -0.2, 0.3] } as const;
    const check = step(traceNetwork(kink), "B8").checks[0]!;
    expect(check.verdict).toBe("kink");
    expect(check.sentence).toBe("∂L/∂b1: kink: backprop 0 (φ′(0)=0), difference 0.0408 = ½ of upstream 0.0815");
    const half = traceNetwork({ ...kink, conventions: { kink: 0.5 } });
    expect(step(half, "B8").checks[0]!.verdict).toBe("ok");
  });

  test("leaky ReLU takes its two slopes, and the agreed one between them at 0", () => {
    const at = (kink: 0 | 0.5 | 1) =>
      traceNetwork({ activation: "leaky-relu", b1: [1.5, -2.5, 0.3], conventions: { kink } }).tensors.dphi!.data;
    expectNumbers(at(0), [0.01, 0.01, 1], 1e-15);
    expectNumbers(at(0.5), [0.505, 0.01, 1], 1e-15);
    expectNumbers(at(1), [1, 0.01, 1], 1e-15);
  });

  test("a saturated layer is named with its slope", () => {
    const W1 = DEMO.W1.map((row) => row.map((x) => 12 * x));
    expect(step(traceNetwork({ W1 }), "B6").sentence).toContain("saturated: σ′ is at most");
  });

  test("a batch: the sum of the samples; the mean divides every gradient by their number", () => {
    const sum = traceNetwork(BATCH);
    const mean = traceNetwork({ ...BATCH, conventions: { reduction: "mean" } });
    expectNumbers(sum.tensors.L!.data, [1.691842], 5e-7);
    expectNumbers(mean.tensors.L!.data, [0.563947], 5e-7);
    for (const name of ["g_W1", "g_b1", "g_W2", "g_b2", "g_x", "g_z"])
      expectNumbers(
        mean.tensors[name]!.data,
        sum.tensors[name]!.data.map((x) => x / 3),
        1e-15,
      );
    expect(step(sum, "B4").formula.denominator.symbolic).toBe(
      "\\frac{\\partial L}{\\partial \\mathbf b_2}=\\mathbf G_Z^\\top \\mathbf 1",
    );
    expect(step(mean, "B2").formula.denominator.symbolic).toMatch(/=\\frac\{\(?\\mathbf P - \\mathbf Y\)?\}\{N\}$/);
  });

  test("a batch by columns has the formulas of one sample", () => {
    const trace = traceNetwork({ ...BATCH, conventions: { samples: "columns" } });
    expect(trace.tensors.h!.shape).toEqual([3, 3]);
    expect(step(trace, "B7").formula.denominator.symbolic).toBe(
      "\\frac{\\partial L}{\\partial \\mathbf W_1}=\\mathbf G_H \\mathbf X^\\top",
    );
  });

  test("the squared error in three conventions", () => {
    const L = (mse: "half" | "sum" | "mean") => traceNetwork({ loss: "mse", conventions: { mse } }).tensors.L!.data[0]!;
    expect(L("sum")).toBeCloseTo(2 * L("half"), 12);
    expect(L("mean")).toBeCloseTo(L("half"), 12);
  });

  test("no matrix of numbers beyond 64 entries", () => {
    const trace = traceNetwork({ sizes: [9, 9, 2], seed: 3 });
    expect(step(trace, "B7").formula.denominator.numbers).toBe("");
    expect(step(trace, "B5").formula.denominator.numbers).not.toBe("");
  });
});

describe("errors", () => {
  const message = (config: NetworkConfig): string => {
    try {
      traceNetwork(config);
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };
  test.each<[NetworkConfig, string]>([
    [
      {
        W1: [
          [1, 2],
          [3, 4],
        ],
        sizes: [2, 3, 2],
      },
      "W1: expected 3×2, got 2×2",
    ],
    [{ W1: [[1, 2], [3], [4, 5]] }, "W1: expected 3×2, got rows of different lengths"],
    [{ x: [1, Number.NaN] }, "x: every entry must be a finite number, got NaN"],
    [
      { y: [0.5, 0.4] },
      "the target of cross-entropy must be a distribution: entries from 0 to 1 that sum to 1, got [0.5, 0.4]",
    ],
    [{ sizes: [2, 0, 2] }, "sizes of a network: expected three whole numbers from 1 to 256, got [2,0,2]"],
    [{ sizes: [2, 512, 2] }, "sizes of a network: expected three whole numbers from 1 to 256, got [2,512,2]"],
  ])("%j", (config, want) => {
    expect(message(config)).toBe(want);
  });
});

test("twoLayer: a network as an object", () => {
  const net = twoLayer({ sizes: [2, 3, 2], activation: "sigmoid", loss: "cross-entropy", bias: true });
  const pass = net.backprop();
  expect(pass.loss).toBeCloseTo(0.327441, 6);
  expect(pass.gradient("W1")).toHaveLength(3);
  expect(
    net
      .with({ conventions: { layout: "numerator" } })
      .backprop()
      .gradient("W1"),
  ).toHaveLength(2);
  expect(pass.checks().every((check) => check.verdict === "ok")).toBe(true);
  expect(() => pass.gradient("W3")).toThrow("the trace has no tensor g_W3");
});

test("500 random networks agree with central differences in every gradient", () => {
  const rng = random(11);
  const pick = <T>(list: readonly T[]): T => list[rng.integer(0, list.length - 1)]!;
  for (let seed = 1; seed <= 500; seed++) {
    const sizes = [rng.integer(1, 6), rng.integer(1, 6), rng.integer(1, 6)] as const;
    const samples = rng.integer(1, 3);
    const X = Array.from({ length: samples }, () => Array.from({ length: sizes[0] }, () => rng.between(-2, 2)));
    const network = resolveNetwork({
      sizes,
      seed,
      X,
      activation: pick<Activation>(["sigmoid", "tanh", "relu", "leaky-relu", "identity"]),
      loss: pick<Loss>(["cross-entropy", "binary-cross-entropy", "mse"]),
      bias: rng.next() < 0.8,
      conventions: {
        samples: pick(["rows", "columns"] as const),
        reduction: pick(["sum", "mean"] as const),
        mse: pick(["half", "sum", "mean"] as const),
        fused: rng.next() < 0.5,
      },
    });
    const bad = [...checksOf(tracingOf(network)).values()].filter((check) => check.verdict !== "ok");
    expect(bad, `seed ${seed}, ${JSON.stringify(network)}`).toEqual([]);
  }
});
