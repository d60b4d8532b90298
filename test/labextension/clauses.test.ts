/** A list inside one formula is cut where a line may end. */
import { expect, test } from "vitest";
import { clauses } from "../../labextension/src/view/clauses.js";

test("a list is cut behind its commas, each of which stays with what it follows", () => {
  expect(clauses("\\mathbf h=Wx,\\quad a=f(h),\\qquad z")).toEqual(["\\mathbf h=Wx,", "a=f(h),", "z"]);
  expect(clauses("a,b")).toEqual(["a,b"]);
});

test("braces, \\left … \\right and environments are not opened", () => {
  for (const whole of [
    "{a,\\quad b}",
    "\\left(a,\\quad b\\right)",
    "\\begin{aligned}a,\\quad b\\end{aligned}",
    "\\text{a,\\quad b}",
    "a,\\quadratic",
  ])
    expect(clauses(whole)).toEqual([whole]);
});

test("a brace that is a sign does not count", () => {
  expect(clauses("\\{a,\\quad b\\}")).toEqual(["\\{a,", "b\\}"]);
});
