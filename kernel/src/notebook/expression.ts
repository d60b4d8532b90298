/** An expression of a notebook: text, LaTeX, shape, and its value at numbers. */
import {
  type Bindings,
  type CodeOptions,
  type CodeTarget,
  code,
  type Expr,
  evaluateAt,
  type Let,
  latex,
  NablaError,
  showShape,
} from "../calculus/index.js";
import { type Bundle, expressionBundle } from "../display/index.js";
import { type CodeView, codeView } from "./codeView.js";
import { type NumberTensor, numberTensor } from "./numbers.js";
import type { Written } from "./written.js";

export interface Expression {
  readonly kind: "nabla.expression";
  readonly written: Written;
  readonly text: string;
  readonly latex: string;
  /** "m×n", or "scalar". */
  readonly shape: string;
  /** The value at numbers: `f.at({ x: [1, 2] })`. Sizes follow from the numbers. */
  at(bindings: Bindings): NumberTensor;
  /** The value as a program: `f.code("numpy")`. */
  code(target: CodeTarget, options?: CodeOptions): CodeView;
  toString(): string;
}

export function expression(written: Written): Expression {
  const { f, lets } = written;
  const shape = showShape(f.shape);
  return Object.freeze({
    kind: "nabla.expression" as const,
    written,
    text: written.text,
    latex: latex(f),
    shape,
    at: (bindings: Bindings) => {
      const value = evaluateAt(f, lets, bindings);
      return numberTensor(value.shape, value.data, { title: written.text });
    },
    code: (target: CodeTarget, options?: CodeOptions) => codeView(code(written, target, options), target),
    toString: () => written.text,
    [Symbol.for("Jupyter.display")]: (): Bundle =>
      expressionBundle({ latex: withLets(f, lets), text: written.text, shape }),
  });
}

const withLets = (node: Expr, lets: readonly Let[]): string =>
  [...lets.map((l) => `${latex(l.symbol)}=${latex(l.value)}`), latex(node)].join(",\\quad ");

export const isExpression = (value: unknown): value is Expression =>
  typeof value === "object" && value !== null && (value as { kind?: unknown }).kind === "nabla.expression";

/** Anything else than text or an expression is refused with what was wanted. */
export function wanted(value: unknown, what: string): never {
  throw new NablaError(
    "bad_argument",
    `${what}: expected text or an expression, got ${value === null ? "null" : typeof value}`,
    {
      got: String(value),
      want: 'text such as "W*x + b", or an expression',
    },
  );
}
