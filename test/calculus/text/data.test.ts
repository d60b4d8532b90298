/** Every expression of the notes' rows and of the Cookbook is read, and what it prints reads back to the same text. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { text as printed } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { failureOf } from "./reads.js";

interface Row {
  readonly id: string;
  readonly vars: Record<string, (string | number)[]>;
  readonly constraints?: Record<string, string[]>;
  readonly [field: string]: unknown;
}

const load = (file: string) => JSON.parse(readFileSync(path.join(import.meta.dirname, "../..", file), "utf8"));
const rows: readonly Row[] = [...load("seeds/notes-rows.json"), ...load("cookbook/cookbook.json").cases];
const FIELDS = ["expr", "expected", "expected_printed", "expected_denominator_layout", "expected_vec_numerator_layout"];

/** Printed forms whose shapes do not fit: the notes' own slips. */
const SLIPS: Readonly<Record<string, string>> = {
  "003-tr11": "sum: expected equal shapes, got 1×n and n×1",
  "004-id8": "sum: expected equal shapes, got 1×n and n×n",
};

test.each(FIELDS)("%s of every row", (field) => {
  const wrong: unknown[] = [];
  for (const row of rows) {
    const text = row[field];
    if (typeof text !== "string") continue;
    const scope = declare(row.vars, { constraints: row.constraints });
    const failure = failureOf(text, () => {
      const once = parse(text, scope).expr;
      const again = parse(printed(once), scope).expr;
      if (parse(printed(again), scope).expr !== again || printed(again) !== printed(once)) wrong.push([row.id, text]);
    });
    const slip = field === "expected_printed" ? SLIPS[row.id] : undefined;
    if (failure?.message !== slip) wrong.push([row.id, text, failure]);
  }
  expect(wrong).toEqual([]);
});
