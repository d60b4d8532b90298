/** The lines of a long page with every fold stated once for k, and the folded lines as sections below the result. */
import { type Fold, folded, folds, type Printed } from "./fold.js";
import type { Page, PageLine } from "./page.js";

interface Line extends PageLine {
  readonly shapedLeft?: string;
}

export interface FoldedLines {
  readonly lines: readonly PageLine[];
  readonly sections: Page["folded"];
}

export function foldedLines(lines: readonly Line[]): FoldedLines {
  const all = folds(lines.map(printed));
  return {
    lines: folded(lines, all, (fold) => fold.general.map((parts, i) => generalLine(lines, fold, parts, i))),
    sections: all.map((fold) => ({
      title: `The ${fold.to - fold.from} lines for ${range(fold, (n) => String(n))}`,
      lines: lines.slice(fold.from, fold.to),
    })),
  };
}

/** k = 198, …, 3 in Markdown with $…$. */
const range = ({ letter, first, last }: Fold, show: (n: number) => string): string =>
  `$${letter} = ${show(first)}, \\dots, ${show(last)}$`;

function printed(line: Line): Printed {
  const { left, right, note, shape, shapedLeft, shaped, chips, tags } = line;
  return {
    rule: JSON.stringify([chips, tags, right.length, shapedLeft !== undefined, shaped?.length]),
    parts: [left, note, shape, ...right, ...(shapedLeft === undefined ? [] : [shapedLeft]), ...(shaped ?? [])],
  };
}

function generalLine(lines: readonly Line[], fold: Fold, parts: readonly string[], place: number): Line {
  const model = lines[fold.from + place]!;
  const [left, note, shape, ...rest] = parts as [string, string, string, ...string[]];
  const right = rest.splice(0, model.right.length);
  const shapedLeft = model.shapedLeft === undefined ? {} : { shapedLeft: rest.shift()! };
  const period = fold.general.length;
  const own = lines.slice(fold.from, fold.to).filter((_, i) => i % period === place);
  const { letter, first, last } = fold;
  return {
    ...model,
    left,
    right,
    note: [note, `${letter}=${first},\\dots,${last}`].filter(Boolean).join(",\\quad "),
    shape,
    ...shapedLeft,
    ...(model.shaped ? { shaped: rest } : {}),
    maxRelError: Math.max(...own.map((l) => l.maxRelError)),
  };
}
