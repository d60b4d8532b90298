/** What the engine really makes goes through the display: everything typeset, everything readable. */
import { renderToString } from "katex";
import { declare, derivationDocument, derive, type Layout, parse, symbolsIn, traceNetwork } from "nabla";
import { expect, test } from "vitest";
import { derivationBundle, traceBundle } from "../../kernel/src/display/index.js";

const markdownOf = (text: string, where: string, by: string, layout: Layout = "denominator") => {
  const { expr } = parse(text, declare(where));
  const wrt = symbolsIn(expr, []).find((symbol) => symbol.attrs.name === by)!;
  return derivationBundle(derivationDocument(derive(expr, [wrt], { layout, text })));
};

function typeset(markdown: unknown): number {
  const formulas = [...String(markdown).matchAll(/\$\$([^$]+)\$\$|\$([^$]+)\$/g)];
  for (const [, display, inline] of formulas)
    renderToString((display ?? inline)!, { displayMode: display !== undefined, throwOnError: true, strict: "error" });
  return formulas.length;
}

test.each([
  ["norm(W*x + b)^2", "W: m×n, x: n, b: m", "W"],
  ["ln|X|", "X: n×n", "X"],
  ["tr(A*X*B)", "A: m×n, X: n×p, B: p×m", "X"],
  ["sum(log(1 + exp(-y .* (X*w))))", "X: N×n, y: N, w: n", "w"],
] as const)("%s", (text, where, by) => {
  for (const layout of ["denominator", "numerator"] as const) {
    const bundle = markdownOf(text, where, by, layout);
    expect(typeset(bundle["text/markdown"])).toBeGreaterThan(3);
    expect(bundle["text/markdown"]).toContain(`\\text{${layout} layout}`);
    // No command of LaTeX is left in the terminal form.
    expect(bundle["text/plain"]).not.toMatch(/\\|\$|undefined/);
  }
});

test("the trace of the demo network", () => {
  const bundle = traceBundle(traceNetwork());
  expect(typeset(bundle["text/markdown"])).toBeGreaterThan(14);
  expect(bundle["text/plain"]).not.toMatch(/\\|\$|undefined/);
});
