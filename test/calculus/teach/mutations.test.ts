/** Wrong answers made from right ones by our own table of mistakes: never accepted, recognised when they come back. */
import { expect, test } from "vitest";
import { isScalar } from "../../../kernel/src/calculus/core/shape.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { checkAnswer } from "../../../kernel/src/calculus/teach/checkAnswer.js";
import { surelyEqual } from "../../../kernel/src/calculus/teach/compare.js";
import { mutantsOf } from "../../../kernel/src/calculus/teach/mutations/mutants.js";
import { problem } from "./problem.js";
import { rows, where } from "./rows.js";

/** At most this many mistakes of each worked example, spread over the kinds. */
const PER_ROW = 8;

test("mutants of the worked examples, given as answers, are refused and recognised", () => {
  const accepted: string[] = [];
  const unnamed: string[] = [];
  let tried = 0;
  const scalar = rows.filter((r) => r.mode === "deriv" && r.expr && r.wrt);
  const seen = new Set<string>();
  for (const row of scalar) {
    if (seen.has(`${row.expr} ${row.wrt}`)) continue;
    seen.add(`${row.expr} ${row.wrt}`);
    const derivation = problem(row.expr, where(row), row.wrt!, "denominator", { steps: false });
    const { f, wrt } = derivation.problem;
    const { denominator, numerator } = derivation.matrices;
    if (!isScalar(f.shape) || !denominator) continue;
    const wrong = [...mutantsOf(f, wrt[0]!, { f, wrt }, [{ expr: denominator, layout: "denominator" }])].flatMap(
      ({ form }) =>
        form.kind === "answer" && form.expr.shape.rows.key === denominator.shape.rows.key ? [form.expr] : [],
    );
    const stride = Math.max(1, Math.floor(wrong.length / PER_ROW));
    for (const expr of wrong.filter((_, i) => i % stride === 0)) {
      if ([denominator, numerator].some((e) => e && surelyEqual(expr, e, []))) continue;
      const result = checkAnswer(text(expr), derivation);
      tried++;
      if (result.ok || result.score === 1) accepted.push(`${row.id}: ${text(expr)}`);
      if (result.code === "wrong") unnamed.push(`${row.id}: ${text(expr)}`);
    }
  }
  expect(accepted).toEqual([]);
  expect(tried).toBeGreaterThan(150);
  expect(unnamed.length / tried, unnamed.join("\n")).toBeLessThanOrEqual(0.05);
}, 120_000);

test("every kind of mistake has its own sentence", () => {
  const derivation = problem("‖tanh(W x) - y‖² + ‖W‖_F", "W: m×n, x: n, y: m", "W", "denominator", { steps: false });
  const { f, wrt } = derivation.problem;
  const said = [
    ...mutantsOf(f, wrt[0]!, { f, wrt }, [{ expr: derivation.matrices.denominator!, layout: "denominator" }]),
  ];
  expect(new Set(said.map((m) => m.code)).size).toBeGreaterThan(12);
  for (const { says } of said) expect(says).toMatch(/^\S.*[^.]$/);
});
