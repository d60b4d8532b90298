/** Chains from text, and their lines as text and LaTeX. */
import type { ChainFactor, ChainLine, ChainProduct } from "../../../../kernel/src/calculus/core/chainLine.js";
import { type Dense, matmul, zip } from "../../../../kernel/src/calculus/core/dense.js";
import type { Step } from "../../../../kernel/src/calculus/core/step.js";
import { type ChainDerivation, chainSteps } from "../../../../kernel/src/calculus/derive/chainStyle/chain.js";
import { chainLineLatex } from "../../../../kernel/src/calculus/print/chainLatex.js";
import { chainText } from "../../../../kernel/src/calculus/print/chainText.js";
import { declare } from "../../../../kernel/src/calculus/text/declare.js";
import { parseProgram } from "../../../../kernel/src/calculus/text/program.js";
import { evaluate, type Point } from "../../../../kernel/src/calculus/verify/evaluate.js";

export type Layout = "denominator" | "numerator";
export const LAYOUTS: readonly Layout[] = ["denominator", "numerator"];

export function chainOf(text: string, vars: string, wrt: string, layout: Layout = "denominator"): ChainDerivation {
  const scope = declare(vars);
  const program = parseProgram(text, scope);
  const lets = program.lets.map((l) => ({ symbol: l.symbol, value: l.expr }));
  const named = program.resultName ? { outputName: program.resultName } : {};
  return chainSteps({ f: program.result, lets, x: scope.symbols.get(wrt)!, layout, ...named });
}

export const lineOf = (s: Step): ChainLine => s.body as ChainLine;
export const texts = (d: ChainDerivation): string[] => d.steps.map((s) => chainText(lineOf(s)));
export const notes = (d: ChainDerivation): string[] => d.steps.map((s) => tidy(s.note));
export const chips = (d: ChainDerivation): string[] => d.steps.map((s) => s.chips.join(" | "));
export const cites = (d: ChainDerivation): string[] =>
  d.steps.map((s) => s.cites.map((c) => `${c.source} ${c.at}`).join("; "));
export const shapes = (d: ChainDerivation): string[] => d.steps.map((s) => s.shape);
export const shaped = (d: ChainDerivation): string[] =>
  d.steps.map((s) => tidy(chainLineLatex(lineOf(s), { shapes: true })));
export const plain = (d: ChainDerivation): string[] => d.steps.map((s) => tidy(chainLineLatex(lineOf(s))));

/** The number of a sum of products whose factors all have values at the point. */
export function lineValue(sum: readonly ChainProduct[], point: Point): Dense {
  const factor = (f: ChainFactor): Dense => {
    if (f.kind === "partial") throw new TypeError("a named derivative has no value here");
    return evaluate(f.kind === "expr" ? f.expr : f.symbol, point);
  };
  const join = (p: ChainProduct): Dense =>
    p.factors.map(factor).reduce((a, c) => (p.hadamard ? zip(a, c, (x, y) => x * y) : matmul(a, c)));
  return sum.map(join).reduce((a, c) => zip(a, c, (x, y) => x + y));
}

/** LaTeX compared without spacing, sizes of fences and braces around one character. */
export const tidy = (latex: string): string =>
  latex
    .replace(/\\(big|Big|bigg|Bigg)[lr]?(?![a-z])|\\left(?![a-z])|\\right(?![a-z])|\\!|\\,|\\;|\\quad|\\qquad|\\ /g, "")
    .replace(/\\math(bf|cal|rm) ?(\w)/g, (_, kind: string, c: string) => `\\math${kind}{${c}}`)
    .replace(/\\operatorname\{diag\}\((\\sigma'\([^()]*\))\)/g, "\\operatorname{diag}$1")
    .replace(/\\tfrac/g, "\\frac")
    .replace(/\s+/g, "")
    .replace(/([_^])\{(.)\}/g, "$1$2");
