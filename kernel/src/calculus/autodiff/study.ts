/**
 * What a reader of a trace asks about a step: its equation as figures, why a factor is transposed, what its entries are
 * made of, its Jacobian as one block per entry and as a matrix of vec's, questions. Made from the choices in the
 * document by the engine that makes documents, so a document need not carry it.
 */
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { isMatrix } from "../core/shape.js";
import { derivative } from "../derive/closed.js";
import { axesOf, indexLinear, listAxes } from "../derive/indexed.js";
import { linearise } from "../derive/linearise.js";
import { build as b } from "../ops/build.js";
import { d } from "../ops/leaves.js";
import { evaluate } from "../verify/evaluate.js";
import type { BackwardStep } from "./backward.js";
import { configOf } from "./configOf.js";
import { type EquationPiece, equationOf } from "./equation.js";
import { latexWith } from "./latexWith.js";
import { jacobianOf } from "./localJacobian.js";
import { resolveNetwork } from "./network.js";
import { printed } from "./printed.js";
import { type QuizItem, quizOf } from "./quiz.js";
import { type SpokenTerm, spokenTerms } from "./spoken.js";
import type { Stage, ValueKey } from "./stages.js";
import type { Layout, TraceDocument } from "./trace.js";
import { type Tracing, tracingOf } from "./tracing.js";
import { gradientKey } from "./values.js";
import { whyOf } from "./why.js";

type ByLayout<T> = Readonly<Record<Layout, T>>;

/** ∂h_i/∂W_kl = δ_ik x_l, as data and as a matrix of vec's. */
export interface BlockJacobian {
  /** The tensor that holds x; the entries of block (k,l) are 0 but for δ_ik x_l. */
  readonly vector: string;
  /** How many of all entries are not 0 by structure. */
  readonly nonzero: number;
  readonly entries: number;
  /** ∂h/∂vec(W1)′ = x′⊗I, column-major. */
  readonly vec?: {
    readonly latex: string;
    readonly shape: readonly [number, number];
    readonly data: readonly number[];
  };
}

/** One step, studied. */
export interface StepStudy {
  readonly equation: ByLayout<readonly EquationPiece[]>;
  /** Markdown with LaTeX; empty for forward steps. */
  readonly why: ByLayout<string>;
  readonly spoken: readonly SpokenTerm[];
  readonly blocks?: BlockJacobian;
  /** The step as one line of program text in the engine's own grammar. */
  readonly program: string;
  readonly quiz: ByLayout<readonly QuizItem[]>;
}

/** More numbers than this are not written as a matrix of vec's. */
const MOST_VEC = 1024;

/** A step of one trace, studied when it is first asked for; undefined for steps that are given (F0, B0). */
export type TraceStudy = (id: string) => StepStudy | undefined;

/**
 * The steps of a trace, studied one by one as they are asked for.
 *
 * @throws NablaError `unsupported` when the document is not of a two-layer network
 * @example studyTrace(traceNetwork())("B7").program // "g_W1 = g_h*x'"
 */
export function studyTrace(trace: TraceDocument): TraceStudy {
  const config = configOf(trace);
  if (!config)
    throw new NablaError("unsupported", "only the trace of a two-layer network can be studied", {
      want: "a trace made by twoLayer",
    });
  const known = new Map<string, StepStudy | undefined>();
  let tracing: Tracing | undefined;
  const make = (id: string): StepStudy | undefined => {
    if (!trace.steps.some((step) => step.id === id)) return undefined;
    tracing ??= tracingOf(resolveNetwork(config));
    const stage = tracing.structure.stages.find((one) => one.id === id);
    if (stage) return studyForward(stage, trace, tracing);
    const step = tracing.steps.find((one) => one.id === id);
    return step && studyBackward(step, trace, tracing);
  };
  return (id) => {
    if (!known.has(id)) known.set(id, make(id));
    return known.get(id);
  };
}

const same = <T>(value: T): ByLayout<T> => ({ denominator: value, numerator: value });

function studyForward(stage: Stage, trace: TraceDocument, tracing: Tracing): StepStudy {
  const { structure } = tracing;
  const tensor = trace.tensors[stage.out]!;
  const others = structure.stages.filter((other) => other !== stage).map(({ abstract }) => abstract);
  return {
    equation: same(equationOf(stage.expr, tracing)),
    why: same(""),
    spoken: spokenTerms(stage.expr, tracing),
    program: programLine(stage.out, stage.expr, tracing),
    quiz: same(
      quizOf(tensor, stage.abstract, {
        tracing,
        numerator: false,
        others: nearest(others, structure.stages.indexOf(stage)),
      }),
    ),
  };
}

/** Those before and after come first. */
const nearest = (others: readonly Expr[], at: number): Expr[] => [...others.slice(at), ...others.slice(0, at)];

function studyBackward(step: BackwardStep, trace: TraceDocument, tracing: Tracing): StepStudy {
  const { structure, steps, inNumerator, numeratorSymbol } = tracing;
  const J =
    step.stage.expr.op === "softmax" && step.through === step.stage.expr
      ? jacobianOf(structure, step.stage, step.wrt)
      : undefined;
  const upstream = structure.gradients[step.upstream];
  const tensor = trace.tensors[gradientKey(step.wrt)]!;
  const others = nearest(
    steps.filter((other) => other !== step).map(({ formula }) => formula),
    steps.indexOf(step),
  );
  const question = (layout: Layout): readonly QuizItem[] => {
    const turned = layout === "numerator" ? inNumerator : (e: Expr): Expr => e;
    return quizOf(tensor, turned(step.also && step.wrt === "z" ? step.also : step.formula), {
      tracing,
      numerator: layout === "numerator",
      others: others.map(turned),
    });
  };
  const blocks = blocksOf(step, tracing);
  return {
    equation: {
      denominator: equationOf(J ? b.mul(J, upstream) : step.value, tracing, J),
      numerator: equationOf(J ? b.mul(numeratorSymbol(step.upstream), J) : inNumerator(step.value), tracing, J),
    },
    why: { denominator: whyOf(step, tracing, "denominator"), numerator: whyOf(step, tracing, "numerator") },
    spoken: spokenTerms(step.value, tracing),
    ...(blocks ? { blocks } : {}),
    program: programLine(gradientKey(step.wrt), step.value, tracing),
    quiz: { denominator: question("denominator"), numerator: question("numerator") },
  };
}

/** g_W1 = g_h*x' */
const programLine = (name: string, e: Expr, { isTensor, tensorOf }: Tracing): string =>
  `${name} = ${printed(e, "text", (s) => (isTensor(s) ? tensorOf(s) : undefined))}`;

/** Of one sample: the Jacobian of an affine map by its weights. */
function blocksOf(step: BackwardStep, { single, network, values, printing }: Tracing): BlockJacobian | undefined {
  const u = single.symbols[step.wrt];
  if (network.batch > 1 || !isMatrix(u.shape)) return undefined;
  const { expr, out } = step.stage;
  const [outAxes, variable] = [axesOf(expr), axesOf(u)];
  const form = indexLinear(linearise(expr, new Set([u])), d(u), outAxes, variable);
  const factor = form.terms.length === 1 ? form.terms[0]!.factors[0] : undefined;
  const vector =
    factor && (Object.keys(single.symbols) as ValueKey[]).find((key) => single.symbols[key] === factor.expr);
  if (!vector || listAxes(outAxes).length !== 1) return undefined;
  const [rows, cols] = [values.tensors[step.wrt]!.rows, values.tensors[step.wrt]!.cols];
  const entries = rows * rows * cols;
  const kron = entries <= MOST_VEC ? derivative(expr, [u]).kronecker : undefined;
  const by = latexWith(u, printing.names);
  return {
    vector,
    nonzero: rows * cols,
    entries,
    ...(kron
      ? {
          vec: {
            latex: `\\frac{\\partial ${latexWith(single.symbols[out], printing.names)}}{\\partial\\operatorname{vec}(${by})^\\top}=${latexWith(kron, printing.names)}`,
            shape: [rows, rows * cols] as const,
            data: Array.from(evaluate(kron, values.point).data, (x) => x + 0),
          },
        }
      : {}),
  };
}
