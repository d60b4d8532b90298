/** Random expressions: every line of the index style is checked, and the last line is the derivative. */
import { expect, test } from "vitest";
import { relativeError } from "../../../../kernel/src/calculus/core/dense.js";
import type { Derivative } from "../../../../kernel/src/calculus/core/derivation.js";
import { NablaError } from "../../../../kernel/src/calculus/core/errors.js";
import { containing, type Expr } from "../../../../kernel/src/calculus/core/expr.js";
import type { IndexNode } from "../../../../kernel/src/calculus/core/indexLine.js";
import { type Random, random } from "../../../../kernel/src/calculus/core/random.js";
import { dim, shape } from "../../../../kernel/src/calculus/core/shape.js";
import { derivative } from "../../../../kernel/src/calculus/derive/closed.js";
import { takenNames } from "../../../../kernel/src/calculus/derive/indexStyle/indexNames.js";
import { indexSteps } from "../../../../kernel/src/calculus/derive/indexStyle/indexSteps.js";
import { boundNames } from "../../../../kernel/src/calculus/derive/indexStyle/indexTree.js";
import { withoutLets } from "../../../../kernel/src/calculus/derive/lineState.js";
import { build as b } from "../../../../kernel/src/calculus/ops/build.js";
import { symbol } from "../../../../kernel/src/calculus/ops/leaves.js";
import { text } from "../../../../kernel/src/calculus/print/text.js";
import { goodPoint } from "../../../../kernel/src/calculus/verify/domain.js";
import { evaluateIndexForm } from "../../../../kernel/src/calculus/verify/einsum.js";
import { evaluate } from "../../../../kernel/src/calculus/verify/evaluate.js";
import { lineOf } from "./indexHelpers.js";

const WANTED = 150;
const DIMS = { m: dim("m"), n: dim("n"), "1": dim(1) };
type D = keyof typeof DIMS;
const at = (r: D, c: D) => shape(DIMS[r], DIMS[c]);
const CONSTANTS: Record<string, string> = {
  mn: "A",
  mm: "B",
  nm: "C",
  nn: "E",
  m1: "a",
  n1: "b",
  "1m": "c",
  "1n": "g",
  "11": "s",
};

/** An expression of depth at most 3 in which the variable occurs. */
function draw(seed: number): { f: Expr; x: Expr } {
  const rng: Random = random(seed);
  const pick = <T>(list: readonly T[]): T => list[rng.integer(0, list.length - 1)]!;
  const [xr, xc] = pick<[D, D]>([
    ["m", "n"],
    ["n", "1"],
    ["n", "n"],
    ["1", "1"],
  ]);
  const x = symbol(xc === "1" ? (xr === "1" ? "t" : "x") : "X", at(xr, xc));
  const leaf = (r: D, c: D): Expr => {
    if (r === xr && c === xc && rng.next() < 0.75) return x;
    if (c === xr && r === xc && rng.next() < 0.6) return b.transpose(x);
    return symbol(CONSTANTS[r + c]!, at(r, c));
  };
  const value = (r: D, c: D, depth: number): Expr => {
    if (depth <= 0 || rng.next() < 0.15) return leaf(r, c);
    const k = depth - 1;
    const inner = (): D => pick<D>(["m", "n", "n", "1"]);
    const productions: (() => Expr)[] = [
      () => b.add(value(r, c, k), value(r, c, k)),
      () => b.sub(value(r, c, k), value(r, c, k)),
      () => ((i: D) => b.mul(value(r, i, k), value(i, c, k)))(inner()),
      () => ((i: D) => b.mul(value(r, i, k), value(i, c, k)))(inner()),
      () => b.hadamard(value(r, c, k), value(r, c, k)),
      () => b.op(pick(["tanh", "sin", "sigmoid", "exp"]), [value(r, c, k)]),
      () => b.times(b.number(pick([2, -1, 0.5])), value(r, c, k)),
      () => b.transpose(value(c, r, k)),
    ];
    if (r === "1" && c === "1")
      productions.push(
        () => b.op("sum", [value(pick<D>(["m", "n"]), pick<D>(["n", "1"]), k)]),
        () => ((i: D) => b.op("tr", [value(i, i, k)]))(pick<D>(["m", "n"])),
        () => b.pow(b.op("norm", [value(pick<D>(["m", "n"]), pick<D>(["n", "1"]), k)]), 2),
        () => b.op("logsumexp", [value(pick<D>(["m", "n"]), "1", k)]),
      );
    else if (r === c)
      productions.push(
        () => b.op("inv", [b.add(value(r, r, k), b.times(b.number(3), b.eye(DIMS[r])))]),
        () => b.op("diag", [value(r, "1", k)]),
        () => b.matpow(value(r, r, k), 2),
      );
    else if (c === "1")
      productions.push(
        () => b.op("softmax", [value(r, "1", k)]),
        () => b.op("diag", [value(r, r, k)]),
      );
    return pick(productions)();
  };
  for (;;) {
    const [r, c] = pick<[D, D]>([
      ["1", "1"],
      ["1", "1"],
      ["m", "1"],
      ["m", "n"],
      ["n", "n"],
      ["1", "n"],
    ]);
    const f = value(r, c, rng.integer(1, 3));
    if (containing(f, (e) => e === x).has(f)) return { f, x };
  }
}

/** What the engine has no answer for is not asked of the page. */
function answerOf(f: Expr, x: Expr): Derivative | undefined {
  try {
    goodPoint([f], [x], 7);
    return derivative(f, [x]);
  } catch (error) {
    if (error instanceof NablaError) return undefined;
    throw error;
  }
}

const trees = (line: ReturnType<typeof lineOf>): IndexNode[] =>
  line.right.filter((n): n is IndexNode => n.kind !== "matrix");

test(`${WANTED} random expressions: lines hold, names do not collide, the last line is the derivative`, () => {
  for (let seed = 1, found = 0; found < WANTED; seed++) {
    const { f, x } = draw(seed);
    const answer = answerOf(f, x);
    if (!answer) continue;
    found++;
    const d = indexSteps(f, x);
    const where = `seed ${seed}: ${text(f)} by ${text(x)}`;
    expect(d.steps.length, where).toBeGreaterThan(0);
    const taken = takenNames([f, x, ...d.names.map((l) => l.symbol)]);
    for (const i of d.free) expect(taken.has(i.name), where).toBe(false);
    for (const step of d.steps) {
      expect(step.check.maxRelError, where).toBeLessThanOrEqual(1e-5);
      for (const name of trees(lineOf(step)).flatMap(boundNames)) {
        expect(taken.has(name), where).toBe(false);
        if (step.rule !== "index/expand")
          expect(
            d.free.some((i) => i.name === name),
            where,
          ).toBe(false);
      }
    }
    const last = lineOf(d.steps.at(-1)!).right.at(-1)!;
    if (last.kind !== "matrix") continue;
    const { point } = goodPoint([f], [x], 7);
    const tensor = [...evaluateIndexForm(answer.index, point).data].sort((p, q) => p - q);
    expect(
      relativeError(
        [...evaluate(withoutLets(d.names, last.expr), point).data].sort((p, q) => p - q),
        tensor,
      ),
      where,
    ).toBeLessThan(1e-8);
  }
});
