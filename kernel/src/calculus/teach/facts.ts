/** Declared facts about structure in the words of a sentence; positive and invertible only say where things are defined. */
import type { Expr } from "../core/expr.js";
import { type Fact, factsOf, nameOf, symbol } from "../ops/leaves.js";

const WORDS: Readonly<Partial<Record<Fact, string>>> = {
  symmetric: "symmetric",
  spd: "symmetric positive definite",
  orthogonal: "orthogonal",
  diagonal: "diagonal",
  simplex: "a distribution",
  signs: "±1",
  unit_interval: "between 0 and 1",
};

const structural = (s: Expr): Fact[] => factsOf(s).filter((f) => WORDS[f] !== undefined);

export const hasStructure = (s: Expr): boolean => structural(s).length > 0;

/** "A is symmetric and orthogonal" */
export const sayFacts = (s: Expr): string =>
  `${nameOf(s)} is ${structural(s)
    .map((f) => WORDS[f])
    .join(" and ")}`;

/** The same symbol without these facts. */
export const withoutStructure = (s: Expr): Expr =>
  symbol(
    nameOf(s),
    s.shape,
    factsOf(s).filter((f) => WORDS[f] === undefined),
  );
