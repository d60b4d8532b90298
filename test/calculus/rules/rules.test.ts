/** Every rewrite rule by a line of its own, and proved with numbers. */
import { describe, expect, test } from "vitest";
import { relativeError } from "../../../kernel/src/calculus/core/dense.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { RULES } from "../../../kernel/src/calculus/rules/index.js";
import { simplify } from "../../../kernel/src/calculus/simplify/rewrite.js";
import { goodPoint } from "../../../kernel/src/calculus/verify/domain.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { CASES, read } from "./cases.js";

const SEEDS = [1, 2, 3, 4, 5];
const titled = CASES.map(([id, before, after]) => {
  const expr = typeof before === "string" ? read(before) : before();
  return [id, text(expr), after, expr] as const;
});

describe("one line per rule", () => {
  test.each(titled)("%s: %s → %s", (id, _before, after, expr) => {
    const rules = RULES.filter((r) => r.id === id);
    const { expr: made, used } = simplify(expr, { rules });
    expect(used).toEqual([id]);
    expect(text(made)).toBe(text(read(after)));
  });

  test.each(titled)("%s: %s equals %s at %#-seeded points inside the domain", (_id, _before, after, expr) => {
    for (const seed of SEEDS) {
      const made = read(after);
      const { point } = goodPoint([expr, made], [], seed);
      expect(relativeError(evaluate(made, point).data, evaluate(expr, point).data)).toBeLessThan(1e-12);
    }
  });
});

describe("the table", () => {
  test("has a line for every rule and no rule twice", () => {
    const ids = RULES.map((r) => r.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(CASES.map(([id]) => id))].sort()).toEqual([...ids].sort());
  });

  test("says what every rule does", () => {
    for (const rule of RULES) {
      expect(rule.says, rule.id).not.toBe("");
      expect(rule.ops.length, rule.id).toBeGreaterThan(0);
    }
  });
});

describe("facts", () => {
  test("are not used about a variable that is still to be differentiated by", () => {
    const frozen = new Set(["S", "Q", "b", "h", "t"]);
    for (const source of ["S'", "Q'*Q", "b.^2", "abs(h)", "sum(t)"])
      expect(simplify(read(source), { frozen }).expr).toBe(read(source));
  });

  test.each([
    ["S'", "S' = S, since S is symmetric"],
    ["Q'*Q", "Q'Q = I, since Q is orthogonal"],
    ["b.^2", "b∘b = 1, since b is ±1"],
    ["sum(t)", "1't = 1, since t is a distribution"],
    ["abs(h)", "h is positive"],
  ])("%s leaves its condition: %s", (source, condition) => {
    expect(simplify(read(source)).conditions).toEqual([condition]);
  });
});
