/** The forward steps of a trace as data. Values do not depend on the layout: both formulas are the same. */
import type { Expr } from "../core/expr.js";
import { isScalar, showDim } from "../core/shape.js";
import { SOURCES } from "../core/sources.js";
import { axesOf } from "../derive/indexed.js";
import { linearise } from "../derive/linearise.js";
import { substitute } from "../ops/build.js";
import { opOf } from "../ops/index.js";
import { simplify } from "../simplify/rewrite.js";
import { entryTerms } from "./entries.js";
import { fineWordsOf } from "./fineWords.js";
import { formulaOf } from "./formulas.js";
import { entryLatex, IndexNames, termsLatex } from "./indexLatex.js";
import { latexShape, latexWith, under } from "./latexWith.js";
import { localJacobian } from "./localJacobian.js";
import { matrixLatex } from "./numbersLatex.js";
import { SLOPE, type Stage, type ValueKey } from "./stages.js";
import type { Formula, TraceStep } from "./trace.js";
import type { Tracing } from "./tracing.js";
import { wordsOf } from "./words.js";

/** The input by which the local Jacobian of a forward step is shown: what the last step made. */
const throughOf = (stage: Stage): ValueKey => stage.inputs.find((key) => !/^[Wby]/.test(key))!;

export function forwardPage(stage: Stage, tracing: Tracing): TraceStep {
  const { network, structure, single, printing, values } = tracing;
  const { names } = printing;
  const context = { ...network, remark: "" };
  const { title, sentence } = structure.fine ? fineWordsOf("forward", stage.out, context) : wordsOf(stage.id, context);
  const cited = opOf(stage.expr.op).rule.cite;
  const also = stage.abstract === stage.expr ? undefined : stage.expr;
  const formula = formulaOf(
    {
      left: latexWith(structure.symbols[stage.out], names),
      right: stage.abstract,
      also,
      numeric: stage.expr,
      unrolled: writtenOut(stage, tracing),
    },
    printing,
  );
  return {
    id: stage.id,
    pass: "forward",
    title,
    rule: stage.rule,
    cite: `${SOURCES[cited.source].short} ${cited.at}`,
    sentence,
    formula: { denominator: formula, numerator: formula },
    index: indexOf(stage, tracing),
    differential: differentialOf(stage, tracing),
    operands: stage.inputs,
    local: localJacobian(single, single.stages.find(({ id }) => id === stage.id)!, throughOf(stage), {
      names,
      point: network.batch === 1 ? values.point : undefined,
      parameters: values.point,
    }),
    results: stage.out === "a" ? [stage.out, SLOPE] : [stage.out],
    checks: [],
  };
}

function writtenOut(stage: Stage, { structure }: Tracing): Expr | undefined {
  const before = structure.stages.slice(0, structure.stages.indexOf(stage));
  if (before.length === 0) return undefined;
  return before.reduceRight(
    (e, { out, abstract }) => substitute(e, new Map([[structure.symbols[out], abstract]])),
    stage.abstract,
  );
}

function indexOf(stage: Stage, { structure, printing }: Tracing): string {
  const out = structure.symbols[stage.out];
  const at = axesOf(out);
  const letters = new IndexNames();
  const left = entryLatex(out, at, letters, printing.names);
  return `${left}=${termsLatex(entryTerms(stage.abstract, at), letters, printing.names)}`;
}

function differentialOf(stage: Stage, { structure, printing }: Tracing): string {
  const inputs = stage.inputs.filter((key) => key !== "y").map((key) => structure.symbols[key]);
  const out = structure.symbols[stage.out];
  const linear = linearise(stage.abstract, new Set(inputs));
  const dF = substitute(structure.fine ? simplify(linear).expr : linear, new Map([[stage.expr, out]]));
  return `d${latexWith(out, printing.names)}=${latexWith(dF, printing.names)}`;
}

/** F0: what is given, with its shapes and numbers. */
export function inputsPage({ network, structure, printing, values }: Tracing, given: readonly ValueKey[]): TraceStep {
  const { title, sentence } = wordsOf("F0", { ...network, remark: "" });
  const name = (key: ValueKey): string => latexWith(structure.symbols[key], printing.names);
  const space = (s: Expr): string =>
    isScalar(s.shape)
      ? "\\mathbb R"
      : `\\mathbb R^{${s.shape.cols.key === "1" ? showDim(s.shape.rows) : latexShape(s)}}`;
  const matrices = given.map((key) => matrixLatex(values.tensors[key]!, printing.digits));
  const formula: Formula = {
    symbolic: given.map((key) => `${name(key)}\\in ${space(structure.symbols[key])}`).join(",\\ "),
    shapes: given.map((key) => under(name(key), latexShape(structure.symbols[key]))).join(",\\ "),
    numbers: matrices.includes(undefined) ? "" : given.map((key, i) => `${name(key)}=${matrices[i]}`).join(",\\ "),
    unrolled: "",
  };
  return {
    id: "F0",
    pass: "forward",
    title,
    rule: "given",
    cite: "",
    sentence,
    formula: { denominator: formula, numerator: formula },
    index: "",
    differential: "",
    operands: [],
    results: given,
    checks: [],
  };
}
