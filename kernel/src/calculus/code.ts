/** Values, gradients and Hessians as programs: what to compute is decided here, how it is spelled in print/code. */
import type { Derivation } from "./core/derivation.js";
import { NablaError } from "./core/errors.js";
import { type Expr, topological } from "./core/expr.js";
import { axes, isColumn, isMatrix, isRow, isScalar } from "./core/shape.js";
import type { Layout, Let } from "./core/step.js";
import { derivative } from "./derive/closed.js";
import { inLayout } from "./derive/layout.js";
import { withoutLets } from "./derive/lineState.js";
import { isSymbol, nameOf } from "./ops/leaves.js";
import type { Output, Plan } from "./print/code/plan.js";
import { printProgram } from "./print/code/printProgram.js";
import { CODE_TARGETS, type CodeTarget, targetOf } from "./print/code/targets.js";
import { text } from "./print/text.js";

export { CODE_TARGETS, type CodeTarget };

/** An expression whose value is wanted, as a cell wrote it. */
export interface CodeValue {
  readonly f: Expr;
  readonly lets?: readonly Let[];
  readonly outputName?: string | undefined;
}

/** How a program is written. */
export interface CodeOptions {
  readonly layout?: Layout;
  /** The name of the function of the value; by default that of the output, or f. */
  readonly name?: string;
  /** JAX: names of the arguments that carry a batch; by default all but the variables. */
  readonly batch?: readonly string[];
}

/**
 * The program that computes an expression, or its value with gradient, Jacobian or Hessian.
 *
 * @param what a derivation, or an expression with its named parts
 * @param target one of CODE_TARGETS
 * @returns a whole file: a function for each result and one for all in one sweep, with the arguments and their shapes in
 *   the documentation; vectors have one axis (in Octave and MATLAB both), orders above two are arrays with output axes first
 * @throws NablaError `bad_argument` for an unknown target, layout or batch name
 * @example code(derive(f, [W]), "jax")
 */
export function code(what: Derivation | CodeValue, target: CodeTarget, options: CodeOptions = {}): string {
  const known = targetOf(target);
  const plan = "problem" in what ? derivationPlan(what, options) : valuePlan(what, options);
  const names = plan.inputs.map(nameOf);
  const stranger = options.batch?.find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw new NablaError("bad_argument", `code: batch names ${stranger}, which is no argument`, {
      got: stranger,
      want: names.join(", "),
    });
  return printProgram(plan, known, { batch: options.batch });
}

/** In the order in which the program of the user speaks of them. */
function symbolsOf(f: Expr, lets: readonly Let[], wrt: readonly Expr[]): Expr[] {
  const needed = new Set(topological(withoutLets(lets, f), ...wrt).filter(isSymbol));
  return topological(...lets.map((l) => l.value), f, ...wrt).filter((e) => needed.has(e));
}

function valuePlan({ f, lets = [], outputName }: CodeValue, options: CodeOptions): Plan {
  const whole = withoutLets(lets, f);
  const name = options.name ?? outputName ?? "f";
  return {
    source: written(f, lets, name),
    name,
    notes: [],
    inputs: symbolsOf(f, lets, []),
    wrt: [],
    outputs: [valueOutput(whole, name)],
    names: writtenOut(lets),
  };
}

function derivationPlan(derivation: Derivation, options: CodeOptions): Plan {
  const { problem, result, names: page } = derivation;
  const layout = options.layout ?? problem.layout;
  if (layout !== "denominator" && layout !== "numerator")
    throw new NablaError("bad_argument", `code: unknown layout ${String(layout)}`, {
      got: String(layout),
      want: "denominator, numerator",
    });
  const { f, wrt, lets, written: source } = problem;
  const name = options.name ?? problem.outputName ?? "f";
  const by = [...new Set(wrt)].map((x) => text(x)).join(" and ");
  const inputs = symbolsOf(source, lets, wrt);
  const structured = problem.structure ? [`Structure: ${problem.structure}.`] : [];
  const second = wrt[0] === wrt[1] ? "Hessian" : "Second derivative";
  const matrix = inLayout(result, layout);
  const last: Output = {
    role: wrt.length === 2 ? "hess" : isScalar(f.shape) ? "grad" : "jac",
    about: matrix
      ? `${wrt.length === 2 ? second : isScalar(f.shape) ? "Gradient" : "Derivative"} of ${name} by ${by} in ${layout} layout, ${shapeWords(matrix)}`
      : `Derivative of ${name} by ${by}, axes (${result.index.free.map((i) => i.dim.key).join(", ")}): those of the output first`,
    form: matrix ? { kind: "matrix", expr: matrix } : { kind: "index", index: result.index },
  };
  const between = wrt.length === 2 ? [gradientOf(f, wrt[0]!, name, layout)] : [];
  return {
    source: written(source, lets, name),
    name,
    notes: [...(matrix ? [`Layout: ${layout}.`] : []), ...structured, ...facts(inputs)],
    inputs,
    wrt,
    outputs: [valueOutput(f, name), ...between, last],
    names: [...writtenOut(lets), ...writtenOut(page)],
  };
}

/** The first derivative on the way to a second one. */
function gradientOf(f: Expr, x: Expr, name: string, layout: Layout): Output {
  const first = derivative(f, [x]);
  const matrix = inLayout(first, layout)!;
  return {
    role: "grad",
    about: `Gradient of ${name} by ${text(x)} in ${layout} layout, ${shapeWords(matrix)}`,
    form: { kind: "matrix", expr: matrix },
  };
}

const valueOutput = (f: Expr, name: string): Output => ({
  role: "value",
  about: `Value of ${name}, ${shapeWords(f)}`,
  form: { kind: "matrix", expr: f },
});

function shapeWords(e: Expr): string {
  const sizes = axes(e.shape).map((d) => d.key.replaceAll("*", " * "));
  if (isScalar(e.shape)) return "a scalar";
  if (isMatrix(e.shape)) return `shape (${sizes.join(", ")})`;
  return `${isColumn(e.shape) ? "a column" : isRow(e.shape) ? "a row" : ""} of ${sizes[0]}`;
}

function facts(symbols: readonly Expr[]): string[] {
  const used = symbols.filter((s) => (s.attrs.facts as readonly string[]).length > 0);
  if (used.length === 0) return [];
  return [
    `Relies on: ${used.map((s) => `${nameOf(s)} ${(s.attrs.facts as readonly string[]).join(" ")}`).join(", ")}.`,
  ];
}

const written = (f: Expr, lets: readonly Let[], name: string): string =>
  [...lets.map((l) => `${nameOf(l.symbol)} = ${text(l.value)}`), `${name} = ${text(f)}`].join("; ");

const writtenOut = (lets: readonly Let[]): Let[] =>
  lets.map(({ symbol, value }, i) => ({ symbol, value: withoutLets(lets.slice(0, i), value) }));
