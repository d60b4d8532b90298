/** A second derivative with three axes or more: the entries of ∂g/∂y are those of ∂²f/∂x∂y, index by index. */
import type { Expr } from "../../core/expr.js";
import type { IndexLine, IndexName, IndexNode } from "../../core/indexLine.js";
import { axes } from "../../core/shape.js";
import type { Step } from "../../core/step.js";
import { IndexChecker } from "../indexStyle/indexCheck.js";
import { freeIndices, takenNames } from "../indexStyle/indexNames.js";
import { entryOf, partial, ZERO } from "../indexStyle/indexTree.js";
import type { ChainEntries } from "./chainEntries.js";
import { type Second, zeroWords } from "./chainSecondLines.js";
import { inlineLatex } from "./chainWords.js";

interface Letters {
  /** Of g, then of the second variable. */
  readonly output: readonly IndexName[];
  readonly variable: readonly IndexName[];
}

/** The lines of ∂G_ij/∂y_k with the last one, ∂²f/∂X_ij∂y_k, and what stands in the box. */
export function withLastEntries(
  second: Second,
  { steps, end }: Pick<ChainEntries, "steps" | "end">,
): Pick<ChainEntries, "steps" | "boxed" | "beside"> {
  const { output, x, g, gradient, result, names, at } = second;
  const left = nested(second, end);
  const free = [...end.output, ...end.variable];
  const whole = [
    { symbol: g, value: gradient },
    { symbol: output, value: result.of },
  ];
  const check = new IndexChecker({ x, lets: [...names, ...whole], result, sites: at });
  const own: Pick<Step, "note" | "body" | "check"> = {
    note: axesWords(second, end),
    body: { kind: "index", left, right: [named(second, end), end.tree], where: [], ranges: false },
    check: check.equal("the second derivative", left, end.tree, free),
  };
  const last = steps[steps.length - 1]!;
  const boxed: IndexLine = {
    kind: "index",
    left: { kind: "head", form: "tensor", of: output, by: x, indices: free },
    right: [left, end.tree],
    where: [],
  };
  const beside = { axes: free.map((i) => i.dim), note: indexOrder(second, end) };
  return { steps: [...steps.slice(0, -1), merged(last, own)], boxed, beside };
}

/** The last line of ∂G_ij/∂y_k is the answer's own. */
const merged = (last: Step, own: Pick<Step, "note" | "body" | "check">): Step => ({
  ...last,
  note: [last.note, own.note].filter(Boolean).join(";\\quad "),
  body: own.body,
  check: { ...last.check, maxRelError: Math.max(last.check.maxRelError, own.check.maxRelError) },
});

/** ∂²f/∂X_ij∂y_k = ∂G_ij/∂y_k = 0. */
export function zeroEntries(second: Second): Step {
  const { output, x, y, g, names } = second;
  const taken = takenNames([output, x, y, g, ...names.flatMap((l) => [l.symbol, l.value])]);
  const letters = freeIndices(g, y, taken);
  const body: IndexLine = {
    kind: "index",
    left: nested(second, letters),
    right: [named(second, letters), ZERO],
    where: [],
  };
  return { ...zeroWords(second), body };
}

/** ∂g_ij/∂y_k. */
const named = ({ g, y }: Second, { output, variable }: Letters): IndexNode =>
  partial(entryOf(g, output), entryOf(y, variable));

/** ∂/∂y_k of ∂f/∂x_ij. */
function nested(second: Second, letters: Letters): IndexNode {
  const [f, x, y] = owners(second, letters);
  return partial(partial(entryOf(f!.of, f!.own), entryOf(x!.of, x!.own)), entryOf(y!.of, y!.own));
}

interface Owner {
  readonly word: string;
  readonly of: Expr;
  readonly own: readonly IndexName[];
}

/** Whose entries the letters count. */
function owners({ output: f, x, y }: Second, { output, variable }: Letters): readonly Owner[] {
  const n = axes(f.shape).length;
  return [
    { word: "output", of: f, own: output.slice(0, n) },
    { word: "first variable", of: x, own: output.slice(n) },
    { word: "second variable", of: y, own: variable },
  ];
}

const list = (own: readonly IndexName[]): string => own.map((i) => i.name).join(",");
const present = (all: readonly Owner[]): Owner[] => all.filter((o) => o.own.length > 0);

/** "i, j: row and column of X; k: entry of y". */
const axesWords = (second: Second, letters: Letters): string =>
  present(owners(second, letters))
    .map(
      ({ of, own }) => `${list(own)}\\text{: ${own.length === 2 ? "row and column" : "entry"} of }${inlineLatex(of)}`,
    )
    .join(";\\ ");

/** "index order: first variable i,j, then second variable k". */
function indexOrder(second: Second, letters: Letters): string {
  const said = present(owners(second, letters)).map(({ word, own }, at) =>
    at === 0 ? `\\text{index order: ${word} } ${list(own)}` : `\\text{, then ${word} } ${list(own)}`,
  );
  return `${said.join("")}\\quad(\\text{no layout applies to order ${second.result.order}})`;
}
