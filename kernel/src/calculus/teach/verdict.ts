/**
 * What `check` says: always an object, never a bare boolean, so that a cell cannot mistake it. `score` is partial
 * credit from 0 to 1. Everything is plain data.
 */
import type { Layout } from "../core/step.js";

/** A scalar is a number, a column a list, any other matrix a list of rows. */
export type Numbers = number | readonly number[] | readonly (readonly number[])[];

/** Numbers at which the two sides differ. Differentials are bound by their own names, dX. */
export interface Counterexample {
  readonly bindings: Readonly<Record<string, Numbers>>;
  /** What abstract functions stand for in this example: sigma: "z.^2". */
  readonly functions: Readonly<Record<string, string>>;
  readonly left: Numbers;
  readonly right: Numbers;
}

/** How two expressions that are not equal are related. */
export type Relation =
  | { readonly kind: "transpose" }
  /** left = factor · right; `factor` in words: "2", "-1", "1/N". */
  | { readonly kind: "factor"; readonly factor: string; readonly transposed?: true }
  /** Equal under a condition that nobody declared: "A is symmetric". */
  | { readonly kind: "special"; readonly condition: string };

/** A slip of the notes that the text repeats. */
export interface NamedErratum {
  readonly id: string;
  /** "Notes §2", "003, line 174". */
  readonly source: string;
  readonly printed: string;
  readonly correct: string;
  readonly why: string;
}

export type LayoutSeen = Layout | "both" | undefined;

interface Common {
  readonly ok: boolean;
  readonly score: number;
  readonly code: string;
  /** One or two sentences for a reader. */
  readonly message: string;
  /** From the first thing to try to the answer. */
  readonly hints: readonly string[];
  readonly layoutSeen: LayoutSeen;
  /** How the text was read: inferred shapes, |X| as determinant, what is constant. */
  readonly notes: readonly string[];
  readonly relation?: Relation;
  readonly errata: readonly NamedErratum[];
}

/** `vectors_only`: false, or not even a statement, for matrices; true where they are columns. */
export type Verdict = "true" | "false" | "shape_mismatch" | "vectors_only";

/** What is said of a statement. */
export interface StatementResult extends Common {
  readonly kind: "statement";
  readonly verdict: Verdict;
  /** How a true statement was decided: both sides simplify to one expression, or agree at random points. */
  readonly proof?: "symbolic" | "numeric";
  readonly counterexample?: Counterexample;
  /** What a true statement relies on: declared facts, constants. Empty for a plain truth. */
  readonly conditions: readonly string[];
  /** The links of a chain a = b = c, in order. */
  readonly links?: readonly StatementResult[];
}

/** What is said of a student's answer. */
export interface AnswerResult extends Common {
  readonly kind: "answer";
  /** Place of an error in the answer's text. */
  readonly span?: readonly [start: number, end: number];
  /** Named mistakes that explain the answer equally well; the first is in `code`. */
  readonly mistakes: readonly string[];
}

/** What a line of a derivation is: a name for a part, f rewritten, a differential, an entry, the derivative itself. */
export type LineKind = "definition" | "value" | "differential" | "index" | "gradient" | "equation" | "unread";

/** What is said of one line of a student's derivation. */
export interface LineResult {
  /** From 1. */
  readonly number: number;
  /** As it was written. */
  readonly text: string;
  readonly kind: LineKind;
  readonly ok: boolean;
  /** "right", "other_layout", "follows" (from a line that is wrong), or what is wrong. */
  readonly code: string;
  readonly message: string;
  readonly layoutSeen: LayoutSeen;
  /** Lines of the page that a right line passes over, by their rules. */
  readonly skips: readonly string[];
}

/** What is said of a whole derivation, line by line. */
export interface DerivationResult extends Common {
  readonly kind: "derivation";
  readonly lines: readonly LineResult[];
  /** Number of the first line that is wrong. */
  readonly firstWrong?: number;
  /** Is the derivative read off? */
  readonly finished: boolean;
  /** Named mistakes of the first wrong line. */
  readonly mistakes: readonly string[];
}

/** An entry of an array of numbers that is not what it should be; places count from 1. */
export interface EntryResult {
  readonly at: readonly number[];
  readonly got: number;
  readonly want: number;
}

/** What is said of numbers that somebody else computed. */
export interface NumbersResult extends Common {
  readonly kind: "numbers";
  /** Entries that differ, the first ones where there are many. */
  readonly entries: readonly EntryResult[];
  readonly mistakes: readonly string[];
  /** Largest difference that counts as equal, and where it comes from. */
  readonly tolerance: number;
}
