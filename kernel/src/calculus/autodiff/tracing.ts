/** What every step of one trace is made from: structure, numbers, and the names that formulas are printed with. */
import { transpose } from "../core/dense.js";
import { type Expr, topological } from "../core/expr.js";
import { transposed } from "../core/shape.js";
import { build as b, substitute } from "../ops/build.js";
import { nameOf, symbol } from "../ops/leaves.js";
import { type BackwardStep, backwardSteps } from "./backward.js";
import type { Fault } from "./faults.js";
import type { Printing } from "./formulas.js";
import { latexWith } from "./latexWith.js";
import type { Network } from "./network.js";
import { SLOPE, type Structure, structureOf, type ValueKey } from "./stages.js";
import { transposeThrough } from "./transposeThrough.js";
import { gradientKey, type Values, valuesOf } from "./values.js";

export interface Tracing {
  readonly network: Network;
  readonly structure: Structure;
  /** The structure of one sample of a batch; of a single sample, the structure itself. */
  readonly single: Structure;
  readonly steps: readonly BackwardStep[];
  readonly values: Values;
  readonly printing: Printing;
  /** The transpose, with g_z replaced by the row ∂L/∂z. */
  readonly inNumerator: (e: Expr) => Expr;
  /** ∂L/∂· as it stands in numerator layout: the transposed shape. */
  readonly numeratorSymbol: (key: ValueKey) => Expr;
  /** The tensor that a symbol stands for, in either layout. */
  readonly tensorOf: (symbol: Expr) => string;
  readonly isTensor: (e: Expr) => boolean;
}

export function tracingOf(network: Network, fault?: Fault): Tracing {
  const structure = structureOf(network);
  const single = network.batch === 1 ? structure : structureOf({ ...network, batch: 1 });
  const steps = backwardSteps(structure, network.conventions.fused);
  const values = valuesOf(network, structure, steps, fault);
  const rows = new Map<Expr, Expr>();
  const names = new Map<Expr, string>([
    [structure.slope, `\\phi'(${latexWith(structure.symbols.h, () => undefined)})`],
    [single.slope, `\\phi'(${latexWith(single.symbols.h, () => undefined)})`],
  ]);
  const numbers = { ...values.point.values };
  const tensors = new Map<Expr, string>([[structure.slope, SLOPE]]);
  for (const [key, s] of Object.entries(structure.symbols)) {
    const g = structure.gradients[key as ValueKey];
    const row = symbol(`D_${nameOf(s)}`, transposed(s.shape));
    rows.set(g, row);
    tensors.set(row, gradientKey(key as ValueKey));
    names.set(row, partialLatex(s));
    tensors.set(s, key).set(g, gradientKey(key as ValueKey));
    const value = values.tensors[gradientKey(key as ValueKey)];
    if (value) numbers[nameOf(row)] = transpose(value);
  }
  const substitution = new Map([...rows].map(([g, row]) => [g, b.transpose(row)] as const));
  // Without an upstream gradient, as when all is written out, the transpose is carried to the weights.
  const meets = new Set([...rows.values(), structure.symbols.W1, structure.symbols.W2]);
  return {
    network,
    structure,
    single,
    steps,
    values,
    printing: {
      names: (e) => names.get(e),
      point: { ...values.point, values: numbers },
      digits: network.conventions.digits,
    },
    inNumerator: (e) => transposeThrough(substitute(e, substitution), (s) => meets.has(s)),
    numeratorSymbol: (key) => rows.get(structure.gradients[key])!,
    tensorOf: (s) => tensors.get(s) ?? nameOf(s),
    isTensor: (e) => tensors.has(e),
  };
}

/** ∂L/∂W1. */
export const partialLatex = (s: Expr): string => `\\frac{\\partial L}{\\partial ${latexWith(s, () => undefined)}}`;

/** The tensors in an expression, in the order in which they are read. */
export const operandsOf = (e: Expr, tracing: Tracing): string[] =>
  topological(e)
    .filter((s) => s.op === "symbol")
    .map(tracing.tensorOf);
