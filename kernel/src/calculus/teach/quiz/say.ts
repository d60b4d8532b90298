/** Sentences with formulas, for a terminal and for Markdown at once. */
import type { Expr } from "../../core/expr.js";
import type { Shape } from "../../core/shape.js";
import { symbol } from "../../ops/leaves.js";
import { latex } from "../../print/latex.js";
import { text } from "../../print/text.js";
import type { Said } from "./define.js";

const isSaid = (value: Expr | string | Said): value is Said => typeof value === "object" && "plain" in value;

/** say`The shape of ${expr} is ▢.` */
export function say(strings: TemplateStringsArray, ...values: readonly (Expr | string | Said)[]): Said {
  const join = (show: (value: Expr | string | Said) => string): string =>
    strings.reduce((all, s, i) => all + s + (i < values.length ? show(values[i]!) : ""), "");
  return {
    plain: join((v) => (typeof v === "string" ? v : isSaid(v) ? v.plain : shownText(v))),
    markdown: join((v) => (typeof v === "string" ? v : isSaid(v) ? v.markdown : `$${shownLatex(v)}$`)),
  };
}

const NAME = "blank";

/** A place to be filled in. */
export const blank = (shape: Shape): Expr => symbol(NAME, shape);

const shownText = (e: Expr): string => text(e).replace(/\bblank\b/g, "▢");
const shownLatex = (e: Expr): string => latex(e).replace(/\\[a-z]+\{blank\}|\bblank\b/g, "\\square ");

export const letter = (i: number): string => String.fromCharCode(65 + i);

/** A, a, "b)" or 2 as the place of a choice. */
export function choiceOf(answer: string, count: number): number | undefined {
  const word = /^\s*\(?([A-Za-z]|\d+)\)?\.?\s*$/.exec(answer)?.[1];
  if (!word) return undefined;
  const at = /\d/.test(word) ? Number(word) - 1 : word.toUpperCase().charCodeAt(0) - 65;
  return at >= 0 && at < count ? at : undefined;
}
