/** An expression of a notebook: text, LaTeX, shape, and its value at numbers. */
import {
  type Bindings,
  type Expr,
  evaluateAt,
  type Let,
  latex,
  NablaError,
  showShape,
  text,
} from "../calculus/index.js";
import { type Bundle, expressionBundle } from "../display/index.js";
import { type NumberTensor, numberTensor } from "./numbers.js";

export interface Expression {
  readonly kind: "nabla.expression";
  readonly node: Expr;
  /** Named intermediates, in order. */
  readonly lets: readonly Let[];
  readonly text: string;
  readonly latex: string;
  /** "m×n", or "scalar". */
  readonly shape: string;
  /** The value at numbers: `f.at({ x: [1, 2] })`. Sizes follow from the numbers. */
  at(bindings: Bindings): NumberTensor;
  toString(): string;
}

/** `source` is what the user wrote; the printed form of the node is used where there is none. */
export function expression(node: Expr, lets: readonly Let[] = [], source?: string): Expression {
  const written = source ?? text(node);
  return Object.freeze({
    kind: "nabla.expression" as const,
    node,
    lets,
    text: written,
    latex: latex(node),
    shape: showShape(node.shape),
    at: (bindings: Bindings) => {
      const { shape, data } = evaluateAt(node, lets, bindings);
      return numberTensor(shape, data, { title: written });
    },
    toString: () => written,
    [Symbol.for("Jupyter.display")]: (): Bundle =>
      expressionBundle({ latex: withLets(node, lets), text: written, shape: showShape(node.shape) }),
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
