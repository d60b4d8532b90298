import { describe, expect, test } from "vitest";
import { FAULT_NAMES, type FaultName, faultOf } from "../../../kernel/src/calculus/autodiff/faults.js";
import { gradientCheck } from "../../../kernel/src/calculus/autodiff/gradientCheck.js";
import type { NetworkConfig } from "../../../kernel/src/calculus/autodiff/network.js";
import { traceNetwork } from "../../../kernel/src/calculus/autodiff/traceNetwork.js";
import { BATCH } from "./helpers.js";

const KINK: NetworkConfig = { activation: "relu", b1: [1.5, -0.2, 0.3] };
const verdicts = (config: NetworkConfig, fault?: FaultName): string =>
  gradientCheck(config, fault ? { fault } : {})
    .parameters.map(({ variable, verdict }) => `${variable} ${verdict}`)
    .join(", ");
const AGREE = "W1 ok, b1 ok, W2 ok, b2 ok, x ok";

describe("every parameter three ways", () => {
  test("the demo network agrees to 1e-7 everywhere, and much closer", () => {
    const { parameters, step, left } = gradientCheck();
    expect(parameters.map(({ variable }) => variable)).toEqual(["W1", "b1", "W2", "b2", "x"]);
    expect([step, left]).toEqual([1e-5, []]);
    for (const { verdict, automatic, difference } of parameters) {
      expect(verdict).toBe("ok");
      expect(automatic).toBeLessThan(1e-14);
      expect(difference).toBeLessThan(2.7e-10);
    }
  });

  test("the numbers are those of the trace, in the shape of the variable", () => {
    const [W1] = gradientCheck().parameters;
    expect(W1!.shape).toEqual([3, 2]);
    expect(W1!.values.symbolic).toEqual(traceNetwork().tensors.g_W1!.data);
    expect(W1!.values.difference[3]).toBeCloseTo(-0.118969, 6);
    expect(W1!.label).toBe("∂L/∂W1");
  });

  test("without biases there is none to check", () => {
    expect(verdicts({ bias: false })).toBe("W1 ok, W2 ok, x ok");
  });

  test("at a kink the difference is half of the upstream, and φ′(0) = ½ makes them agree", () => {
    expect(verdicts(KINK)).toBe("W1 kink, b1 kink, W2 ok, b2 ok, x kink");
    expect(gradientCheck(KINK).parameters[1]!.sentence).toBe(
      "∂L/∂b1: kink: backprop 0 (φ′(0)=0), difference 0.0408 = ½ of upstream 0.0815",
    );
    expect(verdicts({ ...KINK, conventions: { kink: 0.5 } })).toBe(AGREE);
  });

  test("a parameter with more than 2,000 entries is named as left out", () => {
    const { left, parameters } = gradientCheck({ sizes: [50, 50, 2], seed: 3 });
    expect(left).toEqual(["W1"]);
    expect(parameters.map(({ variable }) => variable)).toEqual(["b1", "W2", "b2", "x"]);
  });
});

describe("the error over the step is a V", () => {
  const curve = gradientCheck().curve("W1");
  const best = curve.reduce((least, point) => (point.error < least.error ? point : least));

  test("its minimum is near 1e-5", () => {
    expect(best.step).toBeGreaterThan(9e-7);
    expect(best.step).toBeLessThan(1.1e-4);
    expect(best.error).toBeLessThan(2e-10);
  });

  test("to the left rounding rises as 1/h, to the right truncation as h²", () => {
    const at = (step: number) => curve.find((point) => Math.abs(point.step / step - 1) < 1e-6)!.error;
    expect(at(1e-2) / at(1e-3)).toBeCloseTo(100, -0.5);
    expect(at(1e-12)).toBeGreaterThan(1e3 * at(1e-6));
  });

  test("one entry has a curve of its own", () => {
    const entry = gradientCheck().curve("W1", 3);
    expect(entry).toHaveLength(curve.length);
    expect(entry).not.toEqual(curve);
  });

  test("with a fault no step helps: the gradient is wrong, not the difference", () => {
    const wrong = gradientCheck({}, { fault: "slope-dropped" }).curve("W1");
    expect(Math.min(...wrong.map(({ error }) => error))).toBeGreaterThan(0.5);
  });

  test("names and entries that do not exist", () => {
    expect(() => gradientCheck().curve("W3")).toThrow("the network has no parameter W3");
    expect(() => gradientCheck().curve("b2", 2)).toThrow("entry 2 of b2: there are 2 entries");
  });
});

const HIT_1 = "W1 bad, b1 bad, W2 ok, b2 ok, x bad";

describe("a fault turns exactly the parameters bad which it hits", () => {
  test.each<[FaultName, NetworkConfig, string]>([
    ["slope-dropped", {}, HIT_1],
    ["phi-for-slope", {}, HIT_1],
    ["slope-at-output", {}, HIT_1],
    ["transpose", {}, HIT_1],
    ["transpose", { sizes: [2, 3, 3], seed: 4 }, HIT_1],
    ["bias", {}, "W1 ok, b1 bad, W2 ok, b2 bad, x ok"],
    ["mean", BATCH, "W1 bad, b1 bad, W2 bad, b2 bad, X bad"],
    ["mean", { ...BATCH, conventions: { reduction: "mean", fused: true } }, "W1 bad, b1 bad, W2 bad, b2 bad, X bad"],
  ])("%s in %j", (fault, config, want) => {
    expect(verdicts(config, fault)).toBe(want);
  });

  test.each<[FaultName, NetworkConfig]>([
    ["mean", {}],
    ["slope-dropped", { activation: "identity" }],
    ["slope-at-output", { activation: "relu" }],
    ["bias", { bias: false }],
  ])("%s changes nothing in %j", (fault, config) => {
    expect(verdicts(config, fault)).not.toContain("bad");
  });

  test.each(["rows", "columns"] as const)("samples as %s: the same parameters are hit", (samples) => {
    for (const fault of ["slope-dropped", "phi-for-slope", "slope-at-output", "transpose"] as const)
      expect(verdicts({ ...BATCH, conventions: { samples } }, fault)).toBe(HIT_1.replace("x", "X"));
  });

  test.each(["cross-entropy", "binary-cross-entropy", "mse"] as const)(
    "%s: in elementary steps, and fused, the same parameters are hit",
    (loss) => {
      for (const fault of FAULT_NAMES) {
        const plain = verdicts({ ...BATCH, loss }, fault);
        expect(verdicts({ ...BATCH, loss, conventions: { fine: true } }, fault), fault).toBe(plain);
        expect(verdicts({ ...BATCH, loss, conventions: { fused: true } }, fault), fault).toBe(plain);
      }
    },
  );

  test("a product that does not fit has no number, and that is said", () => {
    const [W1] = gradientCheck({}, { fault: "transpose" }).parameters;
    expect(W1!.values.symbolic.every(Number.isNaN)).toBe(true);
    expect(W1!.sentence).toBe("∂L/∂W1: no number came out: the factors do not fit");
  });

  test("each has a title of its own; another name is refused", () => {
    expect(new Set(FAULT_NAMES.map((name) => faultOf(name).title)).size).toBe(FAULT_NAMES.length);
    expect(() => faultOf("sign" as FaultName)).toThrow("no fault is called sign");
  });
});
