/** kernel/OPERATORS.md, made from the operator records and from what the engine derives for their samples. */
import type { Expr } from "../../kernel/src/calculus/core/expr.js";
import { isColumn, isRow, isScalar, type Shape } from "../../kernel/src/calculus/core/shape.js";
import { linearise } from "../../kernel/src/calculus/derive/linearise.js";
import { type Answer, answer, type Failure } from "../../kernel/src/calculus/index.js";
import { build as b } from "../../kernel/src/calculus/ops/build.js";
import type { OpDef, Sample } from "../../kernel/src/calculus/ops/define.js";
import { OPS } from "../../kernel/src/calculus/ops/index.js";
import { FACTS, symbol } from "../../kernel/src/calculus/ops/leaves.js";
import { tags } from "../../kernel/src/calculus/print/citation.js";
import { text } from "../../kernel/src/calculus/print/text.js";
import { simplify } from "../../kernel/src/calculus/simplify/rewrite.js";
import { shapeOf } from "../calculus/ops/samples.js";

const row = (...cells: readonly string[]): string => `| ${cells.map((c) => c.replaceAll("|", "\\|")).join(" | ")} |`;
const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), row(...head.map(() => "---")), ...rows].join("\n");
const code = (s: string): string => `\`${s}\``;

/** Scalars s, r; columns x, y, z; rows u, v; matrices A, B, C. */
function named(shapes: readonly Shape[]): Expr[] {
  const free = { scalar: ["s", "r"], column: ["x", "y", "z"], row: ["u", "v"], matrix: ["A", "B", "C"] };
  const kind = (s: Shape) => (isScalar(s) ? "scalar" : isColumn(s) ? "column" : isRow(s) ? "row" : "matrix");
  return shapes.map((s) => symbol(free[kind(s)].shift()!, s));
}

const dimsOf = (s: Shape): string[] =>
  isScalar(s) ? [] : isColumn(s) ? [s.rows.key] : [s.rows.key, s.cols.key].map((d) => d.replace("·", "*"));
const shapeText = (s: Shape): string => (isScalar(s) ? "scalar" : dimsOf(s).join("×"));

/** Records that stand in answers, or that text reaches through other names. */
const ASKED = (sample: Sample): boolean => (sample.attrs?.order ?? 0) === 0;

function operatorRows(op: OpDef): string[] {
  return op.sample.filter(ASKED).map((sample) => {
    const args = named(sample.args.map(shapeOf));
    const self = b.op(op.name, args, sample.attrs ?? {});
    const dF = simplify(linearise(self, new Set(args))).expr;
    return row(
      code(text(self)),
      `${args.map((a) => shapeText(a.shape)).join(", ")} → ${shapeText(self.shape)}`,
      op.doc,
      op.domain ?? "",
      code(text(dF)),
      args.map((a) => derivative(self, args, nameOf(a))).join("<br>"),
      tags(op.cite)
        .map((t) => t.label)
        .join("; "),
    );
  });
}

const nameOf = (a: Expr): string => a.attrs.name as string;

/** The answer by one argument in denominator layout: matrix text, else the arrangement of vec's, else index form. */
function derivative(self: Expr, args: readonly Expr[], wrt: string): string {
  const functions = {
    sigma: "elementwise" as const,
    ...(self.op === "scalarfn" ? { L: { scalarOf: dimsOf(args[0]!.shape) } } : {}),
  };
  const made = answer(
    {
      id: wrt,
      expr: text(self),
      vars: Object.fromEntries(args.map((a) => [nameOf(a), dimsOf(a.shape)])),
      wrt: [wrt],
      functions,
    },
    () => 0,
  );
  if (!made.ok && made.error.code === "unknown_function") return "stands in derivations, is not typed";
  if (!made.ok) throw new Error(`${text(self)} by ${wrt}: ${made.error.message}`);
  return shown(made, wrt);
}

function shown(made: Answer, wrt: string): string {
  if (made.matrix) return `∂/∂${wrt} = ${code(made.matrix)}`;
  return made.vec ? `∂vec/∂vec(${wrt})ᵀ = ${code(made.vec)}` : `∂/∂${wrt}: index form`;
}

/** One question for every kind; the engine says which forms its answer has. */
const KINDS: readonly (readonly [kind: string, expr: string, wrt: readonly string[]])[] = [
  ["scalar by scalar", "tr(s^2*A)", ["s"]],
  ["scalar by vector", "x'*A*x", ["x"]],
  ["scalar by matrix", "logdet(A)", ["A"]],
  ["vector by scalar", "A*x*s^2", ["s"]],
  ["vector by vector", "softmax(A*x)", ["x"]],
  ["vector by matrix", "A*x", ["A"]],
  ["matrix by scalar", "inv(A + s*B)", ["s"]],
  ["matrix by vector", "x*x'", ["x"]],
  ["matrix by matrix", "inv(A)", ["A"]],
  ["matrix by matrix", "A.*B", ["A"]],
  ["Hessian of a scalar by a vector", "log(1 + exp(x'*y))", ["x", "x"]],
  ["Hessian of a scalar by a matrix", "tr(A'*B*A)", ["A", "A"]],
  ["mixed second derivative", "x'*A*y", ["x", "y"]],
  ["mixed second derivative", "x'*A*y", ["A", "y"]],
];
const VARS = { A: ["n", "n"], B: ["n", "n"], x: ["n"], y: ["n"], s: [] };

function kindRow([kind, expr, wrt]: (typeof KINDS)[number]): string {
  const made: Answer | Failure = answer({ id: kind, expr, vars: VARS, wrt }, () => 0);
  if (!made.ok) throw new Error(`${expr}: ${made.error.message}`);
  const form = (t: string | null): string => (t ? code(t) : "–");
  return row(kind, code(expr), wrt.join(", "), String(made.order), form(made.matrix), form(made.vec));
}

export function operatorsPage(): string {
  return `${[
    "# What is supported",
    "Made from the operator list and from what the engine derives; `npm run docs:operators` writes it again.",
    "## Operators",
    "Differentials hold in every layout; derivatives are in denominator layout, and `∂vec/∂vec` is the Jacobian of the columns stacked. Where a domain is given, the derivative holds inside it.",
    table(
      ["what you type", "shapes", "what it is", "domain", "differential", "derivative", "source"],
      OPS.flatMap(operatorRows),
    ),
    "## Kinds of derivatives",
    "Every answer has an index form, of any order. A matrix form exists up to order two; a form of vec's where Kronecker products reach it.",
    table(["kind", "for example", "by", "order", "matrix form", "form of vec's"], KINDS.map(kindRow)),
    "## Facts",
    `A declaration may state facts, as \`A: n×n symmetric\`: ${FACTS.map(code).join(", ")}. They shorten answers, and each use is printed as a condition.`,
  ].join("\n\n")}\n`;
}
