/** One random problem through the whole engine, judged entry by entry by reverse-mode AD at points of the test's own. */

import type { Derivation } from "../../../kernel/src/calculus/core/derivation.js";
import { NablaError } from "../../../kernel/src/calculus/core/errors.js";
import { containing, type Expr } from "../../../kernel/src/calculus/core/expr.js";
import type { Layout, Style } from "../../../kernel/src/calculus/core/step.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { parseProgram } from "../../../kernel/src/calculus/text/program.js";
import { boundedForm, compare } from "../../../kernel/src/calculus/verify/bounds.js";
import { goodPoint } from "../../../kernel/src/calculus/verify/domain.js";
import type { Point } from "../../../kernel/src/calculus/verify/evaluate.js";
import { exactDerivative, Taped } from "../../../kernel/src/calculus/verify/exact.js";
import { directionError } from "../../../kernel/src/calculus/verify/finiteDifference.js";
import { declarationsOf, VARS } from "./symbols.js";

const { vars, constraints, functions } = declarationsOf([...VARS.keys()]);
export const SCOPE = declare(vars, { constraints, functions });
export const read = (source: string): Expr => parse(source, SCOPE).expr;
export const variable = (name: string): Expr => SCOPE.symbols.get(name)!;

/** Relative error of an entry beside its terms, beyond what rounding explains. */
const ENTRY = 1e-9;
/** Points of the test; the engine uses other seeds. */
const OWN_SEEDS = [77, 78];

export type Verdict = "right" | "outside the domain" | "below rounding";
type Wrt = readonly [string] | readonly [string, string];

export interface Page {
  readonly style?: Style;
  readonly layout?: Layout;
}

/** Throws where anything is wrong; no point inside the domain, or none where rounding is not all there is, is allowed. */
export function judge(source: string, wrt: string | Wrt, page: Page = {}): Verdict {
  const { result: written, lets } = parseProgram(source, SCOPE);
  const variables = (typeof wrt === "string" ? [wrt] : wrt).map(variable);
  return insideDomain(() => {
    const named = lets.map((l) => ({ symbol: l.symbol, value: l.expr }));
    const made = derive(written, variables, { ...page, lets: named });
    const f = made.result.of;
    const moves = variables.every((x) => containing(f, (e) => e === x).size > 0);
    if (moves && made.steps.length === 0) throw new Error("no steps");
    if (![page.style ?? "differential", "differential"].includes(made.problem.style)) throw new Error("another style");
    const points = OWN_SEEDS.map((seed) => goodPoint([f, ...factorsOf(made)], variables, seed).point);
    for (const point of points) agrees(made, point);
    if (made.result.order <= 2 && !made.matrices.denominator) throw new Error("no matrix form");
    for (const form of [...Object.values(made.matrices), made.result.kronecker]) if (form) readsBack(form, points[0]!);
    if (made.result.kronecker) unfolds(made, made.result.kronecker, points[0]!);
    if (variables.length === 2 && variables[0] === variables[1]) symmetric(made, points[0]!);
  });
}

export function insideDomain(run: () => void): Verdict {
  try {
    run();
    return "right";
  } catch (error) {
    if (error instanceof NablaError && error.check === "undecided") return "below rounding";
    const nowhere = /^no point inside the domain|this one always is$/;
    if (error instanceof NablaError && nowhere.test(error.message)) return "outside the domain";
    throw error;
  }
}

const factorsOf = ({ result }: Derivation): Expr[] => result.index.terms.flatMap((t) => t.factors.map((x) => x.expr));

/** Every entry of the index form by reverse-mode AD, forward over reverse for a second derivative. */
function agrees({ result }: Derivation, point: Point): void {
  const answer = boundedForm(result.index, point, new Taped(point, []));
  const exact = exactDerivative(result.of, result.wrt, point);
  const { wrong, worst } = compare(exact, answer, answer.terms);
  if (exact.data.length !== answer.data.length) throw new Error("another number of entries");
  // A fact such as Q'Q = I holds up to rounding alone, which no bound knows.
  if (wrong && !(worst < ENTRY)) throw new Error(`wrong by ${worst}`);
  directionError(answer.data, result.of, result.wrt, point);
}

/** The answer's text is an expression of the same value. */
function readsBack(form: Expr, point: Point): void {
  const at = new Taped(point, []);
  const [want, got] = [at.value(form), at.value(read(text(form)))];
  const { wrong, worst } = compare(want, got, want.data.map(Math.abs));
  if (wrong) throw new Error(`read back with another value (${worst}): ${text(form)}`);
}

/** A Kronecker form has the numbers of the index form: vec of the output by vec of the last variable. */
function unfolds({ result }: Derivation, form: Expr, point: Point): void {
  const at = new Taped(point, []);
  const { shape, data, error, terms } = boundedForm(result.index, point, at);
  const last = result.wrt[result.wrt.length - 1]!;
  const inner = [last.shape.rows, last.shape.cols].filter((d) => d.key !== "1").length;
  const [rows, cols] = [shape.slice(0, shape.length - inner), shape.slice(shape.length - inner)];
  const width = product(cols);
  const turned = (list: Float64Array): Float64Array => {
    const out = new Float64Array(list.length);
    list.forEach((value, k) => {
      out[columnMajor(rows, Math.floor(k / width)) * width + columnMajor(cols, k % width)] = value;
    });
    return out;
  };
  const want = { data: turned(data), error: turned(error) };
  const { wrong, worst } = compare(want, at.value(form), turned(terms));
  if (wrong) throw new Error(`vec form is wrong by ${worst}`);
}

const product = (sizes: readonly number[]): number => sizes.reduce((p, n) => p * n, 1);

/** Row-major position → column-major position of an entry of a matrix. */
const columnMajor = (sizes: readonly number[], k: number): number =>
  sizes.length < 2 ? k : (k % sizes[1]!) * sizes[0]! + Math.floor(k / sizes[1]!);

/** Twice by one variable: the two groups of axes may be exchanged. */
function symmetric({ result }: Derivation, point: Point): void {
  const { data, error, terms } = boundedForm(result.index, point, new Taped(point, []));
  const x = result.wrt[0]!;
  const size = product(
    [x.shape.rows, x.shape.cols].map((d) => d.names.reduce((p, n) => p * point.sizes[n]!, d.coefficient)),
  );
  const turned = (list: Float64Array): Float64Array =>
    list.map((_, k) => {
      const [block, at] = [Math.floor(k / size ** 2), k % size ** 2];
      return list[block * size ** 2 + (at % size) * size + Math.floor(at / size)]!;
    });
  const { wrong, worst } = compare({ data: turned(data), error: turned(error) }, { data, error }, terms);
  if (wrong) throw new Error(`not symmetric: ${worst}`);
}
