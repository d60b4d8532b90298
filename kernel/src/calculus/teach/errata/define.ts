/**
 * A slip of the notes as data: what is printed, what it is, why, and numbers that show it. A claim can be matched
 * against a statement or an answer; a remark has none and is shown where its document is read.
 */
import type { Layout } from "../../core/step.js";
import type { Numbers } from "../verdict.js";

export interface Claim {
  /** Declaration of the names. */
  readonly vars: string;
  /** Left side of an identity, or d(…) of a differential identity; with `by`, what is differentiated. */
  readonly left: string;
  readonly by?: string;
  /** Layout of the document, for a derivative. */
  readonly layout?: Layout;
  /** Right side as it is printed. */
  readonly printed: string;
  /** Right side as it should be. */
  readonly correct: string;
  /** Numbers that show it, by the names of `vars` and dX. */
  readonly at: Readonly<Record<string, Numbers>>;
}

export interface Slip {
  readonly id: string;
  readonly document: "000/001" | "002" | "003" | "004";
  readonly where: string;
  /** What is printed and what it should be, in words or in the grammar. */
  readonly printed: string;
  readonly correct: string;
  readonly why: string;
  /** How the notes spell it, in the spelling of lint/: found where the statement itself cannot be read. */
  readonly prints?: readonly string[];
  readonly claim?: Claim;
}

type Facts = Omit<Slip, "printed" | "correct" | "claim">;

/** A slip in a formula that the engine can read. */
export const slip = (facts: Facts, claim: Claim): Slip =>
  Object.freeze({ ...facts, printed: claim.printed, correct: claim.correct, claim });

/** A slip in words, indices or typesetting. */
export const remark = (facts: Facts, printed: string, correct: string): Slip =>
  Object.freeze({ ...facts, printed, correct });
