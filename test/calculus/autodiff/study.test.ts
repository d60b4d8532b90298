import { describe, expect, test } from "vitest";
import { configOf, sampleOf } from "../../../kernel/src/calculus/autodiff/configOf.js";
import type { EquationPiece } from "../../../kernel/src/calculus/autodiff/equation.js";
import type { NetworkConfig } from "../../../kernel/src/calculus/autodiff/network.js";
import { gradeQuiz, type QuizItem } from "../../../kernel/src/calculus/autodiff/quiz.js";
import { type StepStudy, studyTrace } from "../../../kernel/src/calculus/autodiff/study.js";
import type { TraceDocument } from "../../../kernel/src/calculus/autodiff/trace.js";
import { traceNetwork } from "../../../kernel/src/calculus/autodiff/traceNetwork.js";
import { expectNumbers } from "./helpers.js";

/** "[g_h] [xᵀ]": what a reader sees, figures in brackets. */
const line = (pieces: readonly EquationPiece[]): string =>
  pieces
    .map((piece) => {
      if ("sign" in piece) return piece.sign;
      if ("tensor" in piece) return `[${piece.tensor}${piece.transposed ? "ᵀ" : ""}]`;
      return `<${piece.shape.join("×")}>`;
    })
    .filter((text) => text !== "")
    .join(" ");

/** Every step that is not given. */
function studied(trace: TraceDocument): Record<string, StepStudy> {
  const study = studyTrace(trace);
  return Object.fromEntries(
    trace.steps.flatMap(({ id }) => {
      const made = study(id);
      return made ? [[id, made] as const] : [];
    }),
  );
}

const BATCH: NetworkConfig = {
  X: [
    [1, 2],
    [-1, 0.5],
    [0.5, -1.5],
  ],
  Y: [
    [0, 1],
    [1, 0],
    [0, 1],
  ],
};

describe("the demo network, studied", () => {
  const study = studied(traceNetwork());

  test("equations as figures, in denominator layout", () => {
    const lines = Object.fromEntries(
      Object.entries(study).map(([id, { equation }]) => [id, line(equation.denominator)]),
    );
    expect(lines).toEqual({
      F1: "[W1] [x] + [b1]",
      F2: "s( [h] )",
      F3: "[W2] [a] + [b2]",
      F4: "\\operatorname{softmax}( [z] )",
      F5: "- [yᵀ] \\ln( [p] )",
      B1: "- [y] \\oslash [p]",
      B2: "<2×2> [g_p]",
      B3: "[g_z] [aᵀ]",
      B4: "[g_z]",
      B5: "[W2ᵀ] [g_z]",
      B6: "[g_a] \\circ [dphi]",
      B7: "[g_h] [xᵀ]",
      B8: "[g_h]",
      B9: "[W1ᵀ] [g_h]",
    });
  });

  test("numerator layout: the chain the other way round, gradients as rows", () => {
    const numerator = (id: string) => line(study[id]!.equation.numerator);
    expect(["B1", "B2", "B5", "B6", "B7"].map(numerator)).toEqual([
      "- [yᵀ] \\oslash [pᵀ]",
      "[g_p] <2×2>",
      "[g_z] [W2]",
      "[g_a] \\circ [dphiᵀ]",
      "[x] [g_h]",
    ]);
  });

  test("why a transpose stands where it stands", () => {
    expect(study.B5!.why.denominator).toBe(
      "Entry by entry: $\\frac{\\partial L}{\\partial a_{j}}=\\sum_{i}\\left[\\mathbf W_2\\right]_{ij}\\,\\left[\\mathbf g_z\\right]_{i}$. The sum over $i$ runs down the $k$ rows of $\\mathbf W_2$; a product with $\\mathbf W_2$ from the left would run along them: so $\\mathbf W_2^\\top$. $m\\times k\\cdot k\\times 1=m\\times 1$, the shape of $\\mathbf a$.",
    );
    expect(study.B7!.why.denominator).toContain(
      "$\\mathbf x$ carries the second index $l$, that of the columns: it stands as the row $\\mathbf x^\\top$.",
    );
    expect(study.B2!.why.denominator).toContain("symmetric: transposed it is itself");
    expect(study.F1!.why.denominator).toBe("");
  });

  test("what an entry is made of, to be spoken", () => {
    expect(study.B7!.spoken).toEqual([
      {
        summed: false,
        factors: [
          { tensor: "g_h", row: "row" },
          { tensor: "x", row: "col" },
        ],
      },
    ]);
    expect(study.B5!.spoken).toEqual([{ summed: true, factors: [{ tensor: "W2", col: "row" }, { tensor: "g_z" }] }]);
  });

  test("∂h/∂W1 in blocks: 6 of 18 entries, and x′⊗I column-major", () => {
    expect(study.B7!.blocks).toEqual({
      vector: "x",
      nonzero: 6,
      entries: 18,
      vec: {
        latex:
          "\\frac{\\partial \\mathbf h}{\\partial\\operatorname{vec}(\\mathbf W_1)^\\top}=\\mathbf x^\\top\\otimes \\mathbf I_m",
        shape: [3, 6],
        data: [1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 2],
      },
    });
    expect(study.B5!.blocks).toBeUndefined();
  });

  test("a line of program text", () => {
    expect(["B5", "B6", "B7"].map((id) => study[id]!.program)).toEqual([
      "g_a = W2'*g_z",
      "g_h = g_a.*dphi",
      "g_W1 = g_h*x'",
    ]);
  });
});

test("a trace of another network is refused, an unknown step has nothing", () => {
  const demo = traceNetwork();
  const { W1: _, ...tensors } = demo.tensors;
  expect(() => studyTrace({ ...demo, tensors })).toThrow("only the trace of a two-layer network can be studied");
  expect(studyTrace(demo)("B77")).toBeUndefined();
});

test("the gradient of a bias over a batch adds the rows of the upstream gradient", () => {
  expect(line(studyTrace(traceNetwork(BATCH))("B4")!.equation.denominator)).toBe("[g_zᵀ] <3×1>");
});

test.each([
  ["mse", { loss: "mse" }],
  ["mse over a batch", { ...BATCH, loss: "mse" }],
  ["binary cross-entropy", { loss: "binary-cross-entropy" }],
  ["leaky ReLU by columns", { ...BATCH, activation: "leaky-relu", conventions: { samples: "columns" } }],
  ["fused", { conventions: { fused: true } }],
  ["elementary", { conventions: { fine: true } }],
] as [string, NetworkConfig][])(
  "%s: every figure of an equation is in the document, and no sign leaves a brace open",
  (_, config) => {
    const trace = traceNetwork(config);
    const study = studied(trace);
    expect(Object.keys(study)).toEqual(trace.steps.map(({ id }) => id).filter((id) => id !== "F0" && id !== "B0"));
    for (const [id, { equation }] of Object.entries(study))
      for (const piece of [...equation.denominator, ...equation.numerator])
        if ("tensor" in piece) expect(trace.tensors, id).toHaveProperty(piece.tensor);
        else if ("sign" in piece)
          expect(piece.sign.split("{").length, `${id} ${piece.sign}`).toBe(piece.sign.split("}").length);
  },
);

test("one sample of a batch is the network of that sample", () => {
  const alone = traceNetwork(sampleOf(configOf(traceNetwork({ ...BATCH, conventions: { samples: "columns" } }))!, 0));
  const demo = traceNetwork();
  for (const [name, { data }] of Object.entries(demo.tensors)) expectNumbers(alone.tensors[name]!.data, data, 1e-15);
});

describe("questions", () => {
  const study = studied(traceNetwork());
  const item = <K extends QuizItem["kind"]>(id: string, kind: K, layout: "denominator" | "numerator" = "denominator") =>
    study[id]!.quiz[layout].find((one): one is Extract<QuizItem, { kind: K }> => one.kind === kind)!;

  test("a shape: the transpose is named", () => {
    expect(gradeQuiz(item("B7", "shape"), "3×2")).toEqual({ ok: true, message: "3×2." });
    expect(gradeQuiz(item("B7", "shape"), "2 x 3")).toEqual({
      ok: false,
      message: "2×3 is the transpose: the other layout. Here it is 3×2.",
    });
    expect(gradeQuiz(item("B7", "shape", "numerator"), "(2, 3)").ok).toBe(true);
    expect(gradeQuiz(item("B7", "shape"), "six")).toEqual({
      ok: false,
      message: "Write rows × columns, for example 3×2.",
    });
  });

  test("a formula: the wrong ones are the common mistakes, one is right", () => {
    const { choices } = item("B6", "formula");
    expect(choices.filter(({ mistake }) => mistake === undefined)).toEqual([
      { latex: "\\mathbf g_a\\circ \\phi'(\\mathbf h)" },
    ]);
    expect(choices.map(({ mistake }) => mistake)).toContain("That is φ itself; going back needs its slope φ′.");
    const right = choices.findIndex(({ mistake }) => mistake === undefined);
    expect(gradeQuiz(item("B6", "formula"), String(right))).toEqual({ ok: true, message: "" });
    expect(gradeQuiz(item("B6", "formula"), "")).toEqual({ ok: false, message: "Choose one of the formulas." });
  });

  test("every step asks for a formula among different ones", () => {
    for (const [id, { quiz }] of Object.entries(study))
      for (const layout of ["denominator", "numerator"] as const) {
        const choices = quiz[layout].flatMap((one) => (one.kind === "formula" ? one.choices : []));
        expect(choices.length, id).toBeGreaterThan(2);
        expect(new Set(choices.map(({ latex }) => latex)).size).toBe(choices.length);
        expect(choices.filter(({ mistake }) => mistake === undefined)).toHaveLength(1);
      }
  });

  test("an entry: three decimals are enough, a wrong sign is named", () => {
    const entry = item("B7", "entry");
    expect(entry.at).toEqual([1, 1]);
    expect(gradeQuiz(entry, "−0.119").ok).toBe(true);
    expect(gradeQuiz(entry, "0,119")).toEqual({
      ok: false,
      message: "It is −0.11897: the sign is the other way round.",
    });
    expect(gradeQuiz(entry, "-0.13").ok).toBe(false);
    expect(gradeQuiz(entry, "").message).toBe("Write one number.");
    expect(item("B7", "entry", "numerator").at).toEqual([1, 1]);
  });
});
