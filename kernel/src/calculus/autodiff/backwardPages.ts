/** The backward steps of a trace as data: formulas of both layouts, index form, differential form, local Jacobian. */
import { containing, type Expr } from "../core/expr.js";
import { isMatrix, isScalar } from "../core/shape.js";
import { SOURCES } from "../core/sources.js";
import { axesOf } from "../derive/indexed.js";
import { linearise } from "../derive/linearise.js";
import { build as b, substitute } from "../ops/build.js";
import type { RuleName } from "../ops/define.js";
import { opOf } from "../ops/index.js";
import { d } from "../ops/leaves.js";
import { simplify } from "../simplify/rewrite.js";
import { type BackwardStep, unrolled, type Way, weighted } from "./backward.js";
import { entryTerms } from "./entries.js";
import { fineWordsOf } from "./fineWords.js";
import { formulaOf } from "./formulas.js";
import { entryLatex, IndexNames, termsLatex } from "./indexLatex.js";
import { latexWith } from "./latexWith.js";
import { jacobianOf, localJacobian } from "./localJacobian.js";
import { remarkOf } from "./remarks.js";
import type { Formula, Layout, TraceStep } from "./trace.js";
import { operandsOf, partialLatex, type Tracing } from "./tracing.js";
import { gradientKey } from "./values.js";
import { wordsOf } from "./words.js";

export function backwardPage(step: BackwardStep, tracing: Tracing): TraceStep {
  const { network, structure, single, printing, values } = tracing;
  const context = { ...network, remark: remarkOf(step.wrt, network, values) };
  const { title, sentence } = structure.fine ? fineWordsOf("backward", step.wrt, context) : wordsOf(step.id, context);
  const rule = ruleOf(step, structure.symbols[step.wrt]);
  const upstream = gradientKey(step.upstream);
  const stage = single.stages.find(({ id }) => id === step.stage.id)!;
  const whole = step.through === step.stage.expr || step.through === step.stage.abstract;
  return {
    id: step.id,
    pass: "backward",
    title,
    rule: rule.chip,
    cite: `${SOURCES[rule.cite.source].short} ${rule.cite.at}`,
    sentence,
    formula: formulas(step, tracing),
    index: indexOf(step, tracing),
    differential: differentialOf(step, tracing),
    operands: [...new Set([upstream, ...operandsOf(step.value, tracing)])],
    upstream,
    ...(!whole || step.others
      ? {}
      : {
          local: localJacobian(single, stage, step.wrt, {
            names: printing.names,
            point: network.batch === 1 ? values.point : undefined,
            parameters: values.point,
          }),
        }),
    results: [gradientKey(step.wrt)],
    checks: [],
  };
}

/** The rule of the operator that takes the variable. */
function ruleOf(step: BackwardStep, u: Expr): RuleName {
  let e = step.through;
  const path = containing(e, (x) => x === u);
  for (;;) {
    const next = e.args.find((a) => path.has(a));
    if (!next || next === u || (next.op === "transpose" && next.args[0] === u)) return opOf(e.op).rule;
    e = next;
  }
}

function formulas(step: BackwardStep, tracing: Tracing): Record<Layout, Formula> {
  const { structure, steps, printing, inNumerator, numeratorSymbol } = tracing;
  const symbol = structure.symbols[step.wrt];
  const parameter = step.stage.inputs.includes(step.wrt) && /^[Wb]/.test(step.wrt);
  const partial = partialLatex(symbol);
  const written = unrolled(structure, steps, step.wrt === "z" && step.also ? step.also : step.formula);
  // Of softmax a reader wants to see the Jacobian: (diag p − pp′)g.
  const J = step.stage.expr.op === "softmax" ? jacobianOf(structure, step.stage, step.wrt) : undefined;
  return {
    denominator: formulaOf(
      {
        left: parameter ? partial : latexWith(structure.gradients[step.wrt], printing.names),
        alias: parameter ? undefined : partial,
        right: J ? b.mul(J, structure.gradients[step.upstream]) : step.formula,
        also: step.also,
        numeric: J ? undefined : step.value,
        unrolled: written,
      },
      printing,
    ),
    numerator: formulaOf(
      {
        left: partial,
        right: J ? b.mul(numeratorSymbol(step.upstream), J) : inNumerator(step.formula),
        also: step.also && inNumerator(step.also),
        numeric: J ? undefined : inNumerator(step.value),
        unrolled: inNumerator(written),
      },
      printing,
    ),
  };
}

/** ∂L/∂[W2]_kl = Σ_i [g_z]_i ∂z_i/∂[W2]_kl = [g_z]_k a_l. */
function indexOf(step: BackwardStep, { structure, printing }: Tracing): string {
  const { names } = printing;
  const u = structure.symbols[step.wrt];
  const s = structure.symbols[step.upstream];
  const [variable, out] = [axesOf(u), axesOf(s)];
  // Two sums that have nothing to do with each other may both count by i.
  const lettersOf = (): IndexNames => {
    const letters = new IndexNames();
    letters.name(variable.row, isMatrix(u.shape) ? "k" : "j");
    letters.name(variable.col, isMatrix(u.shape) ? "l" : "j");
    return letters;
  };
  const letters = lettersOf();
  const by = entryLatex(u, variable, letters, names);
  const left = `\\frac{\\partial L}{\\partial ${by}}`;
  const last = termsLatex(entryTerms(step.formula, variable), lettersOf(), names);
  if (isScalar(s.shape) || step.others) return `${left}=${last}`;
  const sum = [out.row, out.col].filter((i) => i !== undefined).map((i) => letters.of(i));
  const g = entryLatex(structure.gradients[step.upstream], out, letters, names);
  const local = `\\frac{\\partial ${entryLatex(s, out, letters, names)}}{\\partial ${by}}`;
  return `${left}=\\sum_{${sum.join(",")}}${g}\\,${local}=${last}`;
}

/** dL = g_z′dz = g_z′(dW2)a = tr(a g_z′ dW2): what the derivative is read off from. */
function differentialOf(step: BackwardStep, { structure, printing }: Tracing): string {
  const u = structure.symbols[step.wrt];
  const ways = [{ through: step.through, upstream: step.upstream }, ...(step.others ?? [])];
  const along = (of: (way: Way) => readonly [G: Expr, F: Expr, by: Expr]): Expr =>
    b.add(
      ...ways.map((way) => {
        const [G, F, by] = of(way);
        const linear = linearise(weighted(G, F), new Set([by]));
        return structure.fine ? simplify(linear).expr : linear;
      }),
    );
  const { symbols, gradients } = structure;
  const outputs = new Map<Expr, Expr>(structure.stages.map((stage) => [stage.expr, structure.symbols[stage.out]]));
  const through = along(({ through, upstream }) => [gradients[upstream], through, u]);
  const factor = simplify(b.transpose(step.formula)).expr;
  const read = isMatrix(u.shape) ? b.op("tr", [b.mul(factor, d(u))]) : b.mul(factor, d(u));
  const lines = [
    ...(step.upstream === "L"
      ? []
      : [along(({ upstream }) => [gradients[upstream], symbols[upstream], symbols[upstream]])]),
    substitute(through, outputs),
    read,
  ].map((e) => latexWith(e, printing.names));
  return ["dL", ...lines.filter((line, i) => line !== lines[i - 1])].join("=");
}

export const SEED_ID = "B0";

/** ∂L/∂L = 1. */
export function seedPage({ network }: Tracing): TraceStep {
  const { title, sentence } = wordsOf(SEED_ID, { ...network, remark: "" });
  const line = "\\frac{\\partial L}{\\partial L}=1";
  const formula: Formula = {
    symbolic: line,
    shapes: "\\underbrace{\\frac{\\partial L}{\\partial L}}_{1}=1",
    numbers: line,
    unrolled: "",
  };
  return {
    id: SEED_ID,
    pass: "backward",
    title,
    rule: "seed",
    cite: `${SOURCES.handwritten.short} reverse AD table`,
    sentence,
    formula: { denominator: formula, numerator: formula },
    index: line,
    differential: "dL=1\\cdot dL",
    operands: ["L"],
    results: [gradientKey("L")],
    checks: [],
  };
}
