import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { NablaError } from "../../../kernel/src/calculus/core/errors.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { fails, SCOPE } from "./reads.js";

interface Row {
  readonly text: string;
  readonly code: string;
  /** The part that the span points at. */
  readonly at: string;
  readonly message: string;
  readonly got?: string | readonly string[];
  readonly want?: string;
  readonly hint?: string;
}

/** One error a line, whole. */
const ERRORS: readonly Row[] = readFileSync(new URL("errors.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const CODES =
  "syntax unknown_symbol unknown_function shape_mismatch non_square ambiguous bad_argument not_differentiable unsupported";

test.each(ERRORS)("$text is $code at $at", ({ text, ...whole }) => {
  expect(errorOf(text)).toEqual(whole);
});

test("the table has every error code", () => {
  expect(new Set(ERRORS.map((row) => row.code))).toEqual(new Set(CODES.split(" ")));
});

/** The error with its facts, those that it has. */
function errorOf(text: string): Omit<Row, "text"> {
  try {
    parse(text, SCOPE);
  } catch (error) {
    if (!(error instanceof NablaError)) throw error;
    const { code, message, span, got, want, hint } = error;
    return JSON.parse(JSON.stringify({ code, at: text.slice(...span!), message, got, want, hint }));
  }
  throw new Error(`${text} was read`);
}

test("both shapes are in the facts of a mismatch", () => {
  expect(() => parse("‖x + b‖", SCOPE)).toThrow(
    expect.objectContaining({ code: "shape_mismatch", got: ["n×1", "m×1"], want: "equal shapes", span: [1, 6] }),
  );
});

test("a word that splits in two ways is refused with both", () => {
  expect(fails("abc", declare("a, b, c, ab, bc"))).toMatchObject({ code: "ambiguous", at: "abc" });
});

test("depth and length are limited before anything recursive sees the text", () => {
  const started = performance.now();
  const deep = { code: "syntax", message: "nested too deeply: at most 150 levels" };
  for (const text of [
    `${"(".repeat(500)}x${")".repeat(500)}`,
    "(".repeat(20_000),
    `${"-".repeat(9999)}x`,
    `x${"'".repeat(9999)}`,
    `s${"^s".repeat(5000)}`,
    `${"ln ".repeat(6000)}x`,
    "|".repeat(19_999),
  ])
    expect(fails(text)).toMatchObject(deep);
  expect(fails("x".repeat(20_001))).toMatchObject({
    code: "syntax",
    message: "the text is too long: at most 20000 characters, got 20001",
  });
  expect(performance.now() - started).toBeLessThan(5000);
  expect(fails(`${"(".repeat(150)}x${")".repeat(150)}`)).toBeUndefined();
});
