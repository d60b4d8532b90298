/**
 * The layers of the network as expressions: affine maps, activations, outputs and losses, in the symbols of their
 * inputs, for one sample or for a batch stored as rows or as columns.
 */
import type { Expr } from "../core/expr.js";
import { dim, ONE, shape } from "../core/shape.js";
import { build as b } from "../ops/build.js";
import type { Network } from "./network.js";
import type { Activation } from "./trace.js";

export type StorageForm = "single" | "rows" | "columns";
type GivenKey = "x" | "y" | "W1" | "b1" | "W2" | "b2";
/** u = W1 x, v = W2 a, e = exp z, s = the sum of e, q and t = functions of p or r: made in fine steps only. */
type FineKey = "u" | "v" | "e" | "s" | "q" | "t";
export type ValueKey = GivenKey | FineKey | "h" | "a" | "z" | "p" | "r" | "L";
export interface Stage {
  /** "F1", "F2", … in order. */
  readonly id: string;
  readonly out: ValueKey;
  /** What a page calls it. */
  readonly rule: string;
  /** In the symbols of its inputs. */
  readonly expr: Expr;
  /** The same with φ by name only. */
  readonly abstract: Expr;
  readonly inputs: readonly ValueKey[];
}

/** A stage before it has its number. */
export type Made = Omit<Stage, "id">;

export type Choices = Pick<Network, "activation" | "loss" | "bias" | "batch"> & {
  readonly conventions: Pick<Network["conventions"], "samples" | "reduction" | "mse" | "fine">;
};

export const formOf = (choices: Choices): StorageForm => (choices.batch === 1 ? "single" : choices.conventions.samples);

export const [n, m, k, N] = [dim("n"), dim("m"), dim("k"), dim("N")];

export const both = (expr: Expr): { expr: Expr; abstract: Expr } => ({ expr, abstract: expr });

export const abstractPhi = (h: Expr, order: number): Expr => b.op("apply", [h], { fn: "phi", order });

/** W v + b as one stage, and as two. */
export function affine(
  out: "h" | "z",
  [weights, input]: readonly ["W1" | "W2", "x" | "a"],
  bias: "b1" | "b2" | undefined,
  form: StorageForm,
  symbols: Record<ValueKey, Expr>,
): { whole: Made; parts: readonly Made[] } {
  const [W, v] = [symbols[weights], symbols[input]];
  const ones = b.ones(shape(N, ONE));
  const product = form === "rows" ? b.mul(v, b.transpose(W)) : b.mul(W, v);
  const repeated = (c: Expr): Expr =>
    form === "single" ? c : form === "rows" ? b.mul(ones, b.transpose(c)) : b.mul(c, b.transpose(ones));
  const inputs = [weights, input] as const;
  if (!bias) {
    const whole: Made = { out, rule: "affine", ...both(product), inputs };
    return { whole, parts: [{ ...whole, rule: "product" }] };
  }
  const between = out === "h" ? "u" : "v";
  const added = repeated(symbols[bias]);
  return {
    whole: { out, rule: "affine", ...both(b.add(product, added)), inputs: [...inputs, bias] },
    parts: [
      { out: between, rule: "product", ...both(product), inputs },
      { out, rule: "sum", ...both(b.add(symbols[between], added)), inputs: [between, bias] },
    ],
  };
}

/** Slope of leaky ReLU below 0. */
const LEAK = 0.01;

export function activation(kind: Activation, h: Expr): Expr {
  switch (kind) {
    case "sigmoid":
    case "tanh":
    case "relu":
      return b.op(kind, [h]);
    case "leaky-relu":
      return b.add(b.times(b.number(1 - LEAK), b.op("relu", [h])), b.times(b.number(LEAK), h));
    case "identity":
      return h;
  }
}

export function outputOf(choices: Choices, { z, y }: Record<ValueKey, Expr>): Expr {
  const form = formOf(choices);
  switch (choices.loss) {
    case "cross-entropy":
      return form === "single" ? b.op("softmax", [z]) : b.op("softmaxAlong", [z], { axis: form });
    case "binary-cross-entropy":
      return b.op("sigmoid", [z]);
    case "mse":
      return b.sub(z, y);
  }
}

/** Functions that have been computed as values of their own, where a step makes only one operation. */
export interface Computed {
  readonly logP: Expr;
  readonly logRest: Expr;
  readonly square: Expr;
}

export function lossOf(choices: Choices, { p, y, r }: Record<ValueKey, Expr>, computed?: Computed): Expr {
  const form = formOf(choices);
  const inner = (u: Expr, v: Expr): Expr =>
    form === "single" ? b.mul(b.transpose(u), v) : b.op("sum", [b.hadamard(u, v)]);
  const mean = form !== "single" && choices.conventions.reduction === "mean";
  const reduced = (e: Expr): Expr => (mean ? b.times(b.pow(b.dimension(N), -1), e) : e);
  const log = (e: Expr): Expr => b.op("log", [e]);
  const rest = (e: Expr): Expr => b.sub(b.ones(e.shape), e);
  switch (choices.loss) {
    case "cross-entropy":
      return b.neg(reduced(inner(y, computed?.logP ?? log(p))));
    case "binary-cross-entropy":
      return b.neg(
        reduced(b.add(inner(y, computed?.logP ?? log(p)), inner(rest(y), computed?.logRest ?? log(rest(p))))),
      );
    case "mse": {
      const squares = computed?.square;
      const square = squares ? b.op("sum", [squares]) : form === "single" ? inner(r, r) : b.op("sum", [b.pow(r, 2)]);
      const { mse } = choices.conventions;
      const factor = mse === "half" ? b.number(0.5) : mse === "sum" ? b.number(1) : b.pow(b.dimension(k), -1);
      return reduced(b.times(factor, square));
    }
  }
}
