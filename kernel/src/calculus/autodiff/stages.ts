/**
 * The network as engine expressions, one stage per forward step, each in the symbols of the stages before it.
 * Dimensions are symbolic (n, m, k, N), so a structure serves every network with the same choices.
 */
import type { Expr } from "../core/expr.js";
import { type Dim, dim, ONE, type Shape, shape } from "../core/shape.js";
import { linearise } from "../derive/linearise.js";
import { build as b, substitute } from "../ops/build.js";
import { d, symbol } from "../ops/leaves.js";
import { simplify } from "../simplify/rewrite.js";
import type { Network } from "./network.js";
import type { Activation } from "./trace.js";

export type StorageForm = "single" | "rows" | "columns";
export type ValueKey = "x" | "y" | "W1" | "b1" | "W2" | "b2" | "h" | "a" | "z" | "p" | "r" | "L";
/** φ′(h), a tensor of its own, so that an entry of ∂L/∂h is a product of two numbers. */
export const SLOPE = "dphi";

export interface Stage {
  readonly id: "F1" | "F2" | "F3" | "F4" | "F5";
  readonly out: ValueKey;
  /** In the symbols of its inputs. */
  readonly expr: Expr;
  /** The same with φ by name only. */
  readonly abstract: Expr;
  readonly inputs: readonly ValueKey[];
}

export interface Structure {
  readonly form: StorageForm;
  readonly symbols: Readonly<Record<ValueKey, Expr>>;
  /** Gradients have the shape of their variable. */
  readonly gradients: Readonly<Record<ValueKey, Expr>>;
  readonly slope: Expr;
  /** φ′(h) as the engine derives it, with φ(h) written a. */
  readonly slopeValue: Expr;
  readonly stages: readonly Stage[];
  /** The key of what F4 makes: a distribution p or the residual r. */
  readonly output: "p" | "r";
}

export type Choices = Pick<Network, "activation" | "loss" | "bias" | "batch"> & {
  readonly conventions: Pick<Network["conventions"], "samples" | "reduction" | "mse">;
};

export const formOf = (choices: Choices): StorageForm => (choices.batch === 1 ? "single" : choices.conventions.samples);

const [n, m, k, N] = [dim("n"), dim("m"), dim("k"), dim("N")];

export function structureOf(choices: Choices): Structure {
  const form = formOf(choices);
  const symbols = symbolsOf(form, form === "single" && choices.loss === "cross-entropy");
  const output = choices.loss === "mse" ? "r" : "p";
  const slope = symbol(SLOPE, symbols.h.shape);
  const phi = activation(choices.activation, symbols.h);
  const unit = substitute(linearise(phi, new Set([symbols.h])), new Map([[d(symbols.h), b.ones(symbols.h.shape)]]));
  const stages: Stage[] = [
    affine("F1", "h", ["W1", "x", ...(choices.bias ? ["b1" as const] : [])], form, symbols),
    { id: "F2", out: "a", expr: phi, abstract: abstractPhi(symbols.h, 0), inputs: ["h"] },
    affine("F3", "z", ["W2", "a", ...(choices.bias ? ["b2" as const] : [])], form, symbols),
    { id: "F4", out: output, ...both(outputOf(choices, symbols)), inputs: output === "r" ? ["z", "y"] : ["z"] },
    { id: "F5", out: "L", ...both(lossOf(choices, symbols)), inputs: output === "r" ? ["r"] : ["p", "y"] },
  ];
  return {
    form,
    symbols,
    gradients: gradientsOf(symbols),
    slope,
    slopeValue: inOutputs(unit, symbols.h, phi, symbols.a),
    stages,
    output,
  };
}

/** A derivative with φ(u) written as its output v; for the sigmoid, φ′(u) = v∘(1 − v). */
export function inOutputs(derivative: Expr, u: Expr, phi: Expr, v: Expr): Expr {
  const opened: [Expr, Expr][] = [[phi, v]];
  if (phi.op === "sigmoid") opened.push([b.op("D_sigmoid", [u]), b.hadamard(v, b.sub(b.ones(v.shape), v))]);
  return simplify(substitute(derivative, new Map(opened))).expr;
}

const both = (expr: Expr): { expr: Expr; abstract: Expr } => ({ expr, abstract: expr });

export const abstractPhi = (h: Expr, order: number): Expr => b.op("apply", [h], { fn: "phi", order });

function symbolsOf(form: StorageForm, distribution: boolean): Record<ValueKey, Expr> {
  const sample = (size: Dim): Shape =>
    form === "single" ? shape(size, ONE) : form === "rows" ? shape(N, size) : shape(size, N);
  const name = (key: string): string => (form === "single" ? key : key.toUpperCase());
  const value = (key: string, size: Dim): Expr => symbol(name(key), sample(size));
  return {
    x: value("x", n),
    y: symbol(name("y"), sample(k), distribution ? ["simplex"] : []),
    h: value("h", m),
    a: value("a", m),
    z: value("z", k),
    p: value("p", k),
    r: value("r", k),
    W1: symbol("W1", shape(m, n)),
    b1: symbol("b1", shape(m, ONE)),
    W2: symbol("W2", shape(k, m)),
    b2: symbol("b2", shape(k, ONE)),
    L: symbol("L", shape(ONE, ONE)),
  };
}

function gradientsOf(symbols: Record<ValueKey, Expr>): Record<ValueKey, Expr> {
  const of = (s: Expr): Expr => symbol(`${s.shape.cols === ONE ? "g" : "G"}_${s.attrs.name}`, s.shape);
  return Object.fromEntries(Object.entries(symbols).map(([key, s]) => [key, of(s)])) as Record<ValueKey, Expr>;
}

function affine(
  id: "F1" | "F3",
  out: "h" | "z",
  inputs: readonly ValueKey[],
  form: StorageForm,
  symbols: Record<ValueKey, Expr>,
): Stage {
  const [W, v, bias] = inputs.map((key) => symbols[key]) as [Expr, Expr, Expr | undefined];
  const ones = b.ones(shape(N, ONE));
  const product = form === "rows" ? b.mul(v, b.transpose(W)) : b.mul(W, v);
  const repeated = (c: Expr): Expr =>
    form === "single" ? c : form === "rows" ? b.mul(ones, b.transpose(c)) : b.mul(c, b.transpose(ones));
  return { id, out, ...both(bias ? b.add(product, repeated(bias)) : product), inputs };
}

/** Slope of leaky ReLU below 0. */
export const LEAK = 0.01;

function activation(kind: Activation, h: Expr): Expr {
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

function outputOf(choices: Choices, { z, y }: Record<ValueKey, Expr>): Expr {
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

function lossOf(choices: Choices, { p, y, r }: Record<ValueKey, Expr>): Expr {
  const form = formOf(choices);
  const inner = (u: Expr, v: Expr): Expr =>
    form === "single" ? b.mul(b.transpose(u), v) : b.op("sum", [b.hadamard(u, v)]);
  const mean = form !== "single" && choices.conventions.reduction === "mean";
  const reduced = (e: Expr): Expr => (mean ? b.times(b.pow(b.dimension(N), -1), e) : e);
  const log = (e: Expr): Expr => b.op("log", [e]);
  const rest = (e: Expr): Expr => b.sub(b.ones(e.shape), e);
  switch (choices.loss) {
    case "cross-entropy":
      return b.neg(reduced(inner(y, log(p))));
    case "binary-cross-entropy":
      return b.neg(reduced(b.add(inner(y, log(p)), inner(rest(y), log(rest(p))))));
    case "mse": {
      const square = form === "single" ? inner(r, r) : b.op("sum", [b.pow(r, 2)]);
      const { mse } = choices.conventions;
      const factor = mse === "half" ? b.number(0.5) : mse === "sum" ? b.number(1) : b.pow(b.dimension(k), -1);
      return reduced(b.times(factor, square));
    }
  }
}
