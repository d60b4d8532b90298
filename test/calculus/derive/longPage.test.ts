/** A page that would become a listing says what it leaves out, and its last line is still the answer. */
import { expect, test } from "vitest";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { openDifferentials } from "../../../kernel/src/calculus/derive/lineState.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";

const LAYERS = 30;

test("30 layers end in one line that names and counts the rules it uses", () => {
  const numbers = Array.from({ length: LAYERS }, (_, i) => i + 1);
  const scope = declare(`${numbers.map((i) => `W${i}: n×n`).join(", ")}, x: n, t: n`);
  const chain = numbers.reduce((inner, i) => (i === 1 ? "W1*x" : `W${i}*tanh(${inner})`), "");
  const x = scope.symbols.get("x")!;
  const { steps } = derive(parse(`norm(${chain} - t)^2`, scope).expr, [x]);
  const rest = steps[steps.length - 2]!;
  expect(rest.chips[0]).toBe("and so on");
  expect(rest.chips).toContain("collect");
  expect(rest.rule).toMatch(/^rest \+ .*elementwise.* \+ collect$/);
  expect(rest.note).toMatch(/^\\text\{and so on: the \d+ operations that are left, by the same rules, then collect\}$/);
  expect(rest.check.maxRelError).toBeLessThan(1e-9);
  const body = rest.body as { kind: "differential"; after: Parameters<typeof derive>[0] };
  expect(openDifferentials({ line: body.after, lets: [], wrt: new Set([x]) })).toEqual([]);
});
