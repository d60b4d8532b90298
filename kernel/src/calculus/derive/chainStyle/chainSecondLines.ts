/**
 * The lines of a second derivative that are about it as a whole: the name of the first derivative, a derivative of 0, and
 * ∂²f/∂x∂y with its axes in words. A matrix has the entries of x down and those of y across in both layouts, so that in
 * denominator layout it is the transpose of ∂g/∂y.
 */
import type { ChainFactor, ChainLine } from "../../core/chainLine.js";
import { cite } from "../../core/cite.js";
import { type Dense, relativeError, transpose } from "../../core/dense.js";
import type { Derivative } from "../../core/derivation.js";
import { failedCheck } from "../../core/errors.js";
import { containing, type Expr } from "../../core/expr.js";
import { isColumn, isMatrix, isRow, isScalar } from "../../core/shape.js";
import type { Layout, Let, Step } from "../../core/step.js";
import { type Site, STEP_TOLERANCE } from "../../verify/checkStep.js";
import { evaluate } from "../../verify/evaluate.js";
import { exactDerivative } from "../../verify/exact.js";
import { derivative } from "../closed.js";
import { inLayout } from "../layout.js";
import { withoutLets } from "../lineState.js";
import { checkForm } from "../proveForms.js";
import { refer } from "../refer.js";
import { asFactor, dimsOf, partial, whole } from "./chainFactors.js";
import { inlineLatex } from "./chainWords.js";

export interface Second {
  /** The name of f on the page. */
  readonly output: Expr;
  readonly x: Expr;
  readonly y: Expr;
  readonly layout: Layout;
  /** The first derivative, and the second. */
  readonly inner: Derivative;
  readonly result: Derivative;
  /** The name of the first derivative, and what it stands for, written out. */
  readonly g: Expr;
  readonly gradient: Expr;
  /** Names of the page. */
  readonly names: readonly Let[];
  /** Those that the lines of the first derivative define, and g. */
  readonly known: ReadonlySet<Expr>;
  readonly at: readonly Site[];
}

/** The layout in which a first derivative gets its name: a gradient in the shape of its variable, a Jacobian with outputs down. */
export const ownLayout = ({ arrangement }: Derivative): Layout =>
  arrangement === "gradient" || arrangement === "scalar" ? "denominator" : "numerator";

/** Whether g is the transpose of ∂f/∂x as the page prints it. */
function turnedName({ inner, layout }: Second): boolean {
  if (layout === ownLayout(inner) || inner.arrangement === "scalar") return false;
  return inner.arrangement !== "by-scalar" || !isMatrix(inner.of.shape);
}

const turnedFactor = (f: ChainFactor): ChainFactor =>
  f.kind === "partial" ? { ...f, shape: [...f.shape].reverse(), transposed: true } : f;

/**
 * The lines of ∂f/∂x, then u = …, g = ∂f/∂x = …: the names that are new on the page. `names` defines all of them. Where the
 * last line has that form of ∂f/∂x it gives the name itself.
 */
export function withName(second: Second, lines: readonly Step[], names: Step): readonly Step[] {
  const { output, x, layout, inner, g, known, at } = second;
  const body = names.body as ChainLine;
  const turned = turnedName(second);
  const plain = partial(output, x, layout);
  const of = turned ? turnedFactor(plain) : plain;
  const value = body.names.find((n) => n.symbol === g)!.value;
  const more = body.names.filter((n) => !known.has(n.symbol));
  const error = checkForm("the first derivative", withoutLets(second.names, value), inner, ownLayout(inner), at);
  const last = lines[lines.length - 1]!;
  if (!turned && more.length === 0 && !body.define && endOf(last) === value)
    return [...lines.slice(0, -1), called(last, asFactor(g), plain, "")];
  const shape =
    inner.arrangement === "gradient" ? `,\\text{ in the shape of }${inlineLatex(x)}` : ",\\text{ outputs down}";
  return [
    ...lines,
    {
      ...names,
      note: `\\text{the first derivative gets a name}${turned ? shape : ""}`,
      body: { ...body, names: [...more, { symbol: g, value, means: of }] },
      check: { ...names.check, maxRelError: Math.max(names.check.maxRelError, error) },
    },
  ];
}

/** The expression that a line ends in, where it is one factor. */
function endOf({ body }: Step): Expr | undefined {
  const end = body.kind === "chain" ? body.right[body.right.length - 1] : undefined;
  const factors = end?.length === 1 && end[0]!.scalars.length === 0 ? end[0]!.factors : [];
  return factors.length === 1 && factors[0]!.kind === "expr" ? factors[0]!.expr : undefined;
}

/** left = of = what the line says. */
function called(step: Step, left: ChainFactor, of: ChainFactor, note: string): Step {
  const body = step.body as ChainLine;
  return {
    ...step,
    note: [step.note, note].filter(Boolean).join(";\\quad "),
    body: { ...body, left, right: [[{ scalars: [], factors: [of] }], ...body.right] },
  };
}

/** ∂²f/∂x∂y = ∂g/∂y = 0. */
export function zeroLine(second: Second): Step {
  const { layout, result } = second;
  const zero = inLayout(result, layout)!;
  const body: ChainLine = {
    kind: "chain",
    layout,
    names: [],
    left: secondFactor(second, zero),
    right: [[{ scalars: [], factors: [derivativeOfName(second, isMixed(second))] }], whole(zero)],
  };
  return { ...zeroWords(second), body };
}

/** What is said of a second derivative that is 0, and its check. */
export function zeroWords(second: Second): Omit<Step, "body"> {
  const { g, y, gradient } = second;
  const name = inlineLatex(y);
  const still = containing(gradient, (e) => e === y).size === 0;
  const why = still ? `does not depend on }${name}` : `has slope 0 by }${name}\\text{ wherever it has a slope}`;
  const note = `${inlineLatex(g)}\\text{ ${why}`;
  return {
    rule: "constant",
    chips: ["constant"],
    cites: [],
    note: [note, axesWords(second)].filter(Boolean).join(";\\quad "),
    conditions: [],
    shape: "",
    check: zeroCheck(second),
  };
}

/** Reverse-mode AD of the first derivative, beside the size of that derivative. */
function zeroCheck({ gradient, y, at }: Second): Step["check"] {
  let worst = 0;
  for (const { point } of at) {
    const scale = largest(evaluate(gradient, point).data);
    worst = Math.max(worst, largest(exactDerivative(gradient, [y], point).data) / Math.max(scale, 1));
  }
  return accepted("a second derivative of 0", worst, at);
}

const largest = (data: Float64Array): number => data.reduce((m, v) => Math.max(m, Math.abs(v)), 0);

function accepted(what: string, worst: number, at: readonly Site[]): Step["check"] {
  if (!(worst <= STEP_TOLERANCE)) throw failedCheck(what, worst, STEP_TOLERANCE);
  return { seed: at[0]!.seed, maxRelError: worst };
}

/** The lines of ∂g/∂y with the last one, where a layout applies. `value` is ∂g/∂y in the layout of the page. */
export function withLastLine(second: Second, lines: readonly Step[], value: Expr): readonly Step[] {
  const { layout, result, names, x, y, at } = second;
  const answer = inLayout(result, layout)!;
  const plain = inLayout(derivative(result.of, [x, y], { facts: false }), layout)!;
  const shown = [...new Set([plain, answer].map((e) => refer(e, names)))];
  const last = shown[shown.length - 1]!;
  const turned = turnedDerivative(value, answer, at);
  const error = checkForm("the second derivative", withoutLets(names, last), result, layout, at);
  const left = secondFactor(second, answer);
  const of = { scalars: [], factors: [derivativeOfName(second, turned)] };
  const words = [turned ? "" : symmetryWords(second, answer), axesWords(second)].filter(Boolean).join(";\\quad ");
  // A line that ends in the answer is the answer's own.
  const end = lines[lines.length - 1]!;
  if (!turned && endOf(end) === last)
    return [...lines.slice(0, -1), called(end, left, derivativeOfName(second, false), words)];
  const facts = shown.length > 1 ? result.conditions : [];
  return [
    ...lines,
    {
      rule: "chain/second",
      chips: ["rows, columns", ...facts.map((c) => `fact: ${c.split(",")[0]}`)],
      cites: [cite("notes", "(2) applied to ∇f")],
      note: [...facts.map((c) => `\\text{${c}}`), words].filter(Boolean).join(";\\quad "),
      body: { kind: "chain", layout, names: [], left, right: [[of], ...shown.map(whole)] },
      conditions: facts,
      shape: "",
      check: { seed: at[0]!.seed, maxRelError: error },
    },
  ];
}

/** Whether the answer is the transpose of ∂g/∂y, by numbers; where it is neither, the page is wrong. */
function turnedDerivative(value: Expr, answer: Expr, at: readonly Site[]): boolean {
  const error = (turn: (m: Dense) => Dense): number =>
    Math.max(
      ...at.map(({ point }) => {
        const [got, want] = [turn(evaluate(value, point)), evaluate(answer, point)];
        return got.rows === want.rows ? relativeError(got.data, want.data) : Number.POSITIVE_INFINITY;
      }),
    );
  if (error((m) => m) <= STEP_TOLERANCE) return false;
  accepted("the second derivative", error(transpose), at);
  return true;
}

/** ∂²f/∂x∂y on the left. */
const secondFactor = ({ output, x, y }: Second, answer: Expr): ChainFactor => ({
  kind: "partial",
  of: output,
  by: x,
  and: y,
  shape: dimsOf(answer.shape),
});

/** ∂g/∂y, or its transpose. */
const derivativeOfName = ({ g, y, layout }: Second, turned: boolean): ChainFactor =>
  turned ? turnedFactor(partial(g, y, layout)) : partial(g, y, layout);

function symmetryWords({ x, y, at }: Second, answer: Expr): string {
  if (x !== y || !isMatrix(answer.shape)) return "";
  const values = at.map(({ point }) => evaluate(answer, point));
  const symmetric = values.every((v) => relativeError(v.data, transpose(v).data) <= STEP_TOLERANCE);
  return symmetric ? "\\text{symmetric}" : "";
}

/** Which axis of the matrix belongs to what: "rows: entries of x, columns: entries of y". */
function axesWords({ result, x, y, layout }: Second): string {
  const flat = (e: Expr): boolean => isScalar(e.shape);
  const entries = (e: Expr): string => `\\text{entries of }${inlineLatex(e)}`;
  switch (result.arrangement) {
    case undefined:
    case "scalar":
      return "";
    case "hessian":
      if (flat(x)) return `\\text{one row: }${entries(y)}`;
      if (flat(y)) return `\\text{one column: }${entries(x)}`;
      return x === y
        ? `\\text{rows and columns: }${entries(x)}`
        : `\\text{rows: }${entries(x)},\\ \\text{columns: }${entries(y)}`;
    case "gradient": {
      const matrix = inlineLatex(flat(x) ? y : x);
      return `\\text{of the shape of }${matrix}${layout === "numerator" ? "^\\top" : ""}`;
    }
    case "jacobian": {
      const [rows, columns] = ["\\text{outputs}", entries(flat(x) ? y : x)];
      return layout === "numerator"
        ? `\\text{rows: }${rows},\\ \\text{columns: }${columns}`
        : `\\text{rows: }${columns},\\ \\text{columns: }${rows}`;
    }
    case "by-scalar":
      return isColumn(result.of.shape) || isRow(result.of.shape)
        ? `\\text{one ${layout === "numerator" ? "column" : "row"}: outputs}`
        : "\\text{of the shape of the output}";
  }
}

/** In denominator layout ∂g/∂y of two columns has the entries of y down. */
const isMixed = ({ result, layout, x, y }: Second): boolean =>
  x !== y && result.arrangement === "hessian" && layout === "denominator";
