/**
 * One entry of a tensor of a trace, written out term by term from the expression of the step that made it. Works on
 * any trace document of a two-layer network, whoever made it: expressions follow from its choices, numbers are its own.
 */
import { type Dense, dense } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import type { Factor, Term } from "../core/indexForm.js";
import { isScalar, sizeOf } from "../core/shape.js";
import { axesOf } from "../derive/indexed.js";
import { nameOf } from "../ops/leaves.js";
import { evaluate, type Point } from "../verify/evaluate.js";
import { backwardSteps } from "./backward.js";
import { entryTerms } from "./entries.js";
import { EXPLAINED, shownFactor } from "./factorText.js";
import { shownText } from "./numbersLatex.js";
import { SLOPE, type Structure, structureOf, type ValueKey } from "./stages.js";
import type { EntryExplanation, Tensor, TraceDocument } from "./trace.js";
import { gradientKey } from "./values.js";

/** More terms than this are not all written. */
const MOST_TERMS = 8;

type TermValue = EntryExplanation["terms"][number];

/** Row and column are those of storage (denominator layout), from 0; the text counts from 1 in the layout in force. */
export function explainEntry(
  trace: TraceDocument,
  stepId: string,
  tensor: string,
  row: number,
  col: number,
): EntryExplanation {
  const subject = Object.hasOwn(trace.tensors, tensor) ? trace.tensors[tensor] : undefined;
  if (!subject || subject.madeBy !== stepId || row >= subject.shape[0] || col >= subject.shape[1])
    throw new NablaError("bad_argument", `step ${stepId} makes no entry [${row + 1},${col + 1}] of ${tensor}`, {
      got: tensor,
      want: "a tensor among the results of the step",
    });
  const value = subject.data[row * subject.shape[1] + col]!;
  const structure = structureOf({ ...trace.network, conventions: trace.conventions });
  const expr = expressionOf(structure, trace, tensor);
  const terms = expr ? termsOf(expr, [row, col], structure, pointOf(structure, trace)) : [];
  const names = [...new Set(terms.flatMap((term) => term.factors.map((factor) => factor.tensor)))];
  return {
    tensor,
    row,
    col,
    value,
    text: textOf(trace, subject, [row, col], terms, value),
    terms,
    follow: names
      .map((name) => trace.tensors[name])
      .filter((made): made is Tensor => made !== undefined && made.madeBy !== trace.steps[0]!.id)
      .map((made) => ({ label: made.label, tensor: made.name, step: made.madeBy })),
  };
}

/** The expression that made the tensor; undefined for what is given. */
function expressionOf(structure: Structure, trace: TraceDocument, tensor: string): Expr | undefined {
  if (tensor === SLOPE) return structure.slopeValue;
  const stage = structure.stages.find(({ out }) => out === tensor);
  if (stage) return stage.expr;
  return backwardSteps(structure, trace.conventions.fused).find(({ wrt }) => gradientKey(wrt) === tensor)?.value;
}

function pointOf(structure: Structure, trace: TraceDocument): Point {
  const [n, m, k] = trace.network.sizes;
  const values: Record<string, Dense> = Object.create(null);
  const put = (symbol: Expr, name: string): void => {
    const tensor = trace.tensors[name];
    if (tensor) values[nameOf(symbol)] = dense(tensor.shape[0], tensor.shape[1], tensor.data);
  };
  for (const key of Object.keys(structure.symbols) as ValueKey[]) {
    put(structure.symbols[key], key);
    put(structure.gradients[key], gradientKey(key));
  }
  put(structure.slope, SLOPE);
  return { sizes: { n, m, k, N: trace.network.batch }, values, kink: trace.conventions.kink };
}

function termsOf(e: Expr, [row, col]: readonly [number, number], structure: Structure, point: Point): TermValue[] {
  const at = axesOf(e);
  const tensors = new Map<Expr, string>([[structure.slope, SLOPE]]);
  for (const key of Object.keys(structure.symbols) as ValueKey[])
    tensors.set(structure.symbols[key], key).set(structure.gradients[key], gradientKey(key));
  const known = new Map<Expr, Dense>();
  const numbersOf = (x: Expr): Dense => {
    if (!known.has(x)) known.set(x, evaluate(x, point));
    return known.get(x)!;
  };
  return entryTerms(e, at).flatMap((term) =>
    assignments(term, point).map((summed) => {
      const place = new Map(summed);
      if (at.row) place.set(at.row.id, row);
      if (at.col) place.set(at.col.id, col);
      return termValue(term, place, { tensors, numbersOf });
    }),
  );
}

/** All values of the summed indices. */
function assignments(term: Term, point: Point): (readonly [number, number])[][] {
  return term.summed.reduce<(readonly [number, number])[][]>(
    (list, index) =>
      list.flatMap((one) =>
        Array.from({ length: sizeOf(index.dim, point.sizes) }, (_, i) => [...one, [index.id, i] as const]),
      ),
    [[]],
  );
}

interface Context {
  readonly tensors: ReadonlyMap<Expr, string>;
  readonly numbersOf: (e: Expr) => Dense;
}

function termValue(term: Term, place: ReadonlyMap<number, number>, { tensors, numbersOf }: Context): TermValue {
  let coefficient = term.coefficient;
  const factors: TermValue["factors"][number][] = [];
  for (const factor of term.factors) {
    const index = (i: Factor["row"]): number => (i ? place.get(i.id)! : 0);
    const [row, col] = [index(factor.row), index(factor.col)];
    const read = (e: Expr): number => {
      const value = numbersOf(e);
      return value.data[row * value.cols + col]!;
    };
    const inside = topological(factor.expr).find((e) => tensors.has(e));
    // 1/N and the like: a number and no tensor.
    if (!inside) coefficient *= isScalar(factor.expr.shape) ? numbersOf(factor.expr).data[0]! : read(factor.expr);
    else {
      const shown =
        factor.expr === inside ? undefined : shownFactor(factor.expr, inside, numbersOf(inside), [row, col]);
      const here = { tensor: tensors.get(inside)!, row, col, value: read(factor.expr) };
      factors.push(shown === undefined ? here : { ...here, shown });
    }
  }
  return coefficient === 1 ? { factors } : { coefficient, factors };
}

function textOf(
  trace: TraceDocument,
  tensor: Tensor,
  [row, col]: readonly [number, number],
  terms: readonly TermValue[],
  value: number,
): string {
  const [rows, cols] = tensor.shape;
  const turned = trace.conventions.layout === "numerator" && tensor.role === "gradient";
  const indices = [rows > 1 ? row + 1 : 0, cols > 1 ? col + 1 : 0];
  const place = (turned ? indices.reverse() : indices).filter((i) => i > 0);
  const left = place.length > 0 ? `[${place.join(",")}] ` : "";
  const result = number(value);
  const sum = terms.length === 0 ? "" : sumText(terms);
  return `${left}= ${sum === "" || sum === result ? result : `${sum} = ${result}`}`;
}

/** "(−0.05948)(2)": five decimals, so that a product can be checked by hand. */
const number = (x: number): string => shownText(x, EXPLAINED);

function sumText(terms: readonly TermValue[]): string {
  const shown = terms.length > MOST_TERMS ? terms.slice(0, 3) : terms;
  const line = shown
    .map(({ coefficient = 1, factors }, i) => {
      const size = Math.abs(coefficient);
      const parts = [
        ...(size === 1 && factors.length > 0 ? [] : [number(size)]),
        ...factors.map((f) => f.shown ?? number(f.value)),
      ];
      // One factor needs parentheses only where two signs or a sum would meet.
      const first = i === 0 && coefficient > 0;
      const bare = parts.length === 1 && (first || !/^−| [+−] /.test(parts[0]!));
      const product = bare ? parts[0]! : parts.map((part) => `(${part})`).join("");
      const sign = coefficient < 0 ? (i === 0 ? "−" : " − ") : i === 0 ? "" : " + ";
      return sign + product;
    })
    .join("");
  return terms.length > MOST_TERMS ? `${line} + … (${terms.length} terms)` : line;
}
