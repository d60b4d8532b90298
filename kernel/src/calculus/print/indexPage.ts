/** Steps of the index style as lines of a page, with the summation convention as a switch. */
import type { IndexLine } from "../core/indexLine.js";
import type { Dim } from "../core/shape.js";
import type { Step } from "../core/step.js";
import { tags } from "./citation.js";
import { indexChip } from "./indexChips.js";
import { type IndexLatexOptions, indexLineLatex } from "./indexLatex.js";
import type { PageLine } from "./page.js";
import { latexDim } from "./shapes.js";

/** One step of the index style; definitions stand before and behind the line, as the notes print them. */
export function indexStepLine(step: Step, options: IndexLatexOptions = {}): PageLine {
  if (step.body.kind !== "index") throw new TypeError(`an index page has no line of kind ${step.body.kind}`);
  return {
    ...sides(step.body, options),
    note: step.note,
    chips: step.chips.map(indexChip),
    tags: tags(step.cites),
    shape: step.shape,
    maxRelError: step.check.maxRelError,
  };
}

function sides(body: IndexLine, options: IndexLatexOptions): Pick<PageLine, "left" | "right"> {
  const { left, right, where, lets } = indexLineLatex(body, options);
  const before = lets.map((l) => `${l},\\qquad `).join("");
  const last = right.length - 1;
  const behind = where.map((w) => `,\\qquad ${w}`).join("");
  return { left: `${before}${left}`, right: right.map((r, n) => (n === last ? `${r}${behind}` : r)) };
}

/** The boxed result: "J_{ijkl}=…=…", with its axes and the order of its indices where no layout applies. */
export function indexResultLatex(line: IndexLine, beside?: { axes: readonly Dim[]; note: string }): string {
  const { left, right } = indexLineLatex(line);
  const note = beside ? `\\qquad ${beside.axes.map(latexDim).join("\\times ")};\\ ${beside.note}` : "";
  return [left, ...right].join("=") + note;
}
