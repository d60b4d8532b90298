import { describe, expect, test } from "vitest";
import type { NetworkConfig } from "../../../kernel/src/calculus/autodiff/network.js";
import type { Activation, Loss, TraceDocument } from "../../../kernel/src/calculus/autodiff/trace.js";
import { traceNetwork } from "../../../kernel/src/calculus/autodiff/traceNetwork.js";
import { expectNumbers, ids, numeratorRows, resultOf, rowsOf, seedFile, step } from "./helpers.js";

type Rows = number[][];

interface GoldenNetwork {
  act: Activation;
  loss: "ce" | "mse";
  reduction: "sum" | "mean";
  X: Rows;
  Y: Rows;
  W1: Rows;
  b1: number[];
  W2: Rows;
  b2: number[];
  H: Rows;
  A: Rows;
  Z: Rows;
  P: Rows;
  L: number;
  grads: Record<string, Rows | number[]>;
}

const LOSSES: Record<GoldenNetwork["loss"], Loss> = { ce: "cross-entropy", mse: "mse" };
const STEPS = "F1 F2 F3 F4 F5 B0 B1 B2 B3 B4 B5 B6 B7 B8 B9".split(" ");
const flat = (rows: Rows | number[]): number[] => (rows as (number | number[])[]).flat();

/** Names of the file and of the trace. */
const GRADIENTS = { D2: "g_z", gW2: "g_W2", gb2: "g_b2", GA: "g_a", D1: "g_h", gW1: "g_W1", gb1: "g_b1", GX: "g_x" };

describe("32 golden networks to 1e-9", () => {
  const networks = seedFile<GoldenNetwork[]>("network-golden.json");
  const cases = networks.flatMap((network) =>
    ([true, false] as const).map((fused) => ({ ...network, fused, samples: network.X.length })),
  );
  test.each(cases)("$act, $loss, $reduction, $samples samples, fused $fused", (network) => {
    const { act, loss, reduction, X, Y, W1, b1, W2, b2, fused } = network;
    const config: NetworkConfig = { sizes: [2, 3, 2], activation: act, loss: LOSSES[loss], X, Y, W1, b1, W2, b2 };
    for (const samples of ["rows", "columns"] as const) {
      const { tensors } = traceNetwork({ ...config, conventions: { reduction, fused, samples } });
      // One sample is a column; a batch by columns is the transpose of a batch by rows.
      const bySample = (name: string): number[] => {
        const tensor = tensors[name]!;
        const turned = samples === "columns" || X.length === 1;
        return (turned ? numeratorRows({ ...tensor, role: "gradient" }) : rowsOf(tensor)).flat();
      };
      expectNumbers(tensors.L!.data, [network.L], 1e-9);
      for (const name of ["H", "A", "Z"] as const)
        expectNumbers(bySample(name.toLowerCase()), flat(network[name]), 1e-9);
      if (loss === "ce") expectNumbers(bySample("p"), flat(network.P), 1e-9);
      for (const [theirs, ours] of Object.entries(GRADIENTS)) {
        const got = /[Wb]/.test(theirs) ? [...tensors[ours]!.data] : bySample(ours);
        expectNumbers(got, flat(network.grads[theirs]!), 1e-9);
      }
    }
  });
});

/** Every step's line in numbers comes to its tensor, in denominator layout as it is, in numerator layout transposed. */
function expectPrinted(trace: TraceDocument, id: string, tolerance: number): void {
  const { formula, results } = step(trace, id);
  const tensor = trace.tensors[results[0]!]!;
  expect(resultOf(formula.denominator.numbers).flat().length, id).toBe(tensor.data.length);
  expectNumbers(resultOf(formula.denominator.numbers).flat(), rowsOf(tensor).flat(), tolerance);
  const numerator = numeratorRows(tensor);
  expect(resultOf(formula.numerator.numbers).map((row) => row.length)).toEqual(numerator.map((row) => row.length));
  expectNumbers(resultOf(formula.numerator.numbers).flat(), numerator.flat(), tolerance);
}

describe("every step of the 32 golden networks comes to its tensor in both layouts", () => {
  const networks = seedFile<GoldenNetwork[]>("network-golden.json");
  test.each(networks.map((network, i) => ({ ...network, i, samples: network.X.length })))(
    "$act, $loss, $reduction, $samples samples",
    ({ act, loss, reduction, X, Y, W1, b1, W2, b2, i }) => {
      // Storage of the samples and fusion alternate over the cases, which the numbers above go through one by one.
      const samples = i % 3 === 0 ? "columns" : "rows";
      const conventions = { reduction, samples, fused: i % 5 === 0, digits: "all" } as const;
      const config = { activation: act, loss: LOSSES[loss], X, Y, W1, b1, W2, b2, conventions };
      const trace = traceNetwork(config);
      const steps = STEPS.filter((id) => id !== "B1" || ids(trace).includes("B1"));
      expect(ids(trace)).toEqual(["F0", ...steps]);
      for (const id of steps) expectPrinted(trace, id, 1e-9);
    },
  );
});

interface NotesTrace {
  sigma: Activation;
  loss: "mse" | "softmax-ce";
  W1: Rows;
  W2: Rows;
  x: Rows;
  t: Rows;
  rows: { step: string; name: string; shape: number[]; value: Rows | number }[];
}

/** Names of the notes: z before the activation, y the output. */
const NOTES: Record<string, string> = {
  z: "h",
  a: "a",
  y: "z",
  p: "p",
  L: "L",
  "dL/dy": "g_z",
  "dL/dW2": "g_W2",
  "dL/da": "g_a",
  "σ'(z)ᵀ": "dphi",
  "dL/dz": "g_h",
  "dL/dW1": "g_W1",
  "dL/dx": "g_x",
};

describe("CX-5: the four networks of the notes, numerator layout, to 5e-7", () => {
  const { networks } = seedFile<{ networks: NotesTrace[] }>("notes-traces.json");
  test.each(networks)("$sigma, $loss", ({ sigma, loss, W1, W2, x, t, rows }) => {
    const config: NetworkConfig = {
      sizes: [2, 3, 2],
      activation: sigma,
      loss: loss === "mse" ? "mse" : "cross-entropy",
      bias: false,
      W1,
      W2,
      x,
      y: t,
      conventions: { layout: "numerator", mse: "sum" },
    };
    const trace = traceNetwork(config);
    expect(ids(trace)).not.toContain("B4");
    expect(ids(trace)).not.toContain("B8");
    for (const row of rows) {
      const tensor = trace.tensors[NOTES[row.name]!]!;
      const ours = row.name === "σ'(z)ᵀ" ? [[...tensor.data]] : numeratorRows(tensor);
      const theirs = typeof row.value === "number" ? [[row.value]] : row.value;
      if (row.shape.length > 0) expect([ours.length, ours[0]!.length], row.name).toEqual(row.shape);
      expectNumbers(ours.flat(), theirs.flat(), 5e-7);
    }
    const printed = traceNetwork({ ...config, conventions: { ...config.conventions, digits: "all" } });
    for (const id of ids(printed).slice(1)) expectPrinted(printed, id, 5e-7);
  });
});
