/** Steps of the chain style as lines of a page: LaTeX without and with shapes, chips, tags. */
import type { ChainLine } from "../core/chainLine.js";
import type { Step } from "../core/step.js";
import { chainLatex } from "./chainLatex.js";
import { chip } from "./chips.js";
import { tags } from "./citation.js";
import type { Chip, PageLine } from "./page.js";

/** A line whose left-hand side has a shape under it too: ∂f/∂W over m×n. */
export interface ChainPageLine extends PageLine {
  readonly shapedLeft?: string;
}

const SENTENCES: Readonly<Record<string, string>> = {
  let: "Parts of the expression get names, so that each derivative is one short line.",
  "chain rule":
    "Derivatives along the way are multiplied: inner factor first in denominator layout, last in numerator layout.",
  "second chain rule":
    "The Hessian of what comes after stands between the Jacobians; the curvature of the stage itself is added.",
  "second derivative": "The second derivative of the last stage by its own argument.",
  "rows, columns":
    "The derivative of the first derivative, with the entries of the first variable down and those of the second across.",
  "written out": "The names are replaced by what they stand for.",
  Jacobians: "Every factor is the Jacobian of one stage, transposed in denominator layout.",
  "cross-entropy": "Softmax and cross-entropy together: (1ᵀt)p − t, which is p − t for a distribution t.",
  derivative: "The derivative in one line: there is no intermediate to go through.",
};

const chipOf = (name: string): Chip => {
  if (Object.hasOwn(SENTENCES, name)) return { name, sentence: SENTENCES[name]! };
  if (name.startsWith("used "))
    return { name, sentence: "A quantity that is used several times gets the sum of what comes back from each use." };
  return chip(name);
};

export function chainPageLine(step: Step): ChainPageLine {
  const body = step.body;
  if (body.kind !== "chain") throw new TypeError(`a chain page has no line of kind ${body.kind}`);
  const base = {
    note: step.note,
    chips: step.chips.map(chipOf),
    tags: tags(step.cites),
    shape: step.shape,
    maxRelError: step.check.maxRelError,
  };
  if (body.names.length > 0) return { ...base, ...definitions(body) };
  const { left, right, shapedLeft, shaped } = chainLatex(body);
  return {
    ...base,
    left,
    right,
    ...(shaped.some((s, i) => s !== right[i]) ? { shaped } : {}),
    ...(shapedLeft === left ? {} : { shapedLeft }),
  };
}

/** c = Wx + b, f = c'c: the first equality is that of the line. */
function definitions(body: ChainLine): Pick<PageLine, "left" | "right"> {
  const all = chainLatex(body).right[0]!;
  const at = all.indexOf("=");
  return { left: all.slice(0, at), right: [all.slice(at + 1)] };
}
