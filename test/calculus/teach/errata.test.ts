/** The slips of the notes as data. */
import { expect, test } from "vitest";
import { checkStatement } from "../../../kernel/src/calculus/teach/checkStatement.js";
import { SLIPS } from "../../../kernel/src/calculus/teach/errata/index.js";
import { rows } from "./rows.js";

const claims = SLIPS.flatMap((slip) => (slip.claim ? [{ id: slip.id, slip, claim: slip.claim }] : []));
const statementOf = ({ left, by }: (typeof claims)[number]["claim"], right: string): string =>
  `${by ? `d(${left})/d${by}` : left} = ${right}`;

test.each(claims)("$id: what is printed is wrong, and what it should be is right", ({ claim, id }) => {
  const options = { where: claim.vars, layout: claim.layout };
  const printed = checkStatement(statementOf(claim, claim.printed), options);
  expect(printed.ok).toBe(false);
  expect(printed.errata.map((e) => e.id)).toEqual([id]);
  expect(checkStatement(statementOf(claim, claim.correct), options).verdict).toBe("true");
});

test.each(claims.filter(({ claim }) => Object.keys(claim.at).length > 0))(
  "$id: its own numbers are the counterexample where both sides have a shape",
  ({ claim }) => {
    const result = checkStatement(statementOf(claim, claim.printed), { where: claim.vars, layout: claim.layout });
    if (result.verdict === "shape_mismatch") return;
    expect(result.counterexample!.bindings).toEqual(claim.at);
  },
);

test("a slip is found under other names and in another form", () => {
  const ids = (text: string) => checkStatement(text).errata.map((e) => e.id);
  expect(ids("tr(P Q R) = tr(P R Q)")).toEqual(["003-tr14"]);
  expect(ids("tr(S)^2 = tr(S'S)")).toEqual(["003-tr12"]);
  expect(ids("d(w ./ u)/du = -diag(u)^-2")).toEqual(["003-Op-div2"]);
  expect(ids("A B = B A")).toEqual([]);
});

test("every slip says where, what, and why in whole sentences", () => {
  expect(new Set(SLIPS.map((s) => s.id)).size).toBe(SLIPS.length);
  for (const { where, printed, correct, why } of SLIPS) {
    expect(where && printed && correct).toBeTruthy();
    expect(why).toMatch(/\w.*\.$/);
  }
});

test("every printed form of the rows that is wrong has its slip", () => {
  const named = new Set(SLIPS.map((s) => s.id));
  const same: Record<string, string> = { "003-L129": "003-L23", "003-L87": "003-Op-mul", "003-L218": "003-L215" };
  const missing = rows.filter((r) => r.expected_printed && !named.has(same[r.id] ?? r.id)).map((r) => r.id);
  expect(missing).toEqual([]);
});
