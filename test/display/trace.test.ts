import { renderToString } from "katex";
import { describe, expect, test } from "vitest";
import { traceNetwork } from "../../kernel/src/calculus/index.js";
import { traceBundle } from "../../kernel/src/display/index.js";

const demo = traceNetwork();

describe("a trace", () => {
  const bundle = traceBundle(demo);
  const markdown = bundle["text/markdown"] as string;
  test("is the document itself, Markdown and text", () => {
    expect(Object.keys(bundle)).toEqual(["application/vnd.nabla.trace+json", "text/markdown", "text/plain"]);
    expect(bundle["application/vnd.nabla.trace+json"]).toBe(demo);
  });
  test("in a terminal: every step with its formula and its numbers", () => {
    const text = bundle["text/plain"] as string;
    expect(text.split("\n")[0]).toBe("Network 2–3–2, sigmoid, cross-entropy: denominator layout");
    expect(text).toContain(
      "B7  Weights 1\n    ∂L/∂W₁ = g_h xᵀ\n    ∂L/∂W1 = [0.055 0.111; −0.059 −0.119; 0.010 0.020]",
    );
    expect(text).toContain("B0  Seed\n    ∂L/∂L = 1\nB1");
  });
  test("in Markdown: one display per step, all of it typeset by KaTeX", () => {
    expect(markdown).toContain("\\begin{bmatrix}0.055 & 0.111 \\\\ -0.059 & -0.119 \\\\ 0.010 & 0.020\\end{bmatrix}");
    const displays = [...markdown.matchAll(/\$\$\n([^$]+)\n\$\$/g)];
    expect(displays).toHaveLength(demo.steps.length);
    for (const [, latex] of displays)
      renderToString(latex!, { displayMode: true, throwOnError: true, strict: "error" });
  });
  test("in numerator layout gradients are transposed", () => {
    const numerator = { ...demo, conventions: { ...demo.conventions, layout: "numerator" as const } };
    expect(traceBundle(numerator)["text/plain"]).toContain("∂L/∂W1 = [0.055 −0.059 0.010; 0.111 −0.119 0.020]");
  });
});
