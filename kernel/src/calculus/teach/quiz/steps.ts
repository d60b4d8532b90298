/** "Which factor is missing?" and "What is the next line?", from the answer and the lines of the page. */
import { type Expr, topological } from "../../core/expr.js";
import { sameShape, showShape } from "../../core/shape.js";
import type { DifferentialLine, Let, Step } from "../../core/step.js";
import { expandDifferentials } from "../../derive/linearise.js";
import { withoutLets } from "../../derive/lineState.js";
import { substitute } from "../../ops/build.js";
import { isNumber, isSymbol, nameOf } from "../../ops/leaves.js";
import { parse } from "../../text/parse.js";
import { type Declarations, withSymbol } from "../../text/scope.js";
import { judgeAnswer } from "../checkAnswer.js";
import { surelyEqual } from "../compare.js";
import { type Maker, verdict } from "./define.js";
import { judgeText } from "./forms.js";
import { blank, say } from "./say.js";

/** One factor of the answer is left out. */
export const factorQuestion: Maker = ({ derivation, target, rng, scope }) => {
  const products = topological(target.here).filter((e) => e.op === "mul" || e.op === "hadamard");
  const outer = products[products.length - 1];
  const factors = outer?.args.filter((a) => !isNumber(a)) ?? [];
  if (!outer || factors.length < 2) return undefined;
  const factor = factors[rng.integer(0, factors.length - 1)]!;
  const hole = blank(factor.shape);
  const holed = substitute(target.here, new Map([[factor, hole]]));
  const names = topological(factor).filter(isSymbol).map(nameOf);
  return {
    kind: "factor",
    prompt: say`The derivative of ${target.of} by ${target.by} is ${holed} in ${target.layout} layout. Which factor belongs in ▢?`,
    choices: [],
    hints: [
      say`The factor is ${showShape(factor.shape)}.`,
      say`It is made of ${[...new Set(names)].join(", ") || "numbers"}.`,
    ],
    judge: (answer) =>
      judgeText(answer, (written) => {
        const { expr } = parse(written, scope);
        if (!sameShape(expr.shape, factor.shape))
          return verdict(false, `this is ${showShape(expr.shape)}; the factor is ${showShape(factor.shape)}`, {
            code: "shape",
          });
        const whole = substitute(holed, new Map([[hole, expr]]));
        const { ok, score, code, message } = judgeAnswer(whole, target, derivation, {});
        return code === "other_layout" ? verdict(false, "this is not the factor") : { ok, score, code, message };
      }),
    reveal: () => say`${factor}`,
  };
};

type Told = Step & { readonly body: DifferentialLine };

/** A line of the page is left out. */
export const stepQuestion: Maker = ({ derivation, target, rng, scope }) => {
  const told = derivation.steps.filter((s): s is Told => s.body.kind === "differential");
  if (told.length === 0) return undefined;
  const step = told[rng.integer(0, told.length - 1)]!;
  const { before, after, where = [] } = step.body;
  const lets = [...derivation.problem.lets, ...derivation.names, ...where];
  const named = where.map((l) => say`${l.symbol} = ${l.value}`.plain).join(", ");
  return {
    kind: "step",
    prompt: say`${before} = ▢${named ? ` with ${named}` : ""}, by the rule “${step.chips.join(", ")}”. What comes next?`,
    choices: [],
    hints: [
      ...(step.shape ? [say`The factors are ${step.shape}.`] : []),
      say`Every term has a differential once; symbols other than ${target.by} are constant.`,
    ],
    judge: (answer) => judgeText(answer, (written) => judgeStep(written, step, lets, target.by, inner(scope, where))),
    reveal: () => say`${after}`,
  };
};

const inner = (scope: Declarations, where: readonly Let[]): Declarations =>
  where.reduce((all, l) => withSymbol(all, nameOf(l.symbol), l.symbol), scope);

function judgeStep(
  written: string,
  { body: { before, after } }: Told,
  lets: readonly Let[],
  x: Expr,
  scope: Declarations,
) {
  const { expr } = parse(
    written.replace(/^\s*=/, (s) => " ".repeat(s.length)),
    scope,
  );
  const plain = (e: Expr): Expr => expandDifferentials(withoutLets(lets, e), new Set([x]));
  if (!sameShape(expr.shape, after.shape) || !surelyEqual(plain(expr), plain(after), [x]))
    return verdict(false, "this is not equal to the line before");
  if (expr === before && before !== after)
    return verdict(false, "right, but this is the line before: go on", { code: "same_line", score: 0.2 });
  if (open(withoutLets(lets, expr)) > open(withoutLets(lets, after)))
    return verdict(false, "right so far: a differential is still to be taken", { code: "unfinished", score: 0.5 });
  return verdict(true, "right");
}

/** Differentials of something that is no symbol. */
const open = (e: Expr): number => topological(e).filter((n) => n.op === "d" && !isSymbol(n.args[0]!)).length;
