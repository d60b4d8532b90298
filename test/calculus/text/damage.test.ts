/** A valid text in the notes' letters, damaged at one place: the error points at the damage. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { NablaError } from "../../../kernel/src/calculus/core/errors.js";
import { text as printed } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { lcg, randomExpression } from "./randomExpressions.js";

const SEED = 20_260_802;
const RUNS = 1500;

/** The names of the random expressions as the notes may write them: wider than a letter, subscripts and accents. */
const LETTERS: Readonly<Record<string, string>> = { x: "x̂", y: "y₁", u: "μ", v: "𝐯", s: "λ", t: "t₂", X: "X̃", A: "𝐀" };
const SCOPE = declare("𝐀: m×n, B: n×m, X̃: n×n, Y: m×m, x̂: n, y₁: n, μ: m, 𝐯: m, λ, t₂, L: scalar of n, σ: elementwise");

/** The same expression in other signs: names, ᵀ, ², ⁻¹, ⊙ and ‖·‖. */
const inNotes = (text: string): string =>
  text
    .replace(/(?<![A-Za-z_])(D2?_)?sigma/g, (_all, mark: string | undefined) => `${mark ?? ""}σ`)
    .replace(/(?<![\wσ.])[A-Za-z](?![\w(])/g, (name) => LETTERS[name] ?? name)
    .replace(/norm\(([^()"]*)\)/g, "‖$1‖")
    .replace(/'/g, "ᵀ")
    .replace(/(?<!\.)\^2(?![.\d])/g, "²")
    .replace(/\.\*/g, " ⊙ ");

const isValid = (text: string): boolean => {
  try {
    return Boolean(parse(text, SCOPE));
  } catch {
    return false;
  }
};

/** Valid texts with at least one name. */
const anyText = fc
  .record({ seed: fc.nat(2 ** 31), depth: fc.integer({ min: 1, max: 4 }) })
  .map(({ seed, depth }) => inNotes(printed(randomExpression(lcg(seed), depth))));

function errorAt(text: string): { error: NablaError; start: number; end: number } {
  try {
    parse(text, SCOPE);
  } catch (error) {
    if (!(error instanceof NablaError)) throw error;
    const [start, end] = error.span!;
    expect(error.text).toBe(text);
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(text.length);
    return { error, start, end };
  }
  throw new Error(`${text} was read`);
}

/** Runs a property over valid texts and the places of them that match; `damage` tells whether there was an error to judge. */
function atPlaces(pattern: RegExp, damage: (text: string, place: RegExpExecArray) => boolean): void {
  let judged = 0;
  fc.assert(
    fc.property(anyText, fc.nat(1000), (text, which) => {
      const places = [...text.matchAll(pattern)];
      fc.pre(places.length > 0 && isValid(text));
      if (damage(text, places[which % places.length]!)) judged++;
    }),
    { seed: SEED, numRuns: RUNS },
  );
  expect(judged).toBeGreaterThan(RUNS / 2);
}

const replaced = (text: string, { index, 0: token }: RegExpExecArray, by: string): string =>
  text.slice(0, index) + by + text.slice(index + token.length);

const NAME = /x̂|y₁|μ|𝐯|λ|t₂|X̃|𝐀|(?<![\w.])[BY](?!\w)/gu;

test(`a name that is not declared is the place, seed ${SEED}`, () => {
  atPlaces(NAME, (text, place) => {
    const { error, start, end } = errorAt(replaced(text, place, "q̄₇"));
    expect(error.code).toBe("unknown_symbol");
    expect([start, end]).toEqual([place.index, place.index + "q̄₇".length]);
    return true;
  });
});

test(`a bracket without its partner is the place, or lies in it, seed ${SEED}`, () => {
  atPlaces(/[()]/g, (text, place) => {
    const damaged = replaced(text, place, "");
    if (isValid(damaged)) return false;
    const { error, start, end } = errorAt(damaged);
    expect(["syntax", "bad_argument", "ambiguous", "unknown_function", "unsupported", "shape_mismatch"]).toContain(
      error.code,
    );
    if (error.code === "syntax" && /parenthesis/.test(error.message))
      expect(damaged.slice(start, end)).toBe(place[0] === "(" ? ")" : "(");
    return true;
  });
});

test(`a column in the place of a name of another shape is in the part that does not fit, seed ${SEED}`, () => {
  atPlaces(/(?<![\w.])[BY](?!\w)|X̃|𝐀/gu, (text, place) => {
    const broken = "w̃";
    const damaged = replaced(text, place, broken);
    try {
      parse(damaged, ODD);
      return false;
    } catch (error) {
      if (!(error instanceof NablaError)) throw error;
      const [start, end] = error.span!;
      expect(["shape_mismatch", "non_square", "ambiguous", "bad_argument"]).toContain(error.code);
      expect(start).toBeLessThanOrEqual(place.index);
      expect(end).toBeGreaterThanOrEqual(place.index + broken.length);
      return true;
    }
  });
});

/** With a column of a length of its own. */
const ODD = declare(
  "𝐀: m×n, B: n×m, X̃: n×n, Y: m×m, x̂: n, y₁: n, μ: m, 𝐯: m, λ, t₂, L: scalar of n, σ: elementwise, w̃: k",
);
