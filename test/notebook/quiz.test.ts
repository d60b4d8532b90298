/** A quiz and a verdict as a cell shows them. */
import { expect, test } from "vitest";
import { check, d, quiz } from "../../kernel/src/notebook/index.js";

const f = d("‖W x + b‖²", "W", { where: "W: m×n, x: n, b: m" });
const shown = (value: object): Record<string, string> =>
  (value as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!();

test("a quiz is Markdown without scripts, hints are folded, answers are not in it", () => {
  const made = quiz(f, { seed: 3, kinds: ["layout", "step", "heatmap"] });
  const markdown = shown(made)["text/markdown"]!;
  expect(markdown).not.toMatch(/<script|onclick|javascript:/i);
  expect(markdown.match(/<details>/g)!.length).toBeGreaterThanOrEqual(3);
  expect(markdown).toContain("![heatmap](data:image/png;base64,");
  expect(markdown).not.toContain("2\\,\\mathbf{x}");
  expect(shown(made)["text/plain"]).not.toContain("2*x*(W*x + b)'");
});

test("answers in later cells: the current question, the score, hints, the answer when asked for", () => {
  const made = quiz(f, { seed: 3, kinds: ["layout", "factor"] });
  expect([made.count, made.score]).toEqual([2, 0]);
  const wrong = made.answer("2 (W x + b) x'");
  expect([wrong.ok, wrong.question, wrong.left]).toEqual([false, 1, 2]);
  expect(made.hint()).toMatch(/^hint for question 1: /);
  const right = made.answer("2 x (W x + b)'");
  expect([right.ok, right.question, right.left]).toEqual([true, 1, 1]);
  expect(String(right)).toMatch(/^✓ right \(question 1\)\nnext: 2\. /);
  expect(made.score).toBe(0.5);
  expect(made.reveal()).toMatch(/^question 2: /);
  made.answer(made.reveal(2).replace("question 2: ", ""), 2);
  expect(made.score).toBe(0.5);
  expect(() => made.answer("x", 9)).toThrow("quiz: there is no question 9");
});

test("a derivation is shown line by line, numbers with their entries", () => {
  const lines = check(["d f = 2 (W x + b)' dW x", "∂f/∂W = W x x'"], f);
  expect(lines.score).toBeLessThan(0.6);
  const markdown = shown(lines)["text/markdown"]!;
  expect(markdown).toContain("| 1 | ✓ |");
  expect(markdown).toContain("| 2 | ✗ |");
  const at = {
    W: [
      [1, 2],
      [3, 4],
    ],
    x: [1, 2],
    b: [0, 1],
  };
  expect(
    check(
      [
        [10, 20],
        [24, 48],
      ],
      f,
      { at },
    ).ok,
  ).toBe(true);
  expect(
    String(
      check(
        [
          [10, 20],
          [24, 47],
        ],
        f,
        { at },
      ),
    ),
  ).toContain("1 of 4 entries differ: [2, 2]");
  expect(() => check([[1]] as never, f)).toThrow("say where they were computed");
});
