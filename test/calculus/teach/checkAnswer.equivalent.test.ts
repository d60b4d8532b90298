/** Right answers are never rejected: every derivative of the notes, in both layouts, in many equivalent forms. */
import { expect, test } from "vitest";
import { type Expr, topological } from "../../../kernel/src/calculus/core/expr.js";
import { isColumn, isScalar } from "../../../kernel/src/calculus/core/shape.js";
import type { Layout } from "../../../kernel/src/calculus/core/step.js";
import { build as b, rebuild, substitute } from "../../../kernel/src/calculus/ops/build.js";
import { symbol } from "../../../kernel/src/calculus/ops/leaves.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { checkAnswer } from "../../../kernel/src/calculus/teach/checkAnswer.js";
import { checkLines } from "../../../kernel/src/calculus/teach/checkLines.js";
import { problem } from "./problem.js";
import { rows, where } from "./rows.js";

/** The same value, written otherwise. */
function* rewrites(e: Expr): Generator<string> {
  const printed = text(e);
  yield printed;
  yield `0.5*(${printed} + ${printed})`;
  yield `(${printed})''`;
  yield `3*(${printed}) - (${printed}) - (${printed})`;
  if (!isScalar(e.shape)) {
    yield `eye(${e.shape.rows.key})*(${printed})`;
    yield text(b.transpose(turned(e)));
  } else yield `tr(${printed})`;
  yield text(everywhere(e, (x) => (x.op === "add" ? b.add(...[...x.args].reverse()) : x)));
  yield text(everywhere(e, (x) => (x.op === "transpose" && x.args[0]!.op === "mul" ? turned(x.args[0]!) : x)));
  yield text(everywhere(e, distributed));
  yield text(everywhere(e, (x) => (x.op === "hadamard" ? b.hadamard(...[...x.args].reverse()) : x)));
  yield text(everywhere(e, asDiagonal));
  yield text(everywhere(e, turnedScalar));
  yield text(everywhere(e, cycled));
  yield text(everywhere(e, (x) => (x.op === "inv" ? b.transpose(b.op("inv", [b.transpose(x.args[0]!)])) : x)));
  yield printed.replaceAll(".*", "∘").replaceAll("'", "ᵀ");
}

/** u .* v as diag(u) v. */
const asDiagonal = (x: Expr): Expr =>
  x.op === "hadamard" && isColumn(x.shape) && x.args.length === 2 ? b.mul(b.op("diag", [x.args[0]!]), x.args[1]!) : x;

/** a'b as its transpose, and as a trace. */
function turnedScalar(x: Expr): Expr {
  if (x.op !== "mul" || !isScalar(x.shape)) return x;
  const [first, ...rest] = x.args;
  return b.op("tr", [b.mul(...rest, first!)]);
}

/** tr(A B C) as tr(B C A). */
const cycled = (x: Expr): Expr =>
  x.op === "tr" && x.args[0]!.op === "mul" ? b.op("tr", [b.mul(...x.args[0]!.args.slice(1), x.args[0]!.args[0]!)]) : x;

function everywhere(e: Expr, change: (x: Expr) => Expr): Expr {
  const done = new Map<Expr, Expr>();
  for (const x of topological(e))
    done.set(
      x,
      change(
        rebuild(
          x,
          x.args.map((a) => done.get(a)!),
        ),
      ),
    );
  return done.get(e)!;
}

/** The transpose with its products turned round: (A B)' as B'A'. */
function turned(e: Expr): Expr {
  if (e.op === "mul") return b.mul(...[...e.args].reverse().map(turned));
  if (e.op === "add") return b.add(...e.args.map(turned));
  return b.transpose(e);
}

/** A (B + C) as A B + A C. */
function distributed(e: Expr): Expr {
  const at = e.op === "mul" ? e.args.findIndex((a) => a.op === "add") : -1;
  if (at < 0) return e;
  return b.add(...e.args[at]!.args.map((t) => b.mul(...e.args.map((a, i) => (i === at ? t : a)))));
}

const LAYOUTS: readonly Layout[] = ["denominator", "numerator"];

test("right answers to the derivatives of the notes, at least 1,000 equivalent forms in both layouts", () => {
  const rejected: string[] = [];
  let checked = 0;
  for (const row of rows.filter((r) => r.mode === "deriv" && r.expr && r.wrt)) {
    const derivation = problem(row.expr, where(row), row.wrt!, "denominator", { steps: false });
    for (const layout of LAYOUTS) {
      const right = derivation.matrices[layout];
      if (!right) continue;
      for (const answer of new Set(rewrites(right))) {
        const result = checkAnswer(answer, derivation, { layout });
        checked++;
        if (!result.ok || result.score !== 1) rejected.push(`${row.id} ${layout}: ${answer}: ${result.message}`);
      }
    }
  }
  console.info(`${checked} right answers, ${rejected.length} rejected`);
  expect(rejected).toEqual([]);
  expect(checked).toBeGreaterThan(1000);
}, 60_000);

test("parts may be named on a line of their own, with the answer in their words", () => {
  const rejected: string[] = [];
  let checked = 0;
  for (const row of rows.filter((r) => r.mode === "deriv" && r.expr && r.wrt)) {
    const derivation = problem(row.expr, where(row), row.wrt!, "denominator");
    for (const layout of LAYOUTS) {
      const right = derivation.matrices[layout];
      const part = right && topological(right).find((e) => ["add", "mul", "hadamard"].includes(e.op) && e !== right);
      if (!part) continue;
      const named = substitute(right, new Map([[part, symbol("part", part.shape)]]));
      const result = checkLines([`part = ${text(part)}`, `∂f/∂${row.wrt} = ${text(named)}`], derivation, { layout });
      checked++;
      if (!result.ok || result.score !== 1) rejected.push(`${row.id} ${layout}: ${text(named)}: ${result.message}`);
    }
  }
  console.info(`${checked} right derivations with a named part, ${rejected.length} rejected`);
  expect(rejected).toEqual([]);
  expect(checked).toBeGreaterThan(80);
}, 60_000);

test("the printed answers of the notes are right in their own layout", () => {
  const rejected = rows
    .filter((r) => r.mode === "deriv" && r.expr && r.wrt && r.expected && LAYOUTS.includes(r.layout as Layout))
    .filter((row) => {
      const derivation = problem(row.expr, where(row), row.wrt!, row.layout as Layout, { steps: false });
      return !checkAnswer(row.expected, derivation).ok;
    });
  expect(rejected.map((r) => r.id)).toEqual([]);
}, 30_000);
