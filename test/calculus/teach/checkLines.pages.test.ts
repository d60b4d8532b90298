/** Our own pages, handed in as derivations: every line is right; with one line spoilt, that line is named. */
import { expect, test } from "vitest";
import type { Derivation } from "../../../kernel/src/calculus/core/derivation.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { checkLines } from "../../../kernel/src/calculus/teach/checkLines.js";
import { problem } from "./problem.js";
import { rows, where } from "./rows.js";

interface Page {
  readonly id: string;
  readonly derivation: Derivation;
  readonly lines: readonly string[];
  /** Which of them are differentials. */
  readonly told: readonly number[];
}

function pageOf(id: string, derivation: Derivation, by: string): Page | undefined {
  const { steps, names, matrices } = derivation;
  if (!matrices.denominator) return undefined;
  const lines = names.map((n) => `let ${text(n.symbol)} = ${text(n.value)}`);
  const told: number[] = [];
  for (const { body } of steps) {
    if (body.kind !== "differential") continue;
    for (const l of body.where ?? []) {
      const line = `let ${text(l.symbol)} = ${text(l.value)}`;
      if (!lines.includes(line)) lines.push(line);
    }
    lines.push(told.length > 0 ? `= ${text(body.after)}` : `d f = ${text(body.before)} = ${text(body.after)}`);
    told.push(lines.length);
  }
  lines.push(`∂f/∂${by} = ${text(matrices.denominator)}`);
  return { id, derivation, lines, told };
}

const pages = [
  ...new Map(rows.filter((r) => r.mode === "deriv" && r.expr && r.wrt).map((r) => [`${r.expr} ${r.wrt}`, r])),
]
  .map(([, row]) => pageOf(row.id, problem(row.expr, where(row), row.wrt!), row.wrt!))
  .filter((p) => p !== undefined);

test("every line of our own pages is right, and nothing is passed over", () => {
  const wrong: string[] = [];
  for (const { id, derivation, lines } of pages) {
    const result = checkLines(lines, derivation);
    if (!result.ok || result.score !== 1) wrong.push(`${id}: ${result.message}`);
    for (const line of result.lines) if (line.skips.length > 0) wrong.push(`${id}: ${line.text} skips ${line.skips}`);
  }
  console.info(`${pages.length} pages, ${wrong.length} refused`);
  expect(wrong).toEqual([]);
  expect(pages.length).toBeGreaterThan(80);
}, 60_000);

test("with one line spoilt, the page is wrong from there on", () => {
  const accepted: string[] = [];
  let tried = 0;
  for (const { id, derivation, lines, told } of pages) {
    for (const number of told) {
      const spoilt = lines.map((line, i) => (i + 1 === number ? line.replace(/= ([^=]+)$/, "= 3*($1)") : line));
      const result = checkLines(spoilt, derivation);
      tried++;
      if (result.ok || result.firstWrong !== number || result.score > 0.6)
        accepted.push(`${id}: ${spoilt[number - 1]}`);
    }
  }
  console.info(`${tried} spoilt pages, ${accepted.length} with another first wrong line`);
  expect(accepted).toEqual([]);
  expect(tried).toBeGreaterThan(200);
}, 120_000);
