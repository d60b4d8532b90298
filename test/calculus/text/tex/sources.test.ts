/** What the notes and the Matrix Cookbook hold, printed as LaTeX and read back: the values are the same. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { relativeError } from "../../../../kernel/src/calculus/core/dense.js";
import { sameShape } from "../../../../kernel/src/calculus/core/shape.js";
import { latex } from "../../../../kernel/src/calculus/print/latex.js";
import { declare } from "../../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../../kernel/src/calculus/text/parse.js";
import type { Declarations } from "../../../../kernel/src/calculus/text/scope.js";
import { texText } from "../../../../kernel/src/calculus/text/tex/texText.js";
import { goodPoint } from "../../../../kernel/src/calculus/verify/domain.js";
import { evaluate } from "../../../../kernel/src/calculus/verify/evaluate.js";
import { rowsOf, scopeOf } from "../../../seeds/rows.js";

interface Case {
  readonly id: string;
  readonly expr: string;
  readonly vars: Record<string, string[]>;
  readonly constraints?: Record<string, string[]>;
  readonly expected_denominator_layout: string | null;
  readonly expected_vec_numerator_layout?: string;
}
type Form = readonly [id: string, text: string, scope: Declarations, dvars: readonly string[]];

const SEED = 31;
const file = path.resolve(import.meta.dirname, "../../../cookbook/cookbook.json");
const cases: readonly Case[] = JSON.parse(readFileSync(file, "utf8")).cases;

const cookbook = cases.flatMap((c): Form[] => {
  const scope = declare(c.vars, { constraints: c.constraints });
  const texts = [c.expr, c.expected_denominator_layout, c.expected_vec_numerator_layout];
  return texts.flatMap((t) => (t ? [[c.id, t, scope, []] as const] : []));
});
const notes = ["deriv", "equal", "diff"]
  .flatMap(rowsOf)
  .flatMap((row): Form[] =>
    [row.expr, row.expected, ...(row.alt ?? [])].map((t) => [row.id, t, scopeOf(row), row.dvars ?? []] as const),
  );

/** What the page does not say: the length of 𝟏 that stands alone or in s𝟏 + y, the shape of 0. */
const UNSAID: ReadonlyMap<string, string> = new Map([
  ...["s + y", "ones(n)", "2*sum(X)*ones(m)*ones(n)'"].map(
    (text) => [text, "the length of this vector of ones is not clear"] as const,
  ),
  ["0*A", "another value"],
]);

/** What becomes of a form: "same", "another value", or the sentence of an error. */
function readBack([, text, scope, dvars]: Form): string {
  const e = parse(text, scope).expr;
  try {
    const back = texText(latex(e), scope).run((source) => parse(source, scope)).expr;
    const by = dvars.map((name) => scope.symbols.get(name)!);
    const { point } = goodPoint([e, back, ...by], by, SEED);
    const near = relativeError(evaluate(e, point).data, evaluate(back, point).data, 1e-6) < 1e-9;
    return near && sameShape(e.shape, back.shape) ? "same" : "another value";
  } catch (error) {
    return (error as Error).message;
  }
}

test.each([
  ["the notes", notes],
  ["the Matrix Cookbook", cookbook],
] as const)("%s read back, but for what the page does not say", (_source, forms) => {
  const wrong = forms
    .map((form) => [form[0], form[1], readBack(form)] as const)
    .filter(([, text, what]) => what !== (UNSAID.get(text) ?? "same"));
  expect(wrong).toEqual([]);
  expect(forms.length).toBeGreaterThan(200);
});
