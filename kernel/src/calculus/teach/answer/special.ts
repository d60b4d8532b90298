/** Answers that are right only under a condition that nobody declared: 2Ax where A is symmetric. */
import { type Expr, topological } from "../../core/expr.js";
import { isMatrix, isSquare } from "../../core/shape.js";
import { build as b, substitute } from "../../ops/build.js";
import { type Fact, factsOf, isSymbol, nameOf, symbol } from "../../ops/leaves.js";
import { surelyEqual } from "../compare.js";
import { hasStructure, sayFacts, withoutStructure } from "../facts.js";
import { symbolsIn } from "../symbols.js";
import type { Target } from "./target.js";

const FACTS: readonly Fact[] = ["symmetric", "diagonal", "orthogonal"];

/** "A is symmetric"; the variable itself last, since its entries are independent. */
export function conditionFor(answer: Expr, { here, by }: Target): string | undefined {
  const squares = topological(here, answer).filter((e) => isSymbol(e) && isMatrix(e.shape) && isSquare(e.shape));
  for (const s of [...squares.filter((e) => e !== by), ...squares.filter((e) => e === by)]) {
    for (const fact of FACTS)
      if (equalWhere(answer, here, s, symbol(nameOf(s), s.shape, [...factsOf(s), fact])))
        return `${nameOf(s)} is ${fact}`;
    if (equalWhere(answer, here, s, b.eye(s.shape.rows))) return `${nameOf(s)} = I`;
  }
  return undefined;
}

function equalWhere(answer: Expr, here: Expr, s: Expr, meaning: Expr): boolean {
  const by = new Map([[s, meaning]]);
  return surelyEqual(substitute(answer, by), substitute(here, by), []);
}

/**
 * Declared facts that a right answer needs, "A is symmetric".
 * @param plain the right answer without facts
 */
export function factsUsed(answer: Expr, { of, by }: Target, plain: Expr | undefined): string[] {
  if (!plain) return [];
  return symbolsIn(of, answer)
    .filter((s) => s !== by && hasStructure(s))
    .filter((s) => {
      const without = new Map([[s, withoutStructure(s)]]);
      return !surelyEqual(substitute(answer, without), substitute(plain, without), []);
    })
    .map(sayFacts);
}
