/** Every identity and differential of the notes, and every form that they print wrongly. */
import { describe, expect, test } from "vitest";
import { checkStatement } from "../../../kernel/src/calculus/teach/checkStatement.js";
import { layoutOf, rows, statement, where } from "./rows.js";

const identities = rows.filter((r) => (r.mode === "equal" || r.mode === "diff") && r.expected);
const printed = rows.filter((r) => r.expected_printed !== undefined);
const derivatives = rows.filter((r) => r.mode === "deriv" && r.expr && r.expected && layoutOf(r));

describe("what the notes state and is right is true", () => {
  test("there are 44 rows of identities and differentials", () => expect(identities.length).toBe(44));
  test.each(identities.flatMap((row) => [row.expected, ...(row.alt ?? [])].map((right) => ({ row, right }))))(
    "$row.id: $right",
    ({ row, right }) => {
      const result = checkStatement(statement(row, right), { where: where(row), wrt: row.dvars });
      expect(result.message).toMatch(/^true/);
      expect(result).toMatchObject({ verdict: "true", ok: true, score: 1, code: "true" });
    },
  );
});

describe("what the notes print and is wrong is named as their slip", () => {
  test("there are 20 printed forms that are wrong", () => expect(printed.length).toBe(20));
  test.each(printed)("$id: $expected_printed", (row) => {
    const result = checkStatement(statement(row, row.expected_printed!), {
      where: where(row),
      wrt: row.dvars,
      layout: layoutOf(row),
    });
    expect(result.ok).toBe(false);
    expect(result.verdict).not.toBe("true");
    expect(result.errata.length).toBe(1);
    expect(result.message).toContain("The notes print");
    expect(result.message).toContain(result.errata[0]!.why);
    if (result.verdict === "false") expect(result.counterexample).toBeDefined();
  });
});

test("every derivative of the notes is true in its own layout", () => {
  const failed = derivatives
    .map((row) => ({
      row,
      result: checkStatement(statement(row, row.expected), { where: where(row), layout: layoutOf(row) }),
    }))
    .filter(({ result }) => !result.ok)
    .map(({ row, result }) => `${row.id}: ${result.message}`);
  expect(failed).toEqual([]);
  expect(derivatives.length).toBeGreaterThan(100);
});
