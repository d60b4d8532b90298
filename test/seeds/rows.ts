/** Rows of the notes as requests of the command line, and points to compare at. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Answer, answer, type Failure, type Request } from "../../kernel/src/calculus/index.js";
import type { Dense } from "../../kernel/src/calculus/core/dense.js";
import { declare } from "../../kernel/src/calculus/text/declare.js";
import { parse } from "../../kernel/src/calculus/text/parse.js";
import type { Declarations } from "../../kernel/src/calculus/text/scope.js";
import { goodPoint } from "../../kernel/src/calculus/verify/domain.js";
import type { Tensor } from "../../kernel/src/calculus/verify/einsum.js";
import { evaluate, type Point } from "../../kernel/src/calculus/verify/evaluate.js";

export interface Row {
  readonly id: string;
  readonly mode?: string;
  readonly layout: "numerator" | "denominator" | "none" | "index";
  readonly expr: string;
  readonly vars: Record<string, (string | number)[]>;
  readonly wrt: string;
  readonly dvars?: readonly string[];
  readonly expected: string;
  readonly alt?: readonly string[];
  readonly expected_printed?: string;
  readonly domain?: Record<string, string> | null;
  readonly einsum?: string;
  readonly einsum_args?: readonly string[];
  readonly order?: "var,out" | "out,var";
}

const file = path.join(import.meta.dirname, "notes-rows.json");
const ALL: readonly Row[] = JSON.parse(readFileSync(file, "utf8"));
export const rowsOf = (mode: string): readonly Row[] => ALL.filter((r) => r.mode === mode);

/** A positive determinant is no fact about entries: the points of ln|X| have one by themselves. */
const FACTS: Readonly<Record<string, readonly string[]>> = { prob: ["simplex"], pos: ["positive"], posdet: [] };

/** Dimensions of the file are text: "2" is a number. */
const dims = (list: readonly (string | number)[]): (string | number)[] =>
  list.map((d) => (/^\d+$/.test(String(d)) ? Number(d) : d));

export const requestOf = (row: Row): Request => ({
  id: row.id,
  expr: row.expr,
  vars: Object.fromEntries(Object.entries(row.vars).map(([name, list]) => [name, dims(list)])),
  constraints: Object.fromEntries(Object.entries(row.domain ?? {}).map(([name, fact]) => [name, FACTS[fact]!])),
  wrt: [row.wrt],
  layout: row.layout === "numerator" ? "numerator" : "denominator",
});

export const scopeOf = (row: Row): Declarations => {
  const { vars, constraints } = requestOf(row);
  return declare(vars, { constraints });
};

export function answered(request: Request): Answer {
  const made: Answer | Failure = answer(request, () => 0);
  if (!made.ok) throw new Error(`${request.id}: ${made.error.code}: ${made.error.message}`);
  return made;
}

/** Points inside the domain of all the texts. */
export function pointsOf(
  scope: Declarations,
  texts: readonly string[],
  seeds: readonly number[],
  by: string[] = [],
): Point[] {
  const roots = texts.map((t) => parse(t, scope).expr);
  const wrt = by.map((name) => scope.symbols.get(name)!);
  return seeds.map((seed) => goodPoint([...roots, ...wrt], wrt, seed).point);
}

/** The value of a text; undefined where it has none, as a slip whose shapes do not fit. */
export function numberOf(text: string, scope: Declarations, point: Point): Dense | undefined {
  try {
    return evaluate(parse(text, scope).expr, point);
  } catch {
    return undefined;
  }
}

/** The tensor of the answer at a point, by the request's own bindings. */
export function tensorAt(row: Row, point: Point): Tensor {
  const bindings = Object.fromEntries(
    Object.keys(row.vars).map((name) => {
      const { rows, cols, data } = point.values[name]!;
      return [name, Array.from({ length: rows }, (_, i) => Array.from(data.slice(i * cols, (i + 1) * cols)))];
    }),
  );
  const { tensor } = answered({ ...requestOf(row), dims: { ...point.sizes }, bindings });
  return { shape: tensor!.shape, data: Float64Array.from(tensor!.data) };
}
