/** The Matrix Cookbook through the contract of the command line: by its numbers, and by the texts of its answers. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { relativeError } from "../../kernel/src/calculus/core/dense.js";
import { treeSize } from "../../kernel/src/calculus/core/expr.js";
import { type Answer, answer, type Failure, type Request } from "../../kernel/src/calculus/index.js";
import { declare } from "../../kernel/src/calculus/text/declare.js";
import { parse } from "../../kernel/src/calculus/text/parse.js";
import { goodPoint } from "../../kernel/src/calculus/verify/domain.js";
import { evaluate } from "../../kernel/src/calculus/verify/evaluate.js";

interface Case extends Request {
  readonly id: string;
}
interface NumericCase extends Case {
  readonly expected: { readonly shape: readonly number[]; readonly data: readonly number[] };
}
interface TextCase extends Case {
  readonly expected_denominator_layout: string | null;
  readonly expected_vec_numerator_layout?: string;
  readonly structured?: unknown;
}

const load = <T>(file: string): readonly T[] =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, file), "utf8")).cases;
const numeric = load<NumericCase>("cookbook-numeric.json");
/** (138)–(142) count the free entries of a symmetric or diagonal variable. */
const texts = load<TextCase>("cookbook.json").map(
  (c): TextCase => (c.structured === undefined ? c : { ...c, structure: "symmetric-entries" }),
);

const asked = ({ id, expr, vars, wrt, constraints, dims, bindings, structure }: Case): Answer | Failure =>
  answer(
    {
      id,
      expr,
      vars,
      wrt,
      ...(constraints ? { constraints } : {}),
      ...(dims ? { dims } : {}),
      ...(bindings ? { bindings } : {}),
      ...(structure ? { structure } : {}),
    },
    () => 0,
  );

/** The measure of the file: 1e-6 of the largest entry, and 1e-9. */
function right({ tensor }: Answer, { expected }: NumericCase): boolean {
  const scale = Math.max(...expected.data.map(Math.abs));
  return (
    tensor!.shape.join() === expected.shape.join() &&
    expected.data.every((x, i) => Math.abs(x - tensor!.data[i]!) <= 1e-6 * scale + 1e-9)
  );
}

test(`the ${numeric.length} derivatives with bindings: all right, none wrong, none refused`, () => {
  const verdicts = numeric.map((c) => {
    const made = asked(c);
    return [c.id, made.ok ? (right(made, c) ? "right" : "wrong") : made.error.message] as const;
  });
  expect(verdicts.filter(([, verdict]) => verdict !== "right")).toEqual([]);
  expect(numeric.length).toBe(128);
});

describe("answers as text", () => {
  const cases = texts.flatMap((c) => [
    ...(c.expected_denominator_layout ? [[c.id, "matrix", c.expected_denominator_layout, c] as const] : []),
    ...(c.expected_vec_numerator_layout ? [[c.id, "vec", c.expected_vec_numerator_layout, c] as const] : []),
  ]);

  test.each(cases)("%s has the %s %s", (_id, form, want, c) => {
    const scope = declare(c.vars, { constraints: c.constraints });
    const made = asked(c) as Answer;
    const [expr, expected] = [parse(made[form]!, scope).expr, parse(want, scope).expr];
    for (const seed of [21, 22, 23]) {
      const wrt = c.wrt.map((name) => scope.symbols.get(name)!);
      const { point } = goodPoint([expr, expected, ...wrt], [], seed);
      expect(relativeError(evaluate(expr, point).data, evaluate(expected, point).data, 1e-6)).toBeLessThan(1e-9);
    }
  });

  test("are as short as the Cookbook's: median of the nodes at most 1.0 times, none above 1.3 times", () => {
    const ratios = cases.map(([id, form, want, c]) => {
      const scope = declare(c.vars, { constraints: c.constraints });
      const size = (text: string): number => treeSize(parse(text, scope).expr);
      return { id, ratio: size((asked(c) as Answer)[form]!) / size(want) };
    });
    ratios.sort((a, b) => a.ratio - b.ratio);
    expect(ratios[Math.floor((ratios.length - 1) / 2)]!.ratio).toBeLessThanOrEqual(1);
    expect(ratios.filter((r) => r.ratio > 1.3)).toEqual([]);
  });
});
