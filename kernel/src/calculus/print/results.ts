/** Boxed results: the derivative in both layouts, each with its layout beside it, and how to read it. */
import type { Derivation } from "../core/derivation.js";
import type { Expr } from "../core/expr.js";
import { isColumn, isMatrix } from "../core/shape.js";
import type { Layout, Step } from "../core/step.js";
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
    return [{ latex: boxed(denominator, layout), layout: "both layouts (symmetric)", here: true }];
  if (denominator === numerator) return [{ latex: boxed(denominator, layout), layout: "both layouts", here: true }];
  return [
    { latex: boxed(denominator, "denominator"), layout: "denominator", here: layout === "denominator" },
    { latex: boxed(numerator, "numerator"), layout: "numerator", here: layout === "numerator" },
  ].sort((a, b) => Number(b.here) - Number(a.here));
}

/** J_{ijkl} = … with the ranges of its indices. */
function tensor({ result }: Derivation): string {
  const { free, ranges } = indexJson(result.index);
  const sizes = free.map((i) => String(ranges[i]).replaceAll("*", "")).join("\\times ");
  return `J_{${free.join("")}}=${indexFormLatex(result.index)}\\qquad(${sizes})`;
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
  if (body.op === "diag") return "A diagonal matrix: each output depends on its own input only.";
  if (body.op === "eye") return "The identity: each output moves with its own input.";
  if (body.op === "zeros" || (body.op === "number" && body.attrs.value === 0))
    return "Zero: the expression does not depend on the variable.";
  return "";
}

export function checkLine(proof: Derivation["proof"], steps: readonly Step[]): string {
  const error = Math.max(proof.maxRelError, ...steps.map((s) => s.check.maxRelError));
  return `✓ ${steps.length} ${steps.length === 1 ? "line" : "lines"}, ${proof.points} random points, worst ${worst(error)}; central differences ${proof.differenceError === 0 ? "agree" : worst(proof.differenceError)}`;
}

const worst = (x: number): string => (x === 0 ? "0" : x.toExponential(0));
