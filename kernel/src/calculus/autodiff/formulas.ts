/** One equation in LaTeX four ways: symbols, shapes under the factors, numbers, written out from the inputs. */
import { type Dense, transpose } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import { opOf } from "../ops/index.js";
import { evaluate, type Point } from "../verify/evaluate.js";
import { latexShape, latexWith, latexWithShapes, under, visibleFactors } from "./latexWith.js";
import { matrixLatex } from "./numbersLatex.js";
import type { Override } from "./printed.js";
import type { Conventions, Formula } from "./trace.js";

export interface Equation {
  /** Left-hand sides: the first stands in every line, the second is its other name. */
  readonly left: string;
  readonly alias?: string | undefined;
  readonly right: Expr;
  readonly also?: Expr | undefined;
  /** What the numbers are put into; `right` when absent. */
  readonly numeric?: Expr | undefined;
  readonly unrolled?: Expr | undefined;
}

export interface Printing {
  readonly names: Override;
  readonly point: Point;
  readonly digits: Conventions["digits"];
}

export function formulaOf(equation: Equation, printing: Printing): Formula {
  const { left, alias, right, also, unrolled } = equation;
  const plain = (e: Expr): string => latexWith(e, printing.names);
  const chain = (...parts: (string | undefined)[]): string => parts.filter((part) => part !== undefined).join("=");
  return {
    symbolic: chain(left, alias, plain(right), also && plain(also)),
    shapes: chain(under(left, latexShape(right)), latexWithShapes(right, printing.names)),
    numbers: numbersOf(left, equation.numeric ?? right, printing),
    unrolled: unrolled ? chain(left, plain(unrolled)) : "",
  };
}

/** "left = factors in numbers = result", empty when a matrix is too large to be read. */
function numbersOf(left: string, e: Expr, { names, point, digits }: Printing): string {
  const factors = visibleFactors(e);
  let tooLarge = false;
  const matrix = (value: Dense): string => {
    const out = matrixLatex(value, digits);
    tooLarge ||= out === undefined;
    return out ?? "";
  };
  const inNumbers = (x: Expr): string | undefined => {
    if (x.op === "symbol") return matrix(evaluate(x, point));
    if (x.op === "transpose" && x.args[0]!.op === "symbol") return matrix(transpose(evaluate(x.args[0]!, point)));
    if (!factors.has(x) || isFunction(x)) return names(x);
    return matrix(evaluate(x, point));
  };
  const result = matrix(evaluate(e, point));
  const line = e.op === "symbol" || (isScalar(e.shape) && e.op === "number") ? "" : latexWith(e, inNumbers);
  if (tooLarge) return "";
  return [left, ...(line === "" || line === result ? [] : [line]), result].join("=");
}

/** Functions keep their name around the numbers; constants and sums become numbers themselves. */
const isFunction = (e: Expr): boolean => e.op !== "step" && (opOf(e.op).elementwise === true || /^softmax/.test(e.op));
