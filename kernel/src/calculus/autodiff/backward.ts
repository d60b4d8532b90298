/**
 * The backward steps as expressions: each is the pullback of one stage by one of its inputs, with the upstream
 * gradient as a symbol. tr(G′ stage) is differentiated by the engine; nothing is written down a second time.
 */
import type { Expr } from "../core/expr.js";
import { isColumn, isScalar, ONE, shape } from "../core/shape.js";
import { derivative } from "../derive/closed.js";
import { build as b, substitute } from "../ops/build.js";
import { nameOf } from "../ops/leaves.js";
import { simplify } from "../simplify/rewrite.js";
import { multipliedOut } from "./multiplyOut.js";
import { abstractPhi, inOutputs, LOSS_GRADIENT, type Stage, type Structure, type ValueKey } from "./stages.js";

/** A stage that takes the value, and what the stage makes. */
export interface Way {
  readonly through: Expr;
  readonly upstream: ValueKey;
}

export interface BackwardStep {
  readonly id: string;
  readonly stage: Stage;
  /** The stage as a function of `wrt`: with φ by name, or F5 after F4 when both are one step. */
  readonly through: Expr;
  readonly wrt: ValueKey;
  readonly upstream: ValueKey;
  /** Further ways from the value to the loss, whose contributions are added: e enters both its sum and the quotient. */
  readonly others?: readonly Way[];
  /** ∂L/∂wrt in denominator layout, in the symbols of values and of upstream gradients, φ′ by name. */
  readonly formula: Expr;
  /** The same for numbers and entries: φ′(h) is a symbol, outputs stand for functions of inputs. */
  readonly value: Expr;
  /** Another way to write it, where the page shows both: a∘(1 − a) for φ′(h), p − y for the product. */
  readonly also: Expr | undefined;
}

/** tr(G′F) for matrices, G′F for columns, F for a scalar: the scalar whose differential is ⟨G, dF⟩ with G = 1. */
export function contraction(G: Expr, F: Expr): Expr {
  if (isScalar(F.shape)) return F;
  const product = b.mul(b.transpose(G), F);
  return isColumn(F.shape) ? product : b.op("tr", [product]);
}

/** The same with the gradient of a scalar too, except that of the loss, which is 1. */
export const weighted = (G: Expr, F: Expr): Expr =>
  isScalar(F.shape) && nameOf(G) !== LOSS_GRADIENT ? b.times(G, F) : contraction(G, F);

/** The cotangent of `u` when that of `F` is G; the shape of u. */
export function pull(F: Expr, u: Expr, G: Expr): Expr {
  return derivative(contraction(G, F), [u]).matrix!;
}

export function backwardSteps(structure: Structure, fused: boolean): BackwardStep[] {
  return structure.fine ? fineSteps(structure) : wholeSteps(structure, fused);
}

/** One step for the gradient of every value and parameter, once all that it enters have theirs. */
function fineSteps(structure: Structure): BackwardStep[] {
  const { stages, symbols, gradients } = structure;
  const steps: BackwardStep[] = [];
  const done = new Set<Stage>();
  const reach = (stage: Stage, wrt: ValueKey): void => {
    const ways = stages.filter(({ inputs }) => inputs.includes(wrt));
    if (wrt === "y" || !ways.every((way) => done.has(way))) return;
    const others = ways
      .filter((way) => way !== stage)
      .map(({ abstract, out }): Way => ({ through: abstract, upstream: out }));
    const total = [stage, ...ways.filter((way) => way !== stage)].map(
      ({ abstract, out }) => derivative(weighted(gradients[out], abstract), [symbols[wrt]]).matrix!,
    );
    const sum = others.length === 0 ? total[0]! : simplify(b.add(...total)).expr;
    const formula = inOutputs(sum, symbols[wrt], stage.abstract, symbols[stage.out]);
    const id = `B${steps.length + 1}`;
    const plain = { id, stage, through: stage.abstract, wrt, upstream: stage.out, formula, value: formula };
    const step: BackwardStep = { ...plain, also: undefined, ...(others.length > 0 ? { others } : {}) };
    steps.push(wrt === "h" ? activationStep(structure, step) : step);
  };
  for (const stage of [...stages].reverse()) {
    done.add(stage);
    // Parameters first, as in whole steps; the input of the network last.
    const order = [...stage.inputs].sort((i, j) => Number(/^[Wb]/.test(j)) - Number(/^[Wb]/.test(i)));
    for (const wrt of order) reach(stage, wrt);
  }
  return steps;
}

function wholeSteps(structure: Structure, fused: boolean): BackwardStep[] {
  const [affine1, phi, affine2, out, loss] = structure.stages as [Stage, Stage, Stage, Stage, Stage];
  const plain = (id: string, stage: Stage, wrt: ValueKey): BackwardStep => {
    const formula = pull(stage.abstract, structure.symbols[wrt], structure.gradients[stage.out]);
    return { id, stage, through: stage.abstract, wrt, upstream: stage.out, formula, value: formula, also: undefined };
  };
  const bias = (id: string, stage: Stage, wrt: ValueKey): BackwardStep[] =>
    stage.inputs.includes(wrt) ? [plain(id, stage, wrt)] : [];
  const first = plain("B1", loss, structure.output);
  const output = outputStep(structure, out, first.formula);
  return [
    ...(fused && structure.output === "p" ? [fusedStep(structure, loss, out, output)] : [first, output]),
    plain("B3", affine2, "W2"),
    ...bias("B4", affine2, "b2"),
    plain("B5", affine2, "a"),
    activationStep(structure, plain("B6", phi, "h")),
    plain("B7", affine1, "W1"),
    ...bias("B8", affine1, "b1"),
    plain("B9", affine1, "x"),
  ];
}

/** g_z from g_p, with softmax(z) written p; `also` is what it comes to with this loss: p − y. */
function outputStep(structure: Structure, out: Stage, firstFormula: Expr): BackwardStep {
  const { symbols, gradients } = structure;
  const G = gradients[out.out];
  const formula = inOutputs(pull(out.expr, symbols.z, G), symbols.z, out.expr, symbols[out.out]);
  const together =
    structure.output === "p" ? combined(structure, substitute(formula, new Map([[G, firstFormula]]))) : undefined;
  const also = together === formula ? undefined : together;
  return { id: "B2", stage: out, through: out.expr, wrt: "z", upstream: out.out, formula, value: formula, also };
}

function fusedStep(structure: Structure, loss: Stage, out: Stage, output: BackwardStep): BackwardStep {
  const formula = output.also!;
  const through = substitute(loss.expr, new Map([[structure.symbols[out.out], out.expr]]));
  return { id: "B2", stage: loss, through, wrt: "z", upstream: "L", formula, value: formula, also: undefined };
}

/** Simplified with what is known of the targets of a batch: every sample's row (or column) of Y sums to 1. */
function combined(structure: Structure, e: Expr): Expr {
  const { form, symbols } = structure;
  const tidy = simplify(e).expr;
  if (form === "single") return multipliedOut(tidy);
  const Y = form === "rows" ? symbols.y : b.transpose(symbols.y);
  const sums = b.mul(Y, b.ones(shape(Y.shape.cols, ONE)));
  return multipliedOut(simplify(substitute(tidy, new Map([[sums, b.ones(sums.shape)]]))).expr);
}

function activationStep(structure: Structure, step: BackwardStep): BackwardStep {
  const slope = abstractPhi(structure.symbols.h, 1);
  return {
    ...step,
    value: substitute(step.formula, new Map([[slope, structure.slope]])),
    also: simplify(substitute(step.formula, new Map([[slope, structure.slopeValue]]))).expr,
  };
}

/** The gradient written out to inputs, parameters and targets. */
export function unrolled(structure: Structure, steps: readonly BackwardStep[], root: Expr): Expr {
  const by = new Map<Expr, Expr>();
  const values = new Map<Expr, Expr>(
    structure.stages.map((stage) => [structure.symbols[stage.out], stage.abstract] as const),
  );
  for (const step of steps)
    by.set(structure.gradients[step.wrt], step.wrt === "z" && step.also ? step.also : step.formula);
  let e = root;
  for (let n = 0; n < steps.length; n++) e = substitute(e, by);
  for (let n = 0; n < structure.stages.length; n++) e = substitute(e, values);
  return e;
}
