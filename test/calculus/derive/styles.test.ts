/** The share of the Cookbook, the notes and the models that every style tells in its own lines, each line checked. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type Expr, topological } from "../../../kernel/src/calculus/core/expr.js";
import { isScalar } from "../../../kernel/src/calculus/core/shape.js";
import type { Layout, Let, Style } from "../../../kernel/src/calculus/core/step.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { withoutLets } from "../../../kernel/src/calculus/derive/lineState.js";
import { factsOf, isSymbol } from "../../../kernel/src/calculus/ops/leaves.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parseProgram } from "../../../kernel/src/calculus/text/program.js";
import type { Declarations } from "../../../kernel/src/calculus/text/scope.js";
import { rowsOf, scopeOf } from "../../seeds/rows.js";
import { MODELS } from "../models.js";

/** Relative error of a line. */
const EXACT = 1e-8;

interface Problem {
  readonly title: string;
  readonly f: Expr;
  readonly lets: readonly Let[];
  readonly wrt: readonly Expr[];
}

function problem(title: string, text: string, scope: Declarations): Omit<Problem, "wrt"> {
  const { result, lets } = parseProgram(text, scope);
  return { title: `${title}: ${text}`, f: result, lets: lets.map((l) => ({ symbol: l.symbol, value: l.expr })) };
}

interface Case {
  readonly id: string;
  readonly expr: string;
  readonly vars: Parameters<typeof declare>[0];
  readonly constraints?: Record<string, readonly string[]>;
  readonly wrt: readonly string[];
}

const cookbook = (): Problem[] =>
  ["cookbook.json", "cookbook-numeric.json"].flatMap((file) => {
    const { cases } = JSON.parse(readFileSync(path.join(import.meta.dirname, "../../cookbook", file), "utf8"));
    return (cases as readonly Case[]).map(({ id, expr, vars, constraints, wrt }) => {
      const scope = declare(vars, constraints ? { constraints } : {});
      return { ...problem(id, expr, scope), wrt: wrt.map((name) => scope.symbols.get(name)!) };
    });
  });

const notes = (): Problem[] =>
  ["deriv", "einsum", "vecjac", "kronblock", "blocklong"].flatMap(rowsOf).map((row) => {
    const scope = scopeOf(row);
    return { ...problem(row.id, row.expr, scope), wrt: [scope.symbols.get(row.wrt)!] };
  });

const variables = ({ f, lets }: Omit<Problem, "wrt">): Expr[] =>
  topological(withoutLets(lets, f)).filter((e) => isSymbol(e) && !factsOf(e).includes("constant"));

const models = (): Problem[] =>
  MODELS.flatMap(([text, vars]) => {
    const made = problem("model", text, declare(vars));
    return variables(made).map((x) => ({ ...made, wrt: [x] }));
  });

const hessians = (): Problem[] =>
  MODELS.flatMap(([text, vars]) => {
    const made = problem("model", text, declare(vars));
    const all = variables(made);
    if (!isScalar(withoutLets(made.lets, made.f).shape)) return [];
    const [x, y] = all;
    return [...all.map((v) => ({ ...made, wrt: [v, v] })), ...(y ? [{ ...made, wrt: [x!, y] }] : [])];
  });

/** Those that are told in another style than the one asked for. */
function fallBacks(style: Style, problems: readonly Problem[], layout: Layout = "denominator"): string[] {
  return problems.flatMap(({ title, f, lets, wrt }) => {
    const made = derive(f, wrt, { style, lets, layout });
    expect(made.steps.length, title).toBeGreaterThan(0);
    for (const s of made.steps) expect(s.check.maxRelError, `${title}, ${s.rule}`).toBeLessThan(EXACT);
    return made.problem.style === style ? [] : [`${title} by ${wrt.map((x) => x.attrs.name).join(", ")}`];
  });
}

describe.each(["differential", "index", "chain"] as const)("%s style", (style) => {
  const first = (problems: readonly Problem[]): Problem[] => problems.filter((p) => p.wrt.length === 1);

  test("every first derivative of the Cookbook", () => expect(fallBacks(style, first(cookbook()))).toEqual([]));
  test("every row of the notes", () => expect(fallBacks(style, notes())).toEqual([]));
  test("every model by every variable", () => expect(fallBacks(style, models())).toEqual([]), 120_000);
});

const second = (): Problem[] => [...cookbook().filter((p) => p.wrt.length === 2), ...hessians()];

describe("second derivatives, by one variable twice and by two", () => {
  test("index style: all of them", () => expect(fallBacks("index", second())).toEqual([]), 120_000);

  test.each(["denominator", "numerator"] as const)(
    "chain style in %s layout: all of them",
    (layout) => {
      const all = second();
      expect(all).toHaveLength(210);
      expect(fallBacks("chain", all, layout)).toEqual([]);
    },
    120_000,
  );
});
