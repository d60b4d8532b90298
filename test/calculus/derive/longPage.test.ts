/** A page that would become a listing says what it leaves out, and its last line is still the answer. */
import { expect, test } from "vitest";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { openDifferentials } from "../../../kernel/src/calculus/derive/lineState.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { parseProgram } from "../../../kernel/src/calculus/text/program.js";

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

test("60 named layers are told in differential style, and why is said", () => {
  const numbers = Array.from({ length: 60 }, (_, i) => i + 1);
  const scope = declare(`${numbers.map((i) => `W${i}: n×n`).join(", ")}, x: n, t: n`);
  const layers = numbers.map((i) => `a${i} = tanh(W${i}*${i === 1 ? "x" : `a${i - 1}`});`);
  const { lets, result } = parseProgram(`${layers.join(" ")} norm(a60 - t)^2`, scope);
  const named = lets.map((part) => ({ symbol: part.symbol, value: part.expr }));
  const made = derive(result, [scope.symbols.get("W1")!], { style: "index", lets: named });
  expect(made.problem.style).toBe("differential");
  expect(made.refused).toBe("the index style is not shown: its lines are too long to be written by hand");
});

test("8 named layers in index style have the differential and the coefficient, and nothing of the lines that grew", () => {
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
  const scope = declare(`${numbers.map((i) => `W${i}: n×n`).join(", ")}, x: n, t: n`);
  const layers = numbers.map((i) => `a${i} = tanh(W${i}*${i === 1 ? "x" : `a${i - 1}`});`);
  const { lets, result } = parseProgram(`${layers.join(" ")} norm(a8 - t)^2`, scope);
  const named = lets.map((part) => ({ symbol: part.symbol, value: part.expr }));
  const { steps, problem } = derive(result, [scope.symbols.get("W1")!], { style: "index", lets: named });
  expect(problem.style).toBe("index");
  expect(steps.map((s) => s.rule)).toEqual([
    "index/differential",
    "index/linear",
    "index/contract",
    "index/matrix-form",
  ]);
});
