/**
 * The local Jacobian of a stage, rows = outputs, of one sample: the samples of a batch do not touch each other.
 * By a matrix it is a δ-tensor with no numbers; numbers are given where they are the same for every sample.
 */
import type { Expr } from "../core/expr.js";
import { isColumn, isMatrix, isScalar, sizeOf } from "../core/shape.js";
import { derivative } from "../derive/closed.js";
import { axesOf, indexLinear, listAxes } from "../derive/indexed.js";
import { linearise } from "../derive/linearise.js";
import { pullJacobian } from "../derive/pullback.js";
import { build as b, substitute } from "../ops/build.js";
import { d } from "../ops/leaves.js";
import { simplify } from "../simplify/rewrite.js";
import { evaluate, type Point } from "../verify/evaluate.js";
import { entryLatex, IndexNames, termsLatex } from "./indexLatex.js";
import { latexWith } from "./latexWith.js";
import type { Override } from "./printed.js";
import { abstractPhi, inOutputs, type Stage, type Structure, type ValueKey } from "./stages.js";
import type { LocalJacobian } from "./trace.js";

/** ∂(stage)/∂u as an expression, rows = outputs; undefined for a tensor of order three. */
export function jacobianOf(structure: Structure, stage: Stage, wrt: ValueKey): Expr | undefined {
  const u = structure.symbols[wrt];
  if (isMatrix(u.shape) || isMatrix(stage.expr.shape)) return undefined;
  if (stage.out === "p" && wrt === "z") {
    const dF = simplify(linearise(stage.expr, new Set([u]))).expr;
    const transposed = pullJacobian(dF, d(u));
    return transposed && positiveFirst(inOutputs(turned(transposed), u, stage.expr, structure.symbols.p));
  }
  const J = derivative(stage.abstract, [u]).matrix!;
  return isScalar(stage.expr.shape) && isColumn(u.shape) ? simplify(b.transpose(J)).expr : J;
}

/** The transpose, taken term by term so that symmetric terms stay as they are. */
function turned(e: Expr): Expr {
  const terms = e.op === "add" ? e.args : [e];
  return b.add(...terms.map((t) => (t.op === "diag" ? t : simplify(b.transpose(t)).expr)));
}

function positiveFirst(e: Expr): Expr {
  if (e.op !== "add") return e;
  const negative = (t: Expr): boolean =>
    t.op === "times" && t.args[0]!.op === "number" && (t.args[0]!.attrs.value as number) < 0;
  return b.add(...e.args.filter((t) => !negative(t)), ...e.args.filter(negative));
}

export function localJacobian(
  structure: Structure,
  stage: Stage,
  wrt: ValueKey,
  options: {
    readonly names: Override;
    /** Values of this one sample; absent for a batch. */
    readonly point: Point | undefined;
    /** Where parameters and sizes are found in any case. */
    readonly parameters: Point;
  },
): LocalJacobian {
  const { names, point, parameters } = options;
  const u = structure.symbols[wrt];
  const J = jacobianOf(structure, stage, wrt);
  const out = structure.symbols[stage.out];
  const size = (e: Expr): number[] =>
    [e.shape.rows, e.shape.cols].filter((dim) => dim.key !== "1").map((dim) => sizeOf(dim, parameters.sizes));
  const over = (s: Expr): string => latexWith(s, names);
  if (!J) return { latex: deltaLatex(stage, out, u, names), structure: "delta", shape: [...size(out), ...size(u)] };
  const shape = [size(out)[0] ?? 1, size(u)[0] ?? 1];
  const latex = `\\frac{\\partial ${over(out)}}{\\partial ${over(u)}}=${latexWith(J, names)}`;
  const kind =
    J.op === "eye" ? "identity" : J.op === "diag" ? "diagonal" : stage.expr.op === "softmax" ? "softmax" : "dense";
  const slope = substitute(J, new Map([[abstractPhi(structure.symbols.h, 1), structure.slope]]));
  const same = point ?? (kind === "identity" || J.op === "symbol" ? parameters : undefined);
  return {
    latex,
    structure: kind,
    shape,
    ...(same ? { data: Array.from(evaluate(slope, same).data, (x) => x + 0) } : {}),
  };
}

/** ∂z_i/∂[W2]_kl = δ_ik a_l. */
function deltaLatex(stage: Stage, out: Expr, u: Expr, names: Override): string {
  const [outAxes, variable] = [axesOf(out), axesOf(u)];
  const form = indexLinear(linearise(stage.expr, new Set([u])), d(u), outAxes, variable);
  const letters = new IndexNames();
  letters.name(listAxes(outAxes)[0], "i");
  letters.name(variable.row, "k");
  letters.name(variable.col, "l");
  const entry = (e: Expr, at: typeof outAxes): string => entryLatex(e, at, letters, names);
  return `\\frac{\\partial ${entry(out, outAxes)}}{\\partial ${entry(u, variable)}}=${termsLatex(form.terms, letters, names)}`;
}
