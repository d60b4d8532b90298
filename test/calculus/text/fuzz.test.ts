/** Whatever is typed: an expression or a NablaError whose span lies in the text. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { NablaError } from "../../../kernel/src/calculus/core/errors.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parseEquation } from "../../../kernel/src/calculus/text/equation.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { parseProgram } from "../../../kernel/src/calculus/text/program.js";
import { SCOPE } from "./reads.js";

const SEED = 20_260_801;
const PIECES =
  'W x b X s y σ L ( ) \' ^ .^ * .* / ./ + - | ‖ || ² ⁻¹ ᵀ _F , 2 1 0.5 exp tr det norm d ∂ ⊗ 𝟏 = ; T { } e "fro" eye n dX ∇ √ . 𝐗 ′ ⁻ᵀ Q [ < AB : kron diag'.split(
    " ",
  );
const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES, " ", "\n"), { maxLength: 12 }).map((a) => a.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 20 }) },
);

function answersInPlace(text: string, run: (text: string) => unknown): void {
  try {
    run(text);
  } catch (error) {
    if (!(error instanceof NablaError)) throw error;
    const [start, end] = error.span!;
    expect(error.text).toBe(text);
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(error.message).not.toMatch(/cannot be read|is not part of the grammar/);
  }
}

test.each([
  ["an expression", (text: string) => parse(text, SCOPE)],
  ["a program", (text: string) => parseProgram(text, SCOPE)],
  ["an equation", (text: string) => parseEquation(text, SCOPE)],
  ["an equation without declarations", (text: string) => parseEquation(text, declare(""))],
  ["a declaration", (text: string) => declare(text)],
])("%s", (_what, run) => {
  fc.assert(
    fc.property(anyText, (text) => answersInPlace(text, run)),
    { seed: SEED, numRuns: 3000 },
  );
});
