/** The one face: an answer with a derivation, a statement without. */
import { expect, test } from "vitest";
import { check } from "../../../kernel/src/calculus/teach/check.js";
import { problem } from "./problem.js";

test("the examples of the design", () => {
  const f = problem("‖W x + b‖²", "W: m×n, x: n, b: m", "W");
  const answer = check("2 x (W x + b)'", f);
  expect([answer.ok, answer.message]).toEqual([false, "the transpose: numerator layout; this notebook is denominator"]);
  expect(check("tr(A B C) = tr(A C B)")).toMatchObject({ kind: "statement", verdict: "false" });
  const logdet = check("d ln|X|/dX = X^-T", { where: "X: n×n", layout: "numerator" });
  expect(logdet.verdict).toBe("false");
  expect(logdet.message).toContain("[[2, 1], [0, 1]]");
  expect(logdet.message).toContain("The notes print inv(X)' here (002, §2)");
});

test("what is returned is plain data with a score", () => {
  for (const result of [
    check("x'y = y'x"),
    check("A B = B A"),
    check("x", problem("x'x", "x: n", "x")),
    check("x +", problem("x'x", "x: n", "x")),
  ]) {
    expect(result.score).toBeGreaterThanOrEqual(0);
    expect(result.score).toBeLessThanOrEqual(1);
    expect(JSON.parse(JSON.stringify(result))).toEqual(JSON.parse(JSON.stringify({ ...result })));
    expect(typeof result.message).toBe("string");
  }
});
