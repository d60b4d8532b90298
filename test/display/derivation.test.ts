import { renderToString } from "katex";
import { describe, expect, test } from "vitest";
import { derivationBundle, expressionBundle } from "../../kernel/src/display/index.js";
import { logDeterminant, normSquared } from "./documents.js";

const form = (document: typeof normSquared, mime: string): string => derivationBundle(document)[mime] as string;

describe("a derivation", () => {
  test("has its own document, Markdown, LaTeX and text, and no HTML", () => {
    const bundle = derivationBundle(normSquared);
    expect(Object.keys(bundle)).toEqual([
      "application/vnd.nabla.derivation+json",
      "text/markdown",
      "text/latex",
      "text/plain",
    ]);
    expect(bundle["application/vnd.nabla.derivation+json"]).toBe(normSquared);
  });
  test("in Markdown: numbered lines, rules as code, citations, the boxed result with its layout", () =>
    expect(form(normSquared, "text/markdown")).toMatchInlineSnapshot(`
      "$f=\\|\\mathbf W\\mathbf x+\\mathbf b\\|^2$, $\\mathbf W\\in\\mathbb R^{m\\times n}$; by $\\mathbf W$ ($\\mathbf x,\\mathbf b$ constant)

      *differential style, denominator layout*

      $$
      \\begin{aligned}
      d\\|\\mathbf W\\mathbf x+\\mathbf b\\|^2 &= d(\\mathbf y^\\top\\mathbf y)\\,\\Big|_{\\mathbf y=\\mathbf W\\mathbf x+\\mathbf b} && \\text{(1)}\\quad \\text{norm squared; let }\\mathbf y \\\\
      &= 2(\\mathbf W\\mathbf x+\\mathbf b)^\\top(d\\mathbf W)\\,\\mathbf x && \\text{(2)}\\quad \\text{from eq. (4)} \\\\
      &= \\operatorname{tr}\\!\\big(2\\,\\mathbf x(\\mathbf W\\mathbf x+\\mathbf b)^\\top\\,d\\mathbf W\\big) && \\text{(3)}
      \\end{aligned}
      $$

      1. \`norm²\` \`let y\` — 002 §2 (used) — shape 1
      2. \`product\` \`constant\` — 002 (4) — shape 1×m · m×n · n×1
      3. \`trace/cyclic\` — 002 (12)

      $$
      \\boxed{\\frac{\\partial f}{\\partial\\mathbf W}=2(\\mathbf W\\mathbf x+\\mathbf b)\\,\\mathbf x^\\top}\\quad\\text{denominator layout}
      $$

      In numerator layout: $\\frac{\\partial f}{\\partial\\mathbf W}=2\\,\\mathbf x(\\mathbf W\\mathbf x+\\mathbf b)^\\top$

      *Twice the residual times the input, an outer product: rank 1.*

      ✓ 3 lines, 2 random points, worst 1e-15"
    `));
  test("in LaTeX: a body that compiles by itself", () =>
    expect(form(normSquared, "text/latex")).toMatchInlineSnapshot(`
      "$f=\\|\\mathbf W\\mathbf x+\\mathbf b\\|^2$, $\\mathbf W\\in\\mathbb R^{m\\times n}$; by $\\mathbf W$ ($\\mathbf x,\\mathbf b$ constant)

      \\emph{differential style, denominator layout}

      \\begin{align*}
      d\\|\\mathbf W\\mathbf x+\\mathbf b\\|^2 &= d(\\mathbf y^\\top\\mathbf y)\\,\\Big|_{\\mathbf y=\\mathbf W\\mathbf x+\\mathbf b} && \\text{norm squared; let }\\mathbf y\\ \\text{\\footnotesize [norm$^{2}$, let y; 002 §2 (used)]} \\\\
      &= 2(\\mathbf W\\mathbf x+\\mathbf b)^\\top(d\\mathbf W)\\,\\mathbf x && \\text{from eq. (4)}\\ \\text{\\footnotesize [product, constant; 002 (4)]} \\\\
      &= \\operatorname{tr}\\!\\big(2\\,\\mathbf x(\\mathbf W\\mathbf x+\\mathbf b)^\\top\\,d\\mathbf W\\big) && \\text{\\footnotesize [trace/cyclic; 002 (12)]}
      \\end{align*}

      \\[
      \\boxed{\\frac{\\partial f}{\\partial\\mathbf W}=2(\\mathbf W\\mathbf x+\\mathbf b)\\,\\mathbf x^\\top}\\quad\\text{denominator layout}
      \\]

      \\[
      \\frac{\\partial f}{\\partial\\mathbf W}=2\\,\\mathbf x(\\mathbf W\\mathbf x+\\mathbf b)^\\top\\quad\\text{numerator layout}
      \\]

      \\emph{Twice the residual times the input, an outer product: rank 1.}

      $\\checkmark$ 3 lines, 2 random points, worst 1e-15"
    `));
  test("in a terminal: the equal signs and the reasons in columns", () =>
    expect(form(normSquared, "text/plain")).toMatchInlineSnapshot(`
      "f = ‖W x + b‖², W ∈ ℝ^(m×n); by W (x, b constant)
      differential style, denominator layout

        1  d‖W x + b‖² = d(yᵀ y) | y = W x + b   [norm², let y] 002 §2 (used) {1}
        2              = 2(W x + b)ᵀ (dW) x      [product, constant] 002 (4) {1×m · m×n · n×1}
        3              = tr(2 x (W x + b)ᵀ dW)   [trace/cyclic] 002 (12)

      => ∂f/∂W = 2(W x + b) xᵀ   (denominator layout)
         ∂f/∂W = 2 x (W x + b)ᵀ   (numerator layout)

      Twice the residual times the input, an outer product: rank 1.
      ✓ 3 lines, 2 random points, worst 1e-15"
    `));
  test("an erratum is a quotation, what is folded is in details", () =>
    expect(form(logDeterminant, "text/markdown")).toMatchInlineSnapshot(`
      "$f=\\ln|\\mathbf X|$; $|\\mathbf X|$ is the *determinant* here

      *Condition:* $\\mathbf X$ invertible, $|\\mathbf X|\\gt 0$

      *differential style, numerator layout*

      $$
      \\begin{aligned}
      d\\ln|\\mathbf X| &= |\\mathbf X|^{-1}\\,d|\\mathbf X| && \\text{(1)}\\quad \\text{scalar chain rule} \\\\
      &= \\operatorname{tr}\\!\\big(\\mathbf X^{-1}d\\mathbf X\\big) && \\text{(2)}\\quad \\text{from eq. (11)}
      \\end{aligned}
      $$

      1. \`ln\` — 002 (1)
      2. \`determinant\` — 002 (11) (*erratum:* the notes cite (10) here; the form used is (11))

      $$
      \\boxed{\\frac{\\partial\\ln|\\mathbf X|}{\\partial\\mathbf X}=\\mathbf X^{-1}}\\quad\\text{numerator layout}
      $$

      > **Erratum**
      >
      > The notes print $\\mathbf X^{-\\top}$ here.
      >
      > That is the **denominator** answer.

      <details>
      <summary>Why (11)? X⁻¹ &amp; co</summary>

      By cofactors.

      $$
      \\begin{aligned}
      d|\\mathbf X| &= \\operatorname{tr}\\big(\\operatorname{adj}(\\mathbf X)\\,d\\mathbf X\\big) && \\text{(1)}
      \\end{aligned}
      $$

      1. \`adj\` — 002 (10)

      </details>

      ✓ 2 lines"
    `));
  test("an erratum in a terminal", () =>
    expect(form(logDeterminant, "text/plain")).toMatchInlineSnapshot(`
      "f = ln|X|; |X| is the determinant here
      condition: X invertible, |X| > 0
      differential style, numerator layout

        1  d ln|X| = |X|⁻¹ d|X|   [ln] 002 (1)
        2          = tr(X⁻¹ dX)   [determinant] 002 (11) (erratum: the notes cite (10) here; the form used is (11))

      => ∂ ln|X|/∂X = X⁻¹   (numerator layout)

      ! Erratum
        The notes print X⁻ᵀ here.
        That is the denominator answer.

      Why (11)? X⁻¹ & co
        By cofactors.
          1  d|X| = tr(adj(X) dX)   [adj] 002 (10)

      ✓ 2 lines"
    `));
  test("the LaTeX of a page with an erratum", () =>
    expect(form(logDeterminant, "text/latex")).toMatchInlineSnapshot(`
      "$f=\\ln|\\mathbf X|$; $|\\mathbf X|$ is the \\emph{determinant} here

      \\emph{Condition:} $\\mathbf X$ invertible, $|\\mathbf X|>0$

      \\emph{differential style, numerator layout}

      \\begin{align*}
      d\\ln|\\mathbf X| &= |\\mathbf X|^{-1}\\,d|\\mathbf X| && \\text{scalar chain rule}\\ \\text{\\footnotesize [ln; 002 (1)]} \\\\
      &= \\operatorname{tr}\\!\\big(\\mathbf X^{-1}d\\mathbf X\\big) && \\text{from eq. (11)}\\ \\text{\\footnotesize [determinant; 002 (11)]}
      \\end{align*}

      \\[
      \\boxed{\\frac{\\partial\\ln|\\mathbf X|}{\\partial\\mathbf X}=\\mathbf X^{-1}}\\quad\\text{numerator layout}
      \\]

      \\begin{quote}
      \\textbf{Erratum.} The notes print $\\mathbf X^{-\\top}$ here.

      That is the \\textbf{denominator} answer.
      \\end{quote}

      \\textbf{Why (11)? $\\mathbf X^{-1}$ \\& co}

      By cofactors.

      \\begin{align*}
      d|\\mathbf X| &= \\operatorname{tr}\\big(\\operatorname{adj}(\\mathbf X)\\,d\\mathbf X\\big) && \\text{\\footnotesize [adj; 002 (10)]}
      \\end{align*}

      $\\checkmark$ 2 lines"
    `));
  test("a document without a page says so", () =>
    expect(() => derivationBundle({ ...normSquared, pages: [] })).toThrow(
      'the derivation of "‖W x + b‖²" has no page to show',
    ));
});

test.each([normSquared, logDeterminant])("all mathematics of the Markdown is typeset by KaTeX", (document) => {
  const formulas = [...form(document, "text/markdown").matchAll(/\$\$([^$]+)\$\$|\$([^$]+)\$/g)];
  expect(formulas.length).toBeGreaterThan(3);
  for (const [, display, inline] of formulas)
    renderToString((display ?? inline)!, { displayMode: display !== undefined, throwOnError: true, strict: "error" });
});

test("the aligned environments of the LaTeX are typeset by KaTeX", () => {
  const body = form(normSquared, "text/latex");
  for (const [environment] of body.matchAll(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g))
    renderToString(environment, { displayMode: true, throwOnError: true, strict: false });
});

test("a reason that is a sentence stands in the list, its words as words", () => {
  const [page] = normSquared.pages;
  const note =
    "\\text{transpose of the factor in front of } d\\mathbf W\\text{, so that it has the shape of } \\mathbf W";
  const lines = [{ ...page!.lines[0]!, note }];
  const markdown = form({ ...normSquared, pages: [{ ...page!, lines }] }, "text/markdown");
  expect(markdown).toContain("&& \\text{(1)}\n\\end{aligned}");
  expect(markdown).toContain(
    "— transpose of the factor in front of $d\\mathbf W$, so that it has the shape of $\\mathbf W$\n",
  );
});

test("an expression is typeset, or in the grammar of the input with its shape", () =>
  expect(expressionBundle({ latex: "\\mathbf W\\mathbf x", text: "W*x", shape: "m×1" })).toEqual({
    "text/markdown": "$$\\mathbf W\\mathbf x$$",
    "text/latex": "\\[\n\\mathbf W\\mathbf x\n\\]",
    "text/plain": "W*x   (m×1)",
  }));
