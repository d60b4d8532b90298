/**
 * The network as engine expressions, one stage per forward step, each in the symbols of the stages before it.
 * Dimensions are symbolic (n, m, k, N), so a structure serves every network with the same choices.
 */
import type { Expr } from "../core/expr.js";
import { type Dim, ONE, type Shape, shape } from "../core/shape.js";
import { linearise } from "../derive/linearise.js";
import { build as b, substitute } from "../ops/build.js";
import { d, symbol } from "../ops/leaves.js";
import { simplify } from "../simplify/rewrite.js";
import { fineStages } from "./fineStages.js";
import {
  abstractPhi,
  activation,
  affine,
  both,
  type Choices,
  formOf,
  k,
  lossOf,
  type Made,
  m,
  N,
  n,
  outputOf,
  type Stage,
  type StorageForm,
  type ValueKey,
} from "./layers.js";

export { abstractPhi, type Stage, type ValueKey } from "./layers.js";

/** φ′(h), a tensor of its own, so that an entry of ∂L/∂h is a product of two numbers. */
export const SLOPE = "dphi";

/** The symbol of ∂L/∂L, which is 1. */
export const LOSS_GRADIENT = "g_L";

export interface Structure {
  readonly form: StorageForm;
  readonly symbols: Readonly<Record<ValueKey, Expr>>;
  /** Gradients have the shape of their variable. */
  readonly gradients: Readonly<Record<ValueKey, Expr>>;
  readonly slope: Expr;
  /** φ′(h) as the engine derives it, with φ(h) written a. */
  readonly slopeValue: Expr;
  readonly stages: readonly Stage[];
  /** The key of what the loss is a function of: a distribution p or the residual r. */
  readonly output: "p" | "r";
  readonly fine: boolean;
}

export function structureOf(choices: Choices): Structure {
  const form = formOf(choices);
  const symbols = symbolsOf(form, form === "single" && choices.loss === "cross-entropy");
  const output = choices.loss === "mse" ? "r" : "p";
  const slope = symbol(SLOPE, symbols.h.shape);
  const phi = activation(choices.activation, symbols.h);
  const unit = substitute(linearise(phi, new Set([symbols.h])), new Map([[d(symbols.h), b.ones(symbols.h.shape)]]));
  const first = affine("h", ["W1", "x"], choices.bias ? "b1" : undefined, form, symbols);
  const activated: Made = {
    out: "a",
    rule: "elementwise",
    expr: phi,
    abstract: abstractPhi(symbols.h, 0),
    inputs: ["h"],
  };
  const second = affine("z", ["W2", "a"], choices.bias ? "b2" : undefined, form, symbols);
  const last: Made[] = [
    { out: output, rule: "output", ...both(outputOf(choices, symbols)), inputs: output === "r" ? ["z", "y"] : ["z"] },
    { out: "L", rule: "loss", ...both(lossOf(choices, symbols)), inputs: output === "r" ? ["r"] : ["p", "y"] },
  ];
  const whole = [first.whole, activated, second.whole, ...last];
  const fine = choices.conventions.fine === true;
  const made = fine
    ? fineStages(choices, symbols, { first: first.parts, activated, second: second.parts, last })
    : whole;
  const stages = made.map((stage, i): Stage => ({ id: `F${i + 1}`, ...stage }));
  return {
    form,
    symbols,
    gradients: gradientsOf(symbols),
    slope,
    slopeValue: inOutputs(unit, symbols.h, phi, symbols.a),
    stages,
    output,
    fine,
  };
}

/** A derivative with φ(u) written as its output v; for the sigmoid, φ′(u) = v∘(1 − v). */
export function inOutputs(derivative: Expr, u: Expr, phi: Expr, v: Expr): Expr {
  const opened: [Expr, Expr][] = [[phi, v]];
  if (phi.op === "sigmoid") opened.push([b.op("D_sigmoid", [u]), b.hadamard(v, b.sub(b.ones(v.shape), v))]);
  return simplify(substitute(derivative, new Map(opened))).expr;
}

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
    u: value("u", m),
    v: value("v", k),
    e: value("e", k),
    s: symbol(name("s"), sample(ONE)),
    q: value("q", k),
    t: value("t", k),
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
