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
    const frozen = new Set(["S", "Q", "b", "h", "t", "D", "P", "v"]);
    const sources = ["S'", "inv(P)'", "D'", "D.*eye(n)", "Q'*Q", "inv(Q)", "norm(Q*x)", "logdet(Q)", "abs(det(P))"];
    for (const source of [...sources, "b.^2", "abs(h)", "sqrt(h.^2)", "sign(h)", "relu(v)", "sum(t)", "abs(t)"])
      expect(simplify(read(source), { frozen }).expr).toBe(read(source));
  });

  test.each([
    ["S'", "S' = S, since S is symmetric"],
    ["Q'*Q", "Q'Q = I, since Q is orthogonal"],
    ["b.^2", "b∘b = 1, since b is ±1"],
    ["sum(t)", "1't = 1, since t is a distribution"],
    ["abs(h)", "|h| = h, since h is positive"],
    ["sqrt(h.^2)", "powers of h multiply, since h is positive"],
    ["sign(h)", "sign(h) = 1, since h is positive"],
    ["relu(v)", "relu(v) = v, since v is in [0, 1]"],
    ["abs(t)", "|t| = t, since t is a distribution"],
    ["sign(b)", "sign(b) = b, since b is ±1"],
    ["inv(P)'", "P' = P, since P is spd"],
    ["D'", "D' = D, since D is diagonal"],
    ["D.*eye(n)", "D is its own diagonal, since D is diagonal"],
    ["abs(det(P))", "det(P) is positive, since P is spd"],
    ["norm(Q*x)", "Q keeps lengths, since Q is orthogonal"],
    ["logdet(Q)", "ln|det Q| = 0, since Q is orthogonal"],
    ["tr(Q'*A*Q)", "Q'Q = I, since Q is orthogonal"],
  ])("%s leaves its condition: %s", (source, condition) => {
    expect(simplify(read(source)).conditions).toEqual([condition]);
  });
});
