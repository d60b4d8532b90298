/** Questions from derivations: reproducible, answered by their own answer, and by no other. */
import { describe, expect, test } from "vitest";
import { QUESTION_KINDS, quizOn } from "../../../kernel/src/calculus/teach/quiz.js";
import { problem } from "./problem.js";

const PROBLEMS = [
  problem("‖W x + b‖²", "W: m×n, x: n, b: m", "W"),
  problem("-t' log(softmax(W x))", "W: k×n, x: n, t: k simplex", "W"),
  problem("x'A x", "A: n×n, x: n", "x"),
  problem("logdet(X)", "X: n×n", "X", "numerator"),
  problem("tanh(A x)", "A: m×n, x: n", "x"),
  problem("L(W2 σ(W1 x))", "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n", "W1"),
  problem("exp(-x^2/2)", "x: scalar", "x"),
  problem("1/N ‖X w - y‖² + λ ‖w‖²", "X: N×n, w: n, y: N, λ: scalar", "w"),
] as const;
const SEEDS = [1, 2, 3, 4, 5];
const all = PROBLEMS.flatMap((p) => SEEDS.map((seed) => ({ p, seed, questions: quizOn(p, { seed }) })));

const answerOf = (revealed: string): string => /^([A-D]): /.exec(revealed)?.[1] ?? revealed;

test("the same seed asks the same questions, another seed others", () => {
  const shown = (seed: number) => quizOn(PROBLEMS[0], { seed }).map((q) => [q.prompt, q.choices, q.hints]);
  expect(shown(7)).toEqual(shown(7));
  expect(shown(7)).not.toEqual(shown(8));
});

test("every question is answered by what it reveals", () => {
  for (const { p, seed, questions } of all)
    for (const q of questions) {
      const verdict = q.judge(answerOf(q.reveal().plain));
      expect(verdict, `${p.problem.text}, seed ${seed}, ${q.kind}: ${q.prompt.plain}`).toMatchObject({
        ok: true,
        score: 1,
      });
    }
});

test("every kind of question occurs", () => {
  expect(new Set(all.flatMap(({ questions }) => questions.map((q) => q.kind)))).toEqual(new Set(QUESTION_KINDS));
});

test("one choice is right, and the others are not", () => {
  for (const { questions } of all)
    for (const q of questions.filter((x) => x.choices.length > 0)) {
      const verdicts = q.choices.map((_, i) => q.judge(String.fromCharCode(97 + i)).ok);
      expect(verdicts.filter(Boolean).length, q.prompt.plain).toBe(1);
      expect(new Set(q.choices.map((c) => c.plain)).size).toBe(q.choices.length);
    }
});

test("the answer stands neither in the question nor in a hint, but for a choice", () => {
  for (const { questions } of all)
    for (const q of questions.filter((x) => x.kind === "step" || x.kind === "layout")) {
      const shown = [q.prompt, ...q.hints].map((s) => s.plain).join(" ");
      expect(shown.includes(` ${q.reveal().plain} `), q.prompt.plain).toBe(false);
    }
});

describe("wrong answers have their reason", () => {
  const one = (kind: (typeof QUESTION_KINDS)[number], p: (typeof PROBLEMS)[number] = PROBLEMS[0]) =>
    quizOn(p, { kinds: [kind], seed: 3 })[0]!;
  test("the shape of the other layout", () => {
    const question = SEEDS.map((seed) => quizOn(PROBLEMS[0], { kinds: ["shape"], seed })[0]!).find((q) =>
      q.prompt.plain.startsWith("What is the shape"),
    )!;
    expect(question.judge("n × m")).toMatchObject({
      score: 0.5,
      message: "rows and columns are exchanged: that is numerator layout",
    });
    expect(question.judge("m x n").ok).toBe(true);
    expect(question.judge("(m, n)").ok).toBe(true);
    expect(question.judge("m by n").ok).toBe(true);
    expect(question.judge("?").code).toBe("syntax");
  });
  test("the layout that is shown already", () => {
    expect(one("layout").judge("2 (W x + b) x'")).toMatchObject({
      ok: false,
      code: "other_layout",
      message: "this is still denominator layout: transpose it",
    });
    expect(one("layout").judge("2 x (W x)'").ok).toBe(false);
  });
  test("the line before, and a line that stops half way", () => {
    const steps = SEEDS.map((seed) => quizOn(PROBLEMS[0], { kinds: ["step"], seed })[0]!);
    for (const q of steps) {
      const before = q.prompt.plain.split(" = ▢")[0]!;
      expect(q.judge(before).ok).toBe(false);
      expect(q.judge("2 (W x)' dW x").ok).toBe(false);
    }
  });
  test("a factor of another shape, a wrong factor", () => {
    const question = one("factor");
    const right = question.reveal().plain;
    expect(question.judge("norm(x)").code).toBe("shape");
    expect(question.judge(`2*(${right})`).ok).toBe(false);
  });
  test("an entry with its sign wrong; a word", () => {
    const question = one("entry");
    const value = Number(question.reveal().plain);
    expect(question.judge(String(-value)).code).toBe("sign");
    expect(question.judge(String(value / 2)).code).toBe("factor");
    expect(question.judge("two").code).toBe("syntax");
  });
});

test("kinds that are none, and kinds that a derivation does not have, are refused", () => {
  expect(() => quizOn(PROBLEMS[0], { kinds: ["essay" as never] })).toThrow("quiz: no such kind of question, essay");
  expect(() => quizOn(PROBLEMS[6], { kinds: ["heatmap"] })).toThrow(
    "quiz: this derivation has no question of these kinds",
  );
});
