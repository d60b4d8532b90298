/** A page that would become a listing says what it leaves out, and its last line is still the answer. */
import { describe, expect, test } from "vitest";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { openDifferentials } from "../../../kernel/src/calculus/derive/lineState.js";
import { derivationDocument } from "../../../kernel/src/calculus/document.js";
import { nameOf } from "../../../kernel/src/calculus/ops/leaves.js";
import { plain } from "../../../kernel/src/calculus/print/plain.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { parseProgram } from "../../../kernel/src/calculus/text/program.js";

const LAYERS = 30;

/** W30 tanh(W29 … tanh(W1 x)), with its declarations. */
const layers = (() => {
  const numbers = Array.from({ length: LAYERS }, (_, i) => i + 1);
  const scope = declare(`${numbers.map((i) => `W${i}: n×n`).join(", ")}, x: n, t: n`);
  const text = numbers.reduce((inner, i) => (i === 1 ? "W1*x" : `W${i}*tanh(${inner})`), "");
  const derived = (source: string, ...wrt: readonly string[]) =>
    derive(
      parse(source, scope).expr,
      wrt.map((name) => scope.symbols.get(name)!),
    );
  return { text, derived };
})();

describe("30 layers", () => {
  const made = layers.derived(`norm(${layers.text} - t)^2`, "W1");
  const page = plain(made).split("\n");

  test("are named, and every name has the line of its differential", () => {
    expect(made.names.map((l) => nameOf(l.symbol)).slice(0, 4)).toEqual(["h1", "a1", "h2", "a2"]);
    const lines = made.steps.filter((s) => s.body.kind === "differential" && s.body.of);
    // 59 names, f, and the last line that puts them into one another.
    expect(lines).toHaveLength(61);
    for (const s of made.steps) expect(s.check.maxRelError, s.rule).toBeLessThan(1e-9);
  });

  test("are stated once for k, names and lines alike", () => {
    expect(page).toContain("let h_k = W_k*a_(k-1) (k = 4, …, 28)");
    const told = page.filter((line) => /^d[ahy]/.test(line)).map((line) => line.replace(/\s+\[.*$/, ""));
    expect(told).toEqual([
      "dh1 = dW1*x",
      "da1 = (1 - a1.^2).*dh1",
      "dh2 = W2*da1",
      "da2 = (1 - a2.^2).*dh2",
      "dh3 = W3*da2",
      "da_(k-1) = (1 - a_(k-1).^2).*dh_(k-1) (k = 4, …, 28)",
      "dh_k = W_k*da_(k-1) (k = 4, …, 28)",
      "da28 = (1 - a28.^2).*dh28",
      "dh29 = W29*da28",
      "da29 = (1 - a29.^2).*dh29",
      "dy = W30*da29",
    ]);
  });

  test("end in the lines of f, the names put in, and what is read off", () => {
    expect(made.steps.slice(-5).map((s) => s.chips)).toEqual([
      ["norm²", "let z"],
      ["dot product"],
      ["substitute", "constant"],
      ["substitute", "collect"],
      ["read off"],
    ]);
  });

  test("on a page the folded lines stand below it", () => {
    const [first] = derivationDocument(made).pages;
    expect(first!.lines.filter((l) => l.note.includes("k=4,\\dots,28"))).toHaveLength(2);
    expect(first!.folded.map((f) => [f.title, f.lines.length])).toEqual([["The 50 lines for $k = 4, \\dots, 28$", 50]]);
    expect(first!.header.filter((line) => line.startsWith("let "))).toHaveLength(11);
  });
});

test("30 layers of a column by a matrix end in one line that names and counts the rules it uses", () => {
  const { steps, problem } = layers.derived(layers.text, "W1");
  const rest = steps.find((s) => s.chips[0] === "and so on")!;
  expect(rest.rule).toMatch(/^rest \+ .*elementwise/);
  expect(rest.note).toMatch(/^\\text\{and so on: the \d+ operations that are left, by the same rules\}$/);
  expect(rest.check.maxRelError).toBeLessThan(1e-9);
  const body = rest.body as { kind: "differential"; after: Parameters<typeof derive>[0] };
  expect(openDifferentials({ line: body.after, lets: [], wrt: new Set(problem.wrt) })).toEqual([]);
});

test("the Hessian of 12 layers: the gradient by names, then one line that counts what is left", () => {
  const text = layers.text.replace(/^.*(?=W12\*)/, "").replace(/\)+$/, ")".repeat(11));
  const { steps } = layers.derived(`norm(${text} - t)^2`, "x", "x");
  const chips = steps.map((s) => s.chips[0]);
  expect(chips.filter((c) => c === "and so on")).toHaveLength(1);
  expect(chips.slice(-2)).toEqual(["and so on", "read off"]);
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
