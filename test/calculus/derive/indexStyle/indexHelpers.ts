/** Index derivations from text, and their lines as LaTeX and text. */
import type { IndexLine } from "../../../../kernel/src/calculus/core/indexLine.js";
import type { Step } from "../../../../kernel/src/calculus/core/step.js";
import {
  type IndexDerivation,
  type IndexOptions,
  indexSteps,
} from "../../../../kernel/src/calculus/derive/indexStyle/indexSteps.js";
import { type IndexLatexOptions, indexLineLatex } from "../../../../kernel/src/calculus/print/indexLatex.js";
import { indexLineText } from "../../../../kernel/src/calculus/print/indexText.js";
import { declare } from "../../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../../kernel/src/calculus/text/parse.js";

export function indexOf(text: string, vars: string, wrt: string, options: IndexOptions = {}): IndexDerivation {
  const scope = declare(vars);
  return indexSteps(parse(text, scope).expr, scope.symbols.get(wrt)!, options);
}

/** LaTeX without white space, thin spaces and sizes of fences. */
export const bare = (latex: string): string =>
  latex
    .replace(/\\(big|Big|bigg|Bigg)[lr]?(?![a-z])|\\left(?![a-z])|\\right(?![a-z])|\\,|\\ /g, "")
    .replace(/\\math(bf|cal) ?(\w)/g, "\\math$1{$2}")
    .replace(/\s+/g, "")
    .replace(/([_^])\{(.)\}/g, "$1$2");

export const lineOf = (s: Step): IndexLine => s.body as IndexLine;

/** "left=right=right|where", without spacing; "" on the left where it is that of the line above. */
export function printed(line: IndexLine, options: IndexLatexOptions = {}): string {
  const { left, right, where, lets } = indexLineLatex(line, options);
  return bare([...lets, `${left}=${right.join("=")}`, ...where].join("|"));
}

export const latexLines = (d: { readonly steps: readonly Step[] }, options: IndexLatexOptions = {}): string[] =>
  d.steps.map((s) => printed(lineOf(s), options));
export const textLines = (d: { readonly steps: readonly Step[] }): string[] =>
  d.steps.map((s) => {
    const { left, right, where } = indexLineText(lineOf(s));
    return [`${left} = ${right.join(" = ")}`.trim(), ...where].join(" | ");
  });
export const chips = (d: IndexDerivation): string[] => d.steps.map((s) => s.chips.join(" | "));
export const cites = (d: IndexDerivation): string[] =>
  d.steps.map((s) => s.cites.map((c) => `${c.source} ${c.at}`).join("; "));
export const notes = (d: IndexDerivation): string[] => d.steps.map((s) => bare(s.note));
