/**
 * Long pages as a textbook prints them: blocks of lines that repeat, with nothing but the numbers of names going up or
 * down by one from block to block, are stated once for k. The comparison is of printed lines, so that what is said for
 * k is what every folded line says; the first two blocks and the last one stay.
 */

/** What a line prints, in a fixed order; lines with other rules never match. */
export interface Printed {
  readonly rule: string;
  readonly parts: readonly string[];
}

export interface Fold {
  /** The first folded line, and the first behind them. */
  readonly from: number;
  readonly to: number;
  /** The letter of the number that moves, and its values in the first and the last folded block. */
  readonly letter: string;
  readonly first: number;
  readonly last: number;
  /** The parts of each line of a block, for k. */
  readonly general: readonly (readonly string[])[];
}

/** k, k + 1 or k − 1 for the number of a name: in the braces of LaTeX, or behind a letter. */
const indexOf = (letter: string, offset: number, before: string): string => {
  const sum = offset === 0 ? letter : `${letter}${offset > 0 ? "+" : ""}${offset}`;
  return before.endsWith("{") ? sum : offset === 0 ? `_${sum}` : `_(${sum})`;
};

/** Pages up to this stay as they are. */
const SHORT = 24;
const LONGEST_BLOCK = 6;
const FEWEST_BLOCKS = 6;
/** Blocks that are shown in front of the general one; one is shown behind it. */
const SHOWN = 2;

/** The folds of a page, in order. */
export function folds(lines: readonly Printed[], short = SHORT): Fold[] {
  if (lines.length <= short) return [];
  const cut = lines.map(split);
  const found: Fold[] = [];
  for (let i = 0; i < lines.length; ) {
    const run = runAt(cut, i);
    if (!run) i++;
    else {
      found.push(foldOf(cut, i, run));
      i += run.period * run.blocks;
    }
  }
  return found;
}

/** The list with every fold replaced by what `general` makes of it. */
export function folded<T>(list: readonly T[], all: readonly Fold[], general: (fold: Fold) => readonly T[]): T[] {
  const out: T[] = [];
  let at = 0;
  for (const fold of all) {
    out.push(...list.slice(at, fold.from), ...general(fold));
    at = fold.to;
  }
  return [...out, ...list.slice(at)];
}

/** Items of one line up to this stay as they are. */
const SHORT_LIST = 12;

/** A list of items on one line: the last of the general ones says for which k. */
export function foldedList(items: readonly string[], range: (fold: Fold) => string): string[] {
  const all = folds(
    items.map((item) => ({ rule: "", parts: [item] })),
    SHORT_LIST,
  );
  return folded(items, all, (fold) => {
    const general = fold.general.map(([item = ""]) => item);
    return [...general.slice(0, -1), `${general[general.length - 1]}${range(fold)}`];
  });
}

export const rangeText = ({ letter, first, last }: Fold): string => ` (${letter} = ${first}, …, ${last})`;

/** Texts between the numbers of a line, and the numbers. */
interface Cut {
  readonly rule: string;
  readonly texts: readonly (readonly string[])[];
  readonly numbers: readonly number[];
  /** Whether a number belongs to a name. */
  readonly named: readonly boolean[];
}

const split = ({ rule, parts }: Printed): Cut => {
  const pieces = parts.map((p) => p.replace(/_(\d)(?!\d)/g, "_{$1}").split(/(\d+)/));
  return {
    rule,
    texts: pieces.map((p) => p.filter((_, i) => i % 2 === 0)),
    numbers: pieces.flatMap((p) => p.filter((_, i) => i % 2 === 1).map(Number)),
    named: pieces.flatMap((p) => p.filter((_, i) => i % 2 === 0).slice(0, -1)).map((t) => /[A-Za-z{]$/.test(t)),
  };
};

const keyOf = ({ rule, texts }: Cut): string => JSON.stringify([rule, texts]);

interface Run {
  readonly period: number;
  readonly blocks: number;
}

function runAt(cut: readonly Cut[], from: number): Run | undefined {
  for (let period = 1; period <= LONGEST_BLOCK; period++) {
    const first = moves(cut, from, period);
    if (!first) continue;
    let blocks = 2;
    while (moves(cut, from + (blocks - 1) * period, period) === first) blocks++;
    if (blocks >= FEWEST_BLOCKS) return { period, blocks };
  }
  return undefined;
}

/** Which numbers of a block go up or down by one to the next block, as a key; undefined where anything else differs. */
function moves(cut: readonly Cut[], from: number, period: number): string | undefined {
  const steps: number[] = [];
  for (let i = from; i < from + period; i++) {
    const [a, b] = [cut[i], cut[i + period]];
    if (!a || !b || a.numbers.length !== b.numbers.length || keyOf(a) !== keyOf(b)) return undefined;
    if (a.numbers.some((n, k) => n !== b.numbers[k] && !a.named[k])) return undefined;
    steps.push(...a.numbers.map((n, k) => b.numbers[k]! - n));
  }
  const step = steps.find((s) => s !== 0);
  if (Math.abs(step ?? 0) !== 1 || steps.some((s) => s !== 0 && s !== step)) return undefined;
  return steps.join();
}

const LETTERS = ["k", "i", "j", "l"];

function foldOf(cut: readonly Cut[], start: number, { period, blocks }: Run): Fold {
  const from = start + SHOWN * period;
  const to = start + (blocks - 1) * period;
  const block = cut.slice(from, from + period);
  const moving = cut
    .slice(from + period, from + 2 * period)
    .map((b, i) => b.numbers.map((n, k) => n !== block[i]!.numbers[k]));
  const top = (lines: readonly Cut[]): number =>
    Math.max(...lines.flatMap((l, i) => l.numbers.filter((_, k) => moving[i]![k])));
  const first = top(block);
  const taken = block.map((l) => l.texts.flat().join(" ")).join(" ");
  const letter = LETTERS.find((l) => !new RegExp(`(?<![A-Za-z\\\\])${l}(?![A-Za-z])`).test(taken)) ?? "k";
  const general = block.map(({ texts, numbers }, i) => {
    let at = 0;
    return texts.map((between) =>
      between.reduce((out, text) => {
        const k = at++;
        const number = numbers[k]!;
        return `${out}${moving[i]![k] ? indexOf(letter, number - first, out) : number}${text}`;
      }),
    );
  });
  return { from, to, letter, first, last: top(cut.slice(to - period, to)), general };
}
