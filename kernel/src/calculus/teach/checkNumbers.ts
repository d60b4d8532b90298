/**
 * Numbers that somebody computed, such as the gradient after `loss.backward()`, entry by entry against the symbolic
 * derivative at the same bindings. A wrong array is explained by what reproduces it: the transpose, a factor, one
 * sample alone, a mutant of our derivation.
 */
import { type Dense, dense, transpose } from "../core/dense.js";
import type { Derivation } from "../core/derivation.js";
import { NablaError } from "../core/errors.js";
import { showShape } from "../core/shape.js";
import type { Layout } from "../core/step.js";
import { adjugateForm } from "../derive/adjugateForm.js";
import { type Bindings, bindPoint } from "../verify/bindings.js";
import { type Evaluated, evaluateAll, type Point } from "../verify/evaluate.js";
import { mutantsFor, namedMistake, SCORE } from "./answer/diagnose.js";
import { mutantValue, type Sample, same, samplesOf } from "./answer/samples.js";
import { otherLayout, type Target, targetOf } from "./answer/target.js";
import { type Precision, precisionOf } from "./pasted/digits.js";
import { type Close, factorOf, oneSample } from "./pasted/explain.js";
import type { EntryResult, NumbersResult } from "./verdict.js";

/** Numbers as they are pasted: a number, a list for a vector, rows for a matrix. */
export type Pasted = number | readonly number[] | readonly (readonly number[])[];

/** Where the numbers were computed, and how exact they are. */
export interface NumbersOptions {
  /** The numbers of every symbol. */
  readonly at: Bindings;
  /** The layout in which the numbers are asked for; that of the derivation by default. */
  readonly layout?: Layout | undefined;
  /** Teachers: the other layout costs half the marks. */
  readonly strictLayout?: boolean | undefined;
  /** Largest difference that counts as equal; otherwise it follows from the digits: float64, float32, or printed. */
  readonly tolerance?: number | undefined;
}

/**
 * Compares numbers with the derivative.
 * @throws NablaError `bad_argument` for bindings that are missing or outside the domain
 * @example checkNumbers([[6, 6], [14, 14], [22, 22]], derive(f, [W]), { at: { W: [[1, 2], [3, 4], [5, 6]], x: [1, 1], b: [0, 0, 0] } }).ok // true
 */
export function checkNumbers(given: Pasted, derivation: Derivation, options: NumbersOptions): NumbersResult {
  const target = targetOf(derivation, options?.layout ?? derivation.problem.layout);
  if (options?.at === undefined)
    throw new NablaError("bad_argument", "numbers are compared at numbers: say where they were computed", {
      want: "{ at: { W: [[1, 2], [3, 4]], x: [1, 1] } }",
    });
  const point = bindPoint(derivation.problem.f, options.at);
  const { known, here } = valuesAt(target, point);
  if (!here.data.every(Number.isFinite))
    throw new NablaError("bad_argument", "the derivative has no value at these bindings", {
      want: "bindings inside the domain, no singular matrix",
    });
  const got = pastedAs(given, here);
  if ("why" in got) return unusable(got.why);
  return compared(got, { target, point, known, here, derivation, options });
}

/** The derivative of |X| has a value where X has no inverse. */
function valuesAt({ of, here }: Target, point: Point): { known: Evaluated; here: Dense } {
  const known = evaluateAll([of], point);
  try {
    const all = evaluateAll([here], point, new Map(known));
    return { known: all, here: all.get(here)! };
  } catch (error) {
    const form = error instanceof NablaError && error.code === "bad_argument" ? adjugateForm(here) : undefined;
    if (!form) throw error;
    return { known, here: evaluateAll([form], point, new Map(known)).get(form)! };
  }
}

interface Case {
  readonly target: Target;
  readonly point: Point;
  readonly known: Evaluated;
  readonly here: Dense;
  readonly derivation: Derivation;
  readonly options: NumbersOptions;
}

const base = {
  kind: "numbers",
  hints: [],
  notes: [],
  errata: [],
  entries: [],
  mistakes: [],
  layoutSeen: undefined,
} as const;

const unusable = (message: string): NumbersResult => ({
  ...base,
  ok: false,
  score: SCORE.unread,
  code: "bad_argument",
  message,
  tolerance: 0,
});

/** A list is a column or a row, whichever the derivative is. */
function pastedAs(given: Pasted, here: Dense): Dense | { readonly why: string } {
  const rows = typeof given === "number" ? [[given]] : given.map((r) => (typeof r === "number" ? [r] : r));
  const width = rows[0]?.length ?? 0;
  const flat = rows.flat();
  if (flat.length === 0) return { why: "no numbers are given" };
  if (rows.some((r) => r.length !== width)) return { why: "the rows have different lengths" };
  const bad = flat.findIndex((x) => typeof x !== "number" || !Number.isFinite(x));
  if (bad >= 0)
    return {
      why: `entry [${Math.floor(bad / width) + 1}, ${(bad % width) + 1}] is ${flat[bad]}: a gradient has numbers only`,
    };
  const value = dense(rows.length, width, flat);
  const list = typeof given !== "number" && typeof given[0] === "number";
  return list && here.rows === 1 ? transpose(value) : value;
}

function compared(got: Dense, c: Case): NumbersResult {
  const { here, target, options } = c;
  const largest = here.data.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
  const precision = precisionOf([...got.data], largest, options.tolerance);
  const close = closeBy(precision.tolerance);
  const notes = [said(precision)];
  if (close(got, here)) return right(got, close, precision, notes, c);
  const there = target.there && transpose(here);
  if (there && close(got, there)) {
    const seen = otherLayout(target.layout);
    return {
      ...base,
      ok: false,
      score: options.strictLayout ? SCORE.otherLayoutStrict : SCORE.otherLayout,
      code: "other_layout",
      message: `the transpose: these are the numbers of ${seen} layout; this notebook is ${target.layout}`,
      layoutSeen: seen,
      relation: { kind: "transpose" },
      tolerance: precision.tolerance,
      notes,
    };
  }
  return wrong(got, close, precision, notes, c);
}

const closeBy =
  (tolerance: number): Close =>
  (a, b) =>
    a.rows === b.rows && a.cols === b.cols && a.data.every((x, i) => Math.abs(x - b.data[i]!) <= tolerance);

function said({ from, tolerance, decimals }: Precision): string {
  const size = tolerance.toExponential(1);
  switch (from) {
    case "given":
      return `compared up to ${size}, as given`;
    case "float64":
      return `compared as float64, up to ${size}`;
    case "float32":
      return `compared as float32, up to ${size}`;
    case "digits":
      return `compared up to the ${decimals} digits behind the point that are given`;
  }
}

function right(got: Dense, close: Close, precision: Precision, notes: readonly string[], c: Case): NumbersResult {
  const { target } = c;
  const also = target.there && close(got, transpose(c.here));
  const accident = sameByAccident(close, c);
  return {
    ...base,
    ok: true,
    score: SCORE.right,
    code: "right",
    message: "right: every entry agrees",
    layoutSeen: also || !target.there ? "both" : target.layout,
    tolerance: precision.tolerance,
    notes: [
      ...notes,
      ...(also ? ["these numbers are the same in both layouts: other bindings would tell the layouts apart"] : []),
      ...(accident ? [`at these bindings a mistake would not show: "${accident}" gives the same numbers`] : []),
    ],
  };
}

/** A mistake that these bindings cannot show, such as one that needs A to be symmetric where A is. */
function sameByAccident(close: Close, { target, derivation, point, known, here }: Case): string | undefined {
  const sample: Sample = { point, known, here, answer: here };
  const [generic] = samplesOf(target.here, target);
  for (const mutant of mutantsFor(target, derivation.problem)) {
    const value = mutantValue(mutant, sample, target);
    if (!value || !close(value, here)) continue;
    const elsewhere = mutantValue(mutant, generic!, target);
    if (elsewhere && !same(elsewhere, generic!.here)) return mutant.says;
  }
  return undefined;
}

function wrong(got: Dense, close: Close, precision: Precision, notes: readonly string[], c: Case): NumbersResult {
  const { here, target, point, known, derivation } = c;
  const entries = differing(got, here, precision.tolerance);
  const common = { ...base, ok: false, entries, tolerance: precision.tolerance, notes } as const;
  const fits = got.rows === here.rows && got.cols === here.cols;
  const turned = target.there !== undefined && got.rows === here.cols && got.cols === here.rows;
  if (!fits && !turned)
    return {
      ...common,
      score: SCORE.wrongShape,
      code: "shape",
      message: `these numbers are ${got.rows}×${got.cols}; the derivative is ${here.rows}×${here.cols}, ${showShape(target.here.shape)} in ${target.layout} layout`,
    };
  const factor = factorOf(got, close, c);
  if (factor) return { ...common, score: SCORE.factor, ...factor, hints: hintsOf(entries, here) };
  const one = oneSample(got, close, c);
  if (one) return { ...common, ...one, hints: hintsOf(entries, here) };
  const sample: Sample = { point, known, here, answer: got, close };
  const named = namedMistake([sample], target, derivation.problem);
  const places = placesIn(entries, here);
  return {
    ...common,
    score: named?.score ?? SCORE.shapeOnly,
    code: named?.code ?? "wrong",
    message: named ? `${named.message} (${places})` : places,
    mistakes: named?.mistakes ?? [],
    hints: hintsOf(entries, here),
  };
}

const MOST_ENTRIES = 12;

function differing(got: Dense, here: Dense, tolerance: number): EntryResult[] {
  if (got.rows !== here.rows || got.cols !== here.cols) return [];
  return [...got.data].flatMap((x, k) => {
    const want = here.data[k]!;
    if (Math.abs(x - want) <= tolerance) return [];
    return [{ at: [Math.floor(k / here.cols) + 1, (k % here.cols) + 1], got: x, want }];
  });
}

function placesIn(entries: readonly EntryResult[], { data }: Dense): string {
  if (entries.length === 0) return "this is not the derivative";
  if (entries.length === data.length) return data.length === 1 ? "the number differs" : "every entry differs";
  const named = entries.slice(0, MOST_ENTRIES).map(({ at }) => `[${at.join(", ")}]`);
  const more = entries.length > MOST_ENTRIES ? ", …" : "";
  return `${entries.length} of ${data.length} entries differ: ${named.join(", ")}${more}`;
}

const hintsOf = (entries: readonly EntryResult[], { rows, cols }: Dense): string[] => [
  `The shape is right: ${rows}×${cols}.`,
  ...entries
    .slice(0, 1)
    .map(({ at, got, want }) => `Entry [${at.join(", ")}] is ${got}; it should be ${Number(want.toPrecision(6))}.`),
];
