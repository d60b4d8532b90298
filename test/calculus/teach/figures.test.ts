/**
 * How well mistakes are named, in figures: the typical mistakes of a class made in every scalar worked example of the
 * notes, and in the losses that a class meets. `npm run test:unit -- test/calculus/teach/figures` prints them.
 */
import { expect, test } from "vitest";
import { type Expr, topological } from "../../../kernel/src/calculus/core/expr.js";
import { isScalar } from "../../../kernel/src/calculus/core/shape.js";
import { build as b, substitute } from "../../../kernel/src/calculus/ops/build.js";
import { type Fact, nameOf, symbol } from "../../../kernel/src/calculus/ops/leaves.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { checkAnswer } from "../../../kernel/src/calculus/teach/checkAnswer.js";
import { surelyEqual } from "../../../kernel/src/calculus/teach/compare.js";
import type { Relation } from "../../../kernel/src/calculus/teach/verdict.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { declarations, dimNames } from "../../../kernel/src/calculus/text/scope.js";
import { problem } from "./problem.js";
import { rows, where } from "./rows.js";
import { wrongAnswers } from "./wrongAnswers.js";

/** Is what is said of the answer true? */
function holds(relation: Relation | undefined, expr: Expr, right: Expr, numerator: Expr | undefined, f: Expr): boolean {
  switch (relation?.kind) {
    case "transpose":
      return numerator !== undefined && surelyEqual(expr, numerator, []);
    case "factor": {
      const names = topological(f, right).filter((e) => e.op === "symbol" && isScalar(e.shape));
      const scope = declarations({
        symbols: new Map(names.map((s) => [nameOf(s), s])),
        dims: new Set(topological(f, right).flatMap((e) => dimNames(e.shape))),
      });
      const k = parse(relation.factor, scope).expr;
      return surelyEqual(expr, b.times(k, relation.transposed ? b.transpose(right) : right), []);
    }
    case "special": {
      const [name, , fact] = relation.condition.split(" ");
      const s = topological(f).find((e) => e.op === "symbol" && nameOf(e) === name)!;
      const meaning = fact === "=" ? b.eye(s.shape.rows) : symbol(name!, s.shape, [fact as Fact]);
      const where = new Map([[s, meaning]]);
      return surelyEqual(substitute(expr, where), substitute(right, where), []);
    }
    case undefined:
      return false;
  }
}

test("mistakes are named uniquely in at least 95 % of the cases, and never wrongly", () => {
  const figures = { tried: 0, unique: 0, several: 0, relation: 0, unnamed: 0, wrongly: 0, accepted: 0 };
  const lines: string[] = [];
  const kinds = new Map<string, number>();
  const seen = new Set<string>();
  for (const row of rows.filter((r) => r.mode === "deriv" && r.expr && r.wrt)) {
    const key = `${row.expr} ${row.wrt}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const derivation = problem(row.expr, where(row), row.wrt!, "denominator", { steps: false });
    const { f, wrt } = derivation.problem;
    const { denominator: right, numerator } = derivation.matrices;
    if (!isScalar(f.shape) || !right) continue;
    const handed = new Set<string>();
    for (const { mistake, codes, expr } of wrongAnswers(f, wrt[0]!, right)) {
      const answer = text(expr);
      if (handed.has(`${mistake} ${answer}`) || surelyEqual(expr, right, [])) continue;
      handed.add(`${mistake} ${answer}`);
      const result = checkAnswer(answer, derivation);
      figures.tried++;
      kinds.set(mistake, (kinds.get(mistake) ?? 0) + 1);
      const line = (what: string) =>
        lines.push(`${what} ${row.id} ${mistake}: ${answer} → ${result.code} ${result.mistakes.join(",")}`);
      if (result.ok) {
        figures.accepted++;
        line("accepted");
      } else if (result.code === "other_layout" || result.relation) {
        figures.relation++;
        figures.unique++;
        if (!holds(result.relation, expr, right, numerator, f)) {
          figures.wrongly++;
          line("wrongly");
        }
      } else if (codes.some((c) => result.mistakes.includes(c))) {
        if (result.mistakes.length === 1) figures.unique++;
        else {
          figures.several++;
          line("several");
        }
      } else if (result.mistakes.length > 0) {
        figures.wrongly++;
        line("wrongly");
      } else {
        figures.unnamed++;
        line("unnamed");
      }
    }
  }
  console.info(JSON.stringify(figures), JSON.stringify([...kinds]));
  if (lines.length > 0) console.info(lines.join("\n"));
  expect(figures.accepted).toBe(0);
  expect(figures.wrongly).toBe(0);
  expect(figures.tried).toBeGreaterThan(300);
  expect(figures.unique / figures.tried).toBeGreaterThanOrEqual(0.95);
}, 120_000);
