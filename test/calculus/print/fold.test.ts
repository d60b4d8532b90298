/** Long pages: what repeats is stated once for k, and only where every line is what the general one says. */
import { expect, test } from "vitest";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { derivationDocument } from "../../../kernel/src/calculus/document.js";
import { substitute } from "../../../kernel/src/calculus/ops/build.js";
import { folded, foldedList, folds, rangeText } from "../../../kernel/src/calculus/print/fold.js";
import { plain } from "../../../kernel/src/calculus/print/plain.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parseProgram } from "../../../kernel/src/calculus/text/program.js";

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

function layers(n: number) {
  const scope = declare(
    `${count(n)
      .map((i) => `W${i}: n×n`)
      .join(", ")}, x: n, t: n`,
  );
  const parts = count(n).map((i) => `h${i} = W${i}*${i === 1 ? "x" : `a${i - 1}`}; a${i} = tanh(h${i});`);
  const program = parseProgram(`${parts.join(" ")} norm(a${n} - t)^2`, scope);
  const lets = program.lets.map((part) => ({ symbol: part.symbol, value: part.expr }));
  return derive(program.result, [scope.symbols.get("W1")!], { style: "chain", lets });
}

const chainPage = (n: number) => derivationDocument(layers(n)).pages.find((p) => p.style === "chain")!;

test("30 layers print the lines of one layer for k; the steps keep all lines with their checks", () => {
  const derivation = layers(30);
  expect(derivation.steps).toHaveLength(62);
  const lines = plain(derivation).split("\n");
  expect(lines.find((l) => l.startsWith("h1 = "))).toBe(
    "h1 = W1*x; a1 = tanh(h1); h2 = W2*a1; a2 = tanh(h2); h3 = W3*a2; a_(k-1) = tanh(h_(k-1)); h_k = W_k*a_(k-1) (k = 4, …, 29); a29 = tanh(h29); h30 = W30*a29; a30 = tanh(h30); f = norm(a30 - t)^2; g_a30 := df/da30   [let] 002 §2 (used)",
  );
  const derivatives = lines.filter((l) => /^g_/.test(l)).map((l) => l.split("   ")[0]!.trim());
  expect(derivatives).toEqual([
    "g_a30 = 2*(a30 - t)",
    "g_h30 = diag(1 - a30.^2)*g_a30 = (1 - a30.^2).*g_a30",
    "g_a29 = W30'*g_h30",
    "g_h29 = diag(1 - a29.^2)*g_a29 = (1 - a29.^2).*g_a29",
    "g_a28 = W29'*g_h29",
    "g_h_k = diag(1 - a_k.^2)*g_a_k = (1 - a_k.^2).*g_a_k (k = 28, …, 3)",
    "g_a_(k-1) = W_k'*g_h_k (k = 28, …, 3)",
    "g_h2 = diag(1 - a2.^2)*g_a2 = (1 - a2.^2).*g_a2",
    "g_a1 = W2'*g_h2",
    "g_h1 = diag(1 - a1.^2)*g_a1 = (1 - a1.^2).*g_a1",
  ]);
});

test("the document has the general lines on the page and the folded ones in a section below", () => {
  const page = chainPage(30);
  expect(page.lines).toHaveLength(12);
  expect(page.lines[7]).toMatchObject({
    left: "\\mathbf g_{a_{k-1}}",
    right: ["\\mathbf W_{k}^\\top\\,\\mathbf g_{h_{k}}"],
  });
  expect(page.lines[7]!.note).toContain("k=28,\\dots,3");
  const [section] = page.folded;
  expect(section!.title).toBe("The 52 lines for $k = 28, \\dots, 3$");
  expect(section!.lines).toHaveLength(52);
  expect(section!.lines[1]!.left).toBe("\\mathbf g_{a_{27}}");
});

test("a short page is printed whole", () => {
  const page = chainPage(8);
  expect(page.lines).toHaveLength(18);
  expect(page.folded.filter((f) => /^The \d+ lines/.test(f.title))).toEqual([]);
});

const page = (n: number, line: (i: number) => string, rule: (i: number) => string = () => "") =>
  count(n).map((i) => ({ rule: rule(i), parts: [line(i)] }));

test.each([
  ["a coefficient that grows", page(30, (i) => `h = ${i}*x`)],
  ["numbers that go by two", page(30, (i) => `h${2 * i} = x`)],
  [
    "another rule on every second line",
    page(
      30,
      (i) => `h${i} = x`,
      (i) => String(i),
    ),
  ],
  ["names that grow faster than others", page(30, (i) => `h${i} = a${2 * i}`)],
  ["equal lines", page(30, () => "h = x")],
])("%s is no fold", (_, lines) => {
  expect(folds(lines)).toEqual([]);
});

test("one line that differs ends a fold", () => {
  const lines = page(40, (i) => (i === 20 ? "h20 = y" : `h${i} = a${i}`));
  const found = folds(lines);
  expect(found.map(({ from, to, first, last }) => [from, to, first, last])).toEqual([
    [2, 18, 3, 18],
    [22, 39, 23, 39],
  ]);
  const printed = folded(lines, found, (fold) => fold.general.map((parts) => ({ rule: "", parts })));
  expect(printed.map((l) => l.parts[0])).toEqual([
    "h1 = a1",
    "h2 = a2",
    "h_k = a_k",
    "h19 = a19",
    "h20 = y",
    "h21 = a21",
    "h22 = a22",
    "h_k = a_k",
    "h40 = a40",
  ]);
});

test("a name k takes the letter", () => {
  const list = count(20).map((i) => `h${i} = k*a${i}`);
  expect(foldedList(list, rangeText)[2]).toBe("h_i = k*a_i (i = 3, …, 19)");
});

test("a text of two to the twentieth parts is refused and not made", () => {
  const scope = declare("x: n");
  const squares = count(20).map((i) => (i === 1 ? "h1 = tanh(x.*x);" : `h${i} = tanh(h${i - 1}.*h${i - 1});`));
  const program = parseProgram(`${squares.join(" ")} sum(h20)`, scope);
  const whole = program.lets.reduceRight(
    (out, part) => substitute(out, new Map([[part.symbol, part.expr]])),
    program.result,
  );
  expect(() => text(whole)).toThrow("an expression with all its names written out is too long to be printed");
});
