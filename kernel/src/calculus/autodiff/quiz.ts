/**
 * Questions about a step before it is shown: the shape of what it makes, the formula, one entry. Wrong formulas are
 * made from the right one by the mistakes that are common: a transpose forgotten, factors swapped, φ for φ′, a sign.
 */
import { type Expr, node, topological } from "../core/expr.js";
import { transposed } from "../core/shape.js";
import { build as b } from "../ops/build.js";
import { isNumber } from "../ops/leaves.js";
import { latexWith } from "./latexWith.js";
import { shownText } from "./numbersLatex.js";
import { abstractPhi, SLOPE } from "./stages.js";
import type { Tensor } from "./trace.js";
import type { Tracing } from "./tracing.js";

/** One answer to choose. */
export interface QuizChoice {
  /** LaTeX. */
  readonly latex: string;
  /** What is wrong with it, a sentence; absent for the right one. */
  readonly mistake?: string;
}

/** A question about a step. */
export type QuizItem =
  | { readonly kind: "shape"; readonly tensor: string; readonly answer: readonly [rows: number, cols: number] }
  | { readonly kind: "formula"; readonly tensor: string; readonly choices: readonly QuizChoice[] }
  | {
      readonly kind: "entry";
      readonly tensor: string;
      /** Row and column as the layout shows them, from 0. */
      readonly at: readonly [row: number, col: number];
      readonly answer: number;
    };

/** What an answer is worth, and a sentence about it. */
export interface QuizVerdict {
  readonly ok: boolean;
  readonly message: string;
}

const MOST_WRONG = 3;
/** An entry is right when it agrees to so many units of the third decimal, or to one part in a hundred. */
const CLOSE = 1e-3;
const CLOSE_RELATIVE = 1e-2;

interface Mutation {
  readonly expr: Expr;
  readonly mistake: string;
}

/** `right` is the formula in the layout in force; `others` are formulas of neighbouring steps. */
export function quizOf(
  tensor: Tensor,
  right: Expr,
  { tracing, numerator, others }: { tracing: Tracing; numerator: boolean; others: readonly Expr[] },
): QuizItem[] {
  const turned = numerator && tensor.role === "gradient";
  const [rows, cols] = tensor.shape;
  const shape = turned ? ([cols, rows] as const) : ([rows, cols] as const);
  const place = largest(tensor.data);
  const stored = [Math.floor(place / cols), place % cols] as const;
  const at = turned ? ([stored[1], stored[0]] as const) : stored;
  const choices = choicesOf(right, tracing, others);
  return [
    ...(tensor.data.length > 1 ? [{ kind: "shape" as const, tensor: tensor.name, answer: shape }] : []),
    ...(choices.length > 1 ? [{ kind: "formula" as const, tensor: tensor.name, choices }] : []),
    { kind: "entry" as const, tensor: tensor.name, at, answer: tensor.data[place]! },
  ];
}

const largest = (data: readonly number[]): number =>
  data.reduce((best, x, i) => (Math.abs(x) > Math.abs(data[best]!) ? i : best), 0);

function choicesOf(right: Expr, tracing: Tracing, others: readonly Expr[]): QuizChoice[] {
  const { printing } = tracing;
  const latex = (e: Expr): string => latexWith(e, printing.names);
  const answer = latex(right);
  const seen = new Set([answer]);
  const elsewhere = others.map((expr) => ({ expr, mistake: "This is the formula of another step." }));
  const wrong = [...mutations(right, tracing), ...elsewhere]
    .map(({ expr, mistake }) => ({ latex: latex(expr), mistake }))
    .filter((choice) => !seen.has(choice.latex) && seen.add(choice.latex))
    .slice(0, MOST_WRONG);
  // The right one stands where its text puts it: always the same place, and never always the first.
  const position = [...answer].reduce((sum, c) => sum + c.charCodeAt(0), 0) % (wrong.length + 1);
  return [...wrong.slice(0, position), { latex: answer }, ...wrong.slice(position)];
}

/** Wrong versions of a formula. Shapes are not checked: that they do not fit is the point of some. */
function mutations(e: Expr, { structure }: Tracing): Mutation[] {
  const made: Mutation[] = [];
  const put = (expr: Expr, mistake: string): unknown => made.push({ expr, mistake });
  const turn = (x: Expr): Expr => (x.op === "transpose" ? x.args[0]! : node("transpose", [x], transposed(x.shape)));
  const product = topological(e).find((x) => x.op === "mul" && x.args.length === 2);
  if (product) {
    const [A, B] = product.args as [Expr, Expr];
    const inPlace = (x: Expr): Expr => replaced(e, product, x);
    put(inPlace(node("mul", [B, A], product.shape)), "The factors are swapped: their shapes no longer meet.");
    for (const [i, factor] of [A, B].entries()) {
      const other = node("mul", i === 0 ? [turn(factor), B] : [A, turn(factor)], product.shape);
      const mistake = factor.op === "transpose" ? "A transpose is missing." : "There is a transpose too many.";
      put(inPlace(other), mistake);
    }
  }
  const { h, a } = structure.symbols;
  const slope = topological(e).find((x) => x === structure.slope || x === abstractPhi(h, 1));
  if (slope) {
    put(replaced(e, slope, a), "That is φ itself; going back needs its slope φ′.");
    put(replaced(e, slope, b.ones(slope.shape)), "The slope φ′ is missing: the chain has one more link.");
    put(replaced(e, slope, abstractPhi(a, 1)), "The slope is taken at a; it belongs at h, before the activation.");
  }
  if (e.op === "add") {
    const negative = e.args.find((x) => x.op === "times" && isNumber(x.args[0]!, -1));
    put(b.neg(e), "The sign is the other way round.");
    if (negative) put(b.add(...e.args.filter((x) => x !== negative)), "A term is missing.");
    else put(e.args[0]!, "A term is missing.");
  }
  if (e.op === "times" && isNumber(e.args[0]!, -1)) put(b.neg(e), "A minus sign is missing.");
  return made.filter(({ expr }) => !topological(expr).some((x) => x.attrs.name === SLOPE));
}

/** Node by node, without the checks of shapes that the constructors make. */
function replaced(root: Expr, old: Expr, by: Expr): Expr {
  if (root === old) return by;
  if (root.args.length === 0) return root;
  const args = root.args.map((x) => replaced(x, old, by));
  return args.some((x, i) => x !== root.args[i])
    ? node(
        root.op,
        args.filter((x) => x.op !== "ones" || root.op !== "hadamard"),
        root.shape,
        root.attrs,
      )
    : root;
}

/**
 * Whether an answer is right: "3×2" or "3,2" for a shape, the number of the choice from 0, a number for an entry.
 *
 * @returns the verdict with one sentence; for an answer that cannot be read, what is wanted
 */
export function gradeQuiz(item: QuizItem, given: string): QuizVerdict {
  const text = given.trim().replace(/−/g, "-");
  switch (item.kind) {
    case "shape": {
      const found = /^\(?\s*(\d+)\s*(?:[×x*,]|by)\s*(\d+)\s*\)?$/i.exec(text);
      const [rows, cols] = item.answer;
      if (!found) return { ok: false, message: "Write rows × columns, for example 3×2." };
      const [r, c] = [Number(found[1]), Number(found[2])];
      if (r === rows && c === cols) return { ok: true, message: `${rows}×${cols}.` };
      const turned = r === cols && c === rows;
      return {
        ok: false,
        message: turned
          ? `${r}×${c} is the transpose: the other layout. Here it is ${rows}×${cols}.`
          : `It is ${rows}×${cols}.`,
      };
    }
    case "formula": {
      const choice = item.choices[Number(text)];
      if (text === "" || !choice) return { ok: false, message: "Choose one of the formulas." };
      return choice.mistake === undefined ? { ok: true, message: "" } : { ok: false, message: choice.mistake };
    }
    case "entry": {
      const value = Number(text.replace(",", "."));
      const { answer } = item;
      if (text === "" || !Number.isFinite(value)) return { ok: false, message: "Write one number." };
      const close = (want: number): boolean =>
        Math.abs(value - want) <= Math.max(CLOSE, CLOSE_RELATIVE * Math.abs(want));
      if (close(answer)) return { ok: true, message: `${shownText(answer, 5)}.` };
      return {
        ok: false,
        message: `It is ${shownText(answer, 5)}${close(-answer) ? ": the sign is the other way round" : ""}.`,
      };
    }
  }
}
