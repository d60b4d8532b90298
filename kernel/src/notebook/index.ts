/**
 * What a notebook imports from "nabla": the engine bound to the one context of the notebook. Names declared with
 * `symbols` are known to every later cell; `where` of a call hides them for that call only.
 */
import {
  type AutodiffOptions,
  type AutodiffTable,
  autodiff as autodiffOf,
  type Bindings,
  check as checkOf,
  type Declarations,
  type Declared,
  declare,
  type Expr,
  type LintOptions,
  mergeScopes,
  NablaError,
  type NetworkConfig,
  type NumbersOptions,
  type Pasted,
  type Purpose,
  parseProgram,
  type QuizOptions,
  quizOn,
  type SymbolsOf,
  symbolsIn,
  twoLayer as twoLayerOf,
} from "../calculus/index.js";
import { type HeatmapOptions, heatmapBundle, type Numbers } from "../display/index.js";
import { type AutodiffView, autodiffView } from "./autodiffView.js";
import { type CheckView, checkView } from "./checkView.js";
import type { CodeView } from "./codeView.js";
import { addDeclarations, createContext, type NotebookConventions, refuseMixed } from "./context.js";
import { type DeriveChoices, type Derived, derived, isDerived, several } from "./derived.js";
import { type Expression, expression, isExpression, wanted } from "./expression.js";
import type { GradientCheckView } from "./gradientCheckView.js";
import { type LintView, lintView } from "./lintView.js";
import { type NetworkView, networkView } from "./networkView.js";
import { type Plot, plotFor } from "./plot.js";
import { type QuizView, quizView } from "./quizView.js";
import type { TrainingView } from "./trainingView.js";
import { readTex, type Written, writtenNode, writtenProgram } from "./written.js";

const context = createContext();

export interface Choices extends DeriveChoices {
  /** Declarations for this call only. */
  readonly where?: Declared;
}

/**
 * Declares names for the notebook.
 * @example const { W, x, b } = symbols("W: m×n, x: n, b: m");
 */
export function symbols<const Text extends string>(declaration: Text): SymbolsOf<Text, Expression> {
  const { scope, said } = addDeclarations(context, declaration);
  for (const line of said) console.info(line);
  const made = Object.fromEntries([...scope.symbols].map(([name, s]) => [name, expression(writtenNode(s))]));
  const list = Object.values(made)
    .map((s) => `${s.text}: ${s.shape}`)
    .join(", ");
  Object.defineProperty(made, Symbol.for("Jupyter.display"), { value: () => ({ "text/plain": list }) });
  return Object.freeze(made) as SymbolsOf<Text, Expression>;
}

/**
 * Reads an expression; with named intermediates, a small program.
 * @example expr("‖W x + b‖²")
 * @example expr("h = W1 x; a = relu(h); a' a", "W1: m×n, x: n")
 */
export function expr(source: string, where?: Declared): Expression {
  if (typeof source !== "string") return wanted(source, "expr");
  return expression(read(source, where));
}
expr.tex = tex;

/**
 * Reads LaTeX, as pasted from notes.
 * @example expr.tex`\|Wx+b\|^2`
 * @example expr.tex("\\|Wx+b\\|^2", "W: m×n, x: n, b: m")
 */
function tex(strings: TemplateStringsArray, ...values: readonly (string | number)[]): Expression;
function tex(source: string, where?: Declared): Expression;
function tex(source: string | TemplateStringsArray, ...rest: readonly unknown[]): Expression {
  const { latex, template } = latexOf(source, rest, "expr.tex");
  return expression(readTex(latex, scopeOf(template ? undefined : (rest[0] as Declared | undefined))));
}

/** What was typed, of a string as of a template. */
function latexOf(source: string | TemplateStringsArray, values: readonly unknown[], what: string) {
  const template = Array.isArray(source) && "raw" in source;
  if (!template && typeof source !== "string") return wanted(source, what);
  return { template, latex: template ? String.raw(source as TemplateStringsArray, ...values) : String(source) };
}

function read(source: string | Expression, where?: Declared, purpose: Purpose = {}): Written {
  if (isExpression(source)) return source.written;
  if (typeof source !== "string") return wanted(source, "d");
  return writtenProgram(parseProgram(source, scopeOf(where), purpose), source);
}

const scopeOf = (where: Declared | undefined): Declarations =>
  where === undefined ? context.scope : mergeScopes(declare(where), context.scope);

type Variable = string | Expression;

/**
 * The derivative of an expression, with its derivation.
 * @param f text or an expression
 * @param wrt a name, a symbol, or a list of them
 * @example d("‖W x + b‖²", "W", { where: "W: m×n, x: n, b: m" })
 */
export function d(f: string | Expression, wrt: Variable, choices?: Choices): Derived;
export function d(f: string | Expression, wrt: readonly Variable[], choices?: Choices): readonly Derived[];
export function d(
  f: string | Expression,
  wrt: Variable | readonly Variable[],
  choices: Choices = {},
): Derived | readonly Derived[] {
  const what = read(f, choices.where, { derivative: true });
  const one = (x: Variable): Derived => derived(what, [variable(x, what, choices.where)], conventionsOf(choices));
  return Array.isArray(wrt) ? several(wrt.map(one)) : one(wrt as Variable);
}

/** The Jacobian: rows are outputs, whatever the layout of the notebook. */
export function jacobian(f: string | Expression, wrt: Variable, choices: Choices = {}): Derived {
  return d(f, wrt, { ...choices, layout: "numerator" });
}

/** The second derivative of a scalar; a mixed one when a second variable is given. */
export function hessian(
  f: string | Expression,
  wrt: Variable | readonly [Variable, Variable],
  choices: Choices = {},
): Derived {
  const what = read(f, choices.where, { derivative: true });
  const pair = Array.isArray(wrt) ? (wrt as readonly [Variable, Variable]) : [wrt as Variable, wrt as Variable];
  const names = pair.map((x) => variable(x, what, choices.where));
  return derived(what, names, conventionsOf(choices));
}

const conventionsOf = (choices: DeriveChoices): NotebookConventions & DeriveChoices => ({
  layout: choices.layout ?? context.conventions.layout,
  style: choices.style ?? context.conventions.style,
  structure: choices.structure,
});

function variable(x: Variable, written: Written, where?: Declared): Expr {
  const inside = symbolsIn(written.f, written.lets);
  if (isExpression(x)) {
    const symbol = x.written.f;
    if (!inside.includes(symbol)) refuseMixed(context, symbol, inside);
    return symbol;
  }
  if (typeof x !== "string") return wanted(x, "differentiate by");
  const scope = scopeOf(where);
  const known = inside.find((s) => s.attrs.name === plain(x)) ?? scope.symbols.get(plain(x));
  if (known) return known;
  throw new NablaError("unknown_symbol", `differentiate by ${x}: no such name is declared`, {
    got: x,
    want: inside.map((s) => String(s.attrs.name)).join(", "),
  });
}

/** W₁ is W1. */
const plain = (name: string): string => name.replace(/[₀-₉]/g, (c) => String(c.charCodeAt(0) - 0x2080));

/** Sets or tells the conventions of the notebook. @example conventions({ layout: "numerator" }) */
export function conventions(changes: Partial<NotebookConventions> = {}): NotebookConventions {
  context.conventions = Object.freeze({ ...context.conventions, ...changes });
  return context.conventions;
}

export interface CheckChoices extends Choices {
  /** Teachers: an answer in the other layout costs half the marks. */
  readonly strictLayout?: boolean;
}

/** Numbers to compare: where they were computed, and how exact they are. */
export interface NumberChoices extends CheckChoices {
  /** The numbers of every symbol: `{ W: [[1, 2], [3, 4]], x: [1, 1] }`. */
  readonly at: Bindings;
  /** Largest difference that counts as equal; otherwise the digits decide. */
  readonly tolerance?: number;
}

/**
 * With a derivative: is this answer right, and if not, what went wrong? A list of lines, or a text of several, is a
 * derivation and judged line by line; an array of numbers is compared entry by entry. Without a derivative: is this
 * statement true? The last expression of a cell may be `check(…).score`, partial credit from 0 to 1.
 * @example check("tr(A B C) = tr(A C B)")
 * @example check("2 x (W x + b)'", d("‖W x + b‖²", "W"))
 * @example check(["d f = 2 (W x + b)' dW x", "∂f/∂W = 2 (W x + b) x'"], d("‖W x + b‖²", "W"))
 * @example check([[6, 6], [14, 14]], d("‖W x‖²", "W"), { at: { W: [[1, 2], [3, 4]], x: [1, 1] } })
 */
export function check(numbers: Pasted, derivative: Derived, choices: NumberChoices): CheckView;
export function check(answer: string | readonly string[], derivative: Derived, choices?: CheckChoices): CheckView;
export function check(statement: string, choices?: CheckChoices): CheckView;
export function check(
  source: string | readonly string[] | Pasted,
  second?: Derived | CheckChoices,
  third: CheckChoices | NumberChoices = {},
): CheckView {
  if (isDerived(second) && isNumbers(source))
    return checkView(checkOf(source, second.derivation, numberOptions(third)));
  if (typeof source !== "string" && !(isDerived(second) && isLines(source))) return wanted(source, "check");
  return isDerived(second) ? judged(source, "text", third, second) : judged(source, "text", second);
}
check.tex = checkTex;

const isNumbers = (source: unknown): source is Pasted =>
  typeof source === "number" ||
  (Array.isArray(source) && source.length > 0 && source.every((x) => typeof x === "number" || Array.isArray(x)));

const isLines = (source: unknown): source is readonly string[] =>
  Array.isArray(source) && source.length > 0 && source.every((line) => typeof line === "string");

/** What is missing is said by the engine. */
const numberOptions = (choices: CheckChoices | NumberChoices): NumbersOptions => choices as NumbersOptions;

/**
 * The same in LaTeX, as pasted from notes; an `aligned` of several lines is a derivation.
 * @example check.tex`\frac{\partial \ln|X|}{\partial X} = X^{-\top}`
 * @example check.tex("2 x (W x + b)^\\top", d("‖W x + b‖²", "W"))
 */
function checkTex(strings: TemplateStringsArray, ...values: readonly (string | number)[]): CheckView;
function checkTex(answer: string, derivative: Derived, choices?: CheckChoices): CheckView;
function checkTex(statement: string, choices?: CheckChoices): CheckView;
function checkTex(source: string | TemplateStringsArray, ...rest: readonly unknown[]): CheckView {
  const { latex, template } = latexOf(source, rest, "check.tex");
  const [second, third] = template ? [] : (rest as [Derived | CheckChoices | undefined, CheckChoices | undefined]);
  return isDerived(second) ? judged(latex, "tex", third, second) : judged(latex, "tex", second);
}

function judged(
  source: string | readonly string[],
  notation: "text" | "tex",
  choices: CheckChoices = {},
  derivative?: Derived,
): CheckView {
  const scope = scopeOf(choices.where);
  if (!derivative)
    return checkView(checkOf(source as string, { scope, layout: conventionsOf(choices).layout, notation }));
  const { layout, strictLayout } = choices;
  const options = { scope, notation, ...(layout ? { layout } : {}), ...(strictLayout ? { strictLayout } : {}) };
  return checkView(
    typeof source === "string"
      ? checkOf(source, derivative.derivation, options)
      : checkOf(source, derivative.derivation, options),
  );
}

/**
 * Reads documents statement by statement: which derivative is in which layout, where layouts conflict, what is false,
 * which slips of the notes are repeated, what typesetting has lost.
 * @param source the text of a document, the path of one (`.md`, `.tex`, `.txt`), or a list of them
 * @example lint("$\\frac{\\partial a^T x}{\\partial x} = a^T$", { layout: "denominator" })
 */
export function lint(source: string | readonly string[], options: LintOptions = {}): LintView {
  const sources = typeof source === "string" ? [source] : source;
  if (!Array.isArray(sources) || sources.some((s) => typeof s !== "string")) return wanted(source, "lint");
  return lintView(sources, options);
}

/**
 * Questions about a derivative, made from its own lines; the same seed asks the same questions.
 * @param options `seed`, `kinds` ("shape", "factor", "layout", "step", "mistake", "entry", "heatmap"), `count`
 * @example const myQuiz = quiz(d("‖W x + b‖²", "W", { where: "W: m×n, x: n, b: m" }), { seed: 7 });
 * @example myQuiz.answer("m×n")
 */
export function quiz(derivative: Derived, options: QuizOptions = {}): QuizView {
  if (!isDerived(derivative)) return wanted(derivative, "quiz");
  return quizView(quizOn(derivative.derivation, { layout: derivative.layout, ...options }), options.seed ?? 1);
}

/** The table of automatic differentiation of any expression. @example autodiff("y sin(x + y)", { x: 1, y: 2 }) */
export function autodiff(
  f: string | Expression,
  bindings: Bindings,
  options: AutodiffOptions & { readonly where?: Declared } = {},
): AutodiffView {
  const scalars = Object.keys(bindings)
    .filter((name) => typeof bindings[name] === "number" && !context.scope.symbols.has(name))
    .map((name) => `${name}: scalar`)
    .join(", ");
  const where = options.where ?? (isExpression(f) ? undefined : scalars || undefined);
  const table: AutodiffTable = autodiffOf(read(f, where).f, bindings, options);
  return autodiffView(table);
}

/** A two-layer network; `backprop()` as the last line of a cell drives the panel. */
export function twoLayer(config: NetworkConfig = {}): NetworkView {
  return networkView(
    twoLayerOf({ ...config, conventions: { layout: context.conventions.layout, ...config.conventions } }),
  );
}

/** A matrix of numbers as a heatmap. @example heatmap([[1, -2], [0, 3]], { title: "A" }) */
export function heatmap(numbers: Numbers | readonly (readonly number[])[], options: HeatmapOptions = {}): object {
  const table = Array.isArray(numbers) ? fromRows(numbers as readonly (readonly number[])[]) : (numbers as Numbers);
  return Object.freeze({ kind: "nabla.heatmap", [Symbol.for("Jupyter.display")]: () => heatmapBundle(table, options) });
}

/**
 * Plots: a function of one number with its derivative; `.contour` and `.surface` over two; `.gradientCheck`.
 * @example plot("|x - 1|", { x: [-2, 3] }, { where: "x: scalar" })
 */
export const plot: Plot = plotFor({ read, variable });

function fromRows(rows: readonly (readonly number[])[]): Numbers {
  const cols = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((r) => r.length !== cols);
  if (ragged > 0)
    throw new NablaError(
      "bad_argument",
      `heatmap: row ${ragged + 1} has ${rows[ragged]!.length} numbers, the first has ${cols}`,
      { want: "rows of one length" },
    );
  return { rows: rows.length, cols, data: rows.flat() };
}

export { NablaError } from "../calculus/index.js";
export type { FieldPlot } from "./plotField.js";
export type {
  AutodiffView,
  CheckView,
  CodeView,
  Derived,
  Expression,
  GradientCheckView,
  LintView,
  NetworkView,
  QuizView,
  TrainingView,
};
export { isDerived };
