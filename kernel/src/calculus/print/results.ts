/** Boxed results: the derivative in both layouts, each with its layout beside it, and how to read it. */
import type { Derivation } from "../core/derivation.js";
import type { Expr } from "../core/expr.js";
import { axes, isColumn, isMatrix, isScalar } from "../core/shape.js";
import type { Layout, Step } from "../core/step.js";
import { nameOf } from "../ops/leaves.js";
import { derivativeName } from "./differentialPage.js";
import { indexFormLatex } from "./indexFormLatex.js";
import { indexJson } from "./indexJson.js";
import { latex } from "./latex.js";
import type { Page } from "./page.js";
import { space } from "./shapes.js";

export function results(derivation: Derivation, layout: Layout): Page["results"] {
  const { f, wrt } = derivation.problem;
  const { denominator, numerator } = derivation.shown;
  if (!denominator || !numerator)
    return [{ latex: tensor(derivation), layout: "index form: output indices first", here: true }];
  const name = derivativeName(f, wrt);
  const boxed = (e: Expr, of: Layout): string => `${name}=${latex(e, { layout: of })}\\in${space(e.shape)}`;
  if (denominator === numerator && wrt.length === 2)
    return [{ latex: boxed(denominator, layout), layout: axesOfSecond(derivation.result), here: true }];
  const { structure } = derivation.problem;
  if (denominator === numerator) {
    const beside = structure ? `both layouts, structure: ${structure}` : "both layouts";
    return [{ latex: boxed(denominator, layout), layout: beside, here: true }];
  }
  return [
    { latex: boxed(denominator, "denominator"), layout: "denominator", here: layout === "denominator" },
    { latex: boxed(numerator, "numerator"), layout: "numerator", here: layout === "numerator" },
  ].sort((a, b) => Number(b.here) - Number(a.here));
}

/** A second derivative is the same matrix in both layouts: by one variable it is symmetric, otherwise it says its axes. */
function axesOfSecond({ wrt, arrangement }: Derivation["result"]): string {
  const [x, y] = wrt as [Expr, Expr];
  if (x === y) return "both layouts (symmetric)";
  if (arrangement !== "hessian") return "both layouts";
  const [rows, columns] = [x, y].map((s) => (isScalar(s.shape) ? "" : nameOf(s)));
  const said = [...(rows ? [`rows ${rows}`] : []), ...(columns ? [`columns ${columns}`] : [])];
  return `both layouts: ${said.join(", ")}`;
}

/** J_{ijkl} = … with the ranges of its indices and whose they are. */
function tensor({ result }: Derivation): string {
  const { free, ranges } = indexJson(result.index);
  const sizes = free.map((i) => String(ranges[i]).replaceAll("*", "")).join("\\times ");
  const none = result.order > 2 ? `\\quad(\\text{no layout applies to order ${result.order}})` : "";
  return `J_{${free.join("")}}=${indexFormLatex(result.index)}\\qquad ${sizes};\\ ${indexOrder(result, free)}${none}`;
}

/** "index order: output i,j, then variable k,l". */
function indexOrder({ of, wrt }: Derivation["result"], free: readonly string[]): string {
  const variables = wrt.length === 1 ? ["variable"] : ["first variable", "second variable"];
  const owners = [{ word: "output", shape: of.shape }, ...wrt.map((x, i) => ({ word: variables[i]!, shape: x.shape }))];
  let at = 0;
  const said = owners.flatMap(({ word, shape }) => {
    const own = free.slice(at, at + axes(shape).length);
    at += own.length;
    return own.length > 0 ? [{ word, own: own.join(",") }] : [];
  });
  const words = said.map(({ word, own }, i) => `\\text{${i === 0 ? "index order: " : ", then "}${word} } ${own}`);
  return words.join("");
}

/** One sentence about the shape of the answer. */
export function reading(derivation: Derivation): string {
  const e = derivation.matrices.denominator;
  if (!e) return "Index form: output indices first, then those of the variable; no layout applies.";
  const body = e.op === "times" ? e.args[e.args.length - 1]! : e;
  const outer =
    isMatrix(body.shape) &&
    body.op === "mul" &&
    body.args.some((a, i) => i + 1 < body.args.length && isColumn(a.shape));
  if (outer) return "An outer product: rank 1.";
  const [first, second] = derivation.problem.wrt;
  const zero = body.op === "zeros" || (body.op === "number" && body.attrs.value === 0);
  // The first derivative has no word on these pages: what moves is said of a function.
  if (second) return zero ? `Zero: the derivative by ${nameOf(first!)} does not change with ${nameOf(second)}.` : "";
  if (body.op === "diag" && isMatrix(body.shape))
    return "A diagonal matrix: each output depends on its own input only.";
  if (body.op === "diag") return "A column: the diagonal of a matrix.";
  if (body.op === "eye") return "The identity: each output moves with its own input.";
  if (zero) return "Zero: the expression does not depend on the variable.";
  return "";
}

export function checkLine(proof: Derivation["proof"], steps: readonly Step[], refused?: string): string {
  const error = Math.max(proof.maxRelError, ...steps.map((s) => s.check.maxRelError));
  return `✓ ${steps.length} ${steps.length === 1 ? "line" : "lines"}, ${proof.points} random points, worst ${worst(error)}; ${differences(proof.differenceError)}${refused ? `; ${refused}` : ""}`;
}

const differences = (error: number | undefined): string =>
  error === undefined ? "reverse-mode AD agrees" : `central differences ${error === 0 ? "agree" : worst(error)}`;

const worst = (x: number): string => (x === 0 ? "0" : x.toExponential(0));
