/** What an answer is compared with: the derivative in the layout in force and in the other one. */
import type { Derivation } from "../../core/derivation.js";
import { NablaError } from "../../core/errors.js";
import { type Expr, topological } from "../../core/expr.js";
import { isScalar } from "../../core/shape.js";
import type { Layout } from "../../core/step.js";
import { derivative } from "../../derive/closed.js";
import { inLayout } from "../../derive/layout.js";
import { withoutLets } from "../../derive/lineState.js";
import { build as b } from "../../ops/build.js";
import { isNumber, isSymbol, nameOf } from "../../ops/leaves.js";
import { parseTokens, tokensOf } from "../../text/parse.js";
import { type Declarations, declarations, dimNames, type FunctionKind } from "../../text/scope.js";
import { partsOf } from "../statement/frame.js";

export interface Target {
  readonly layout: Layout;
  /** The answer in the layout in force. */
  readonly here: Expr;
  /** In the other layout; undefined where there is none or it is the same. */
  readonly there: Expr | undefined;
  /** What is differentiated last, and by what: the gradient for a second derivative. */
  readonly of: Expr;
  readonly by: Expr;
  /** The answer is ∂vec(F)/∂vec(X)'. */
  readonly vectorised: boolean;
}

export const otherLayout = (layout: Layout): Layout => (layout === "denominator" ? "numerator" : "denominator");

export function targetOf({ problem, result, matrices }: Derivation, layout: Layout): Target {
  const second = problem.wrt.length === 2;
  const by = problem.wrt[problem.wrt.length - 1]!;
  const of = second ? (derivative(problem.f, [problem.wrt[0]!]).matrix ?? problem.f) : problem.f;
  const base = { layout, of, by };
  const here = matrices[layout];
  const there = matrices[otherLayout(layout)];
  if (here) return { ...base, here, there: there === here ? undefined : there, vectorised: false };
  if (result.kronecker) {
    const forms = { numerator: result.kronecker, denominator: b.transpose(result.kronecker) };
    return { ...base, here: forms[layout], there: forms[otherLayout(layout)], vectorised: true };
  }
  throw new NablaError("unsupported", "this derivative has more than two axes and no closed form to compare with", {
    want: "a derivative that is a matrix, or ∂vec(F)/∂vec(X)'",
  });
}

/** The same for a part u of a derivation and one variable; undefined where no matrix holds the derivative. */
export function targetFor(u: Expr, by: Expr, layout: Layout): Target | undefined {
  const result = derivative(u, [by]);
  const { kronecker } = result;
  const forms = kronecker
    ? { numerator: kronecker, denominator: b.transpose(kronecker) }
    : { numerator: inLayout(result, "numerator"), denominator: inLayout(result, "denominator") };
  const [here, there] = [forms[layout], forms[otherLayout(layout)]];
  if (!here) return undefined;
  return { layout, of: u, by, here, there: there === here ? undefined : there, vectorised: kronecker !== undefined };
}

/** The names of a derivation: its symbols, its abstract functions, the parts that its page names. */
export function scopeOf({ problem, names, result }: Derivation): Declarations {
  const lets = [...problem.lets, ...names];
  const roots = [problem.f, problem.written, ...problem.wrt, ...lets.map((l) => l.value)];
  const symbols = new Map<string, Expr>(lets.map((l) => [nameOf(l.symbol), l.symbol]));
  const functions = new Map<string, FunctionKind>();
  const dims = new Set<string>();
  for (const e of topological(...roots, ...(result.matrix ? [result.matrix] : []))) {
    for (const name of dimNames(e.shape)) dims.add(name);
    if (isSymbol(e)) symbols.set(nameOf(e), e);
    if (e.op === "apply") functions.set(e.attrs.fn as string, { kind: "elementwise" });
    if (e.op === "scalarfn") functions.set(e.attrs.fn as string, { kind: "scalarOf", shape: e.args[0]!.shape });
  }
  return declarations({ symbols, functions, dims });
}

export interface Given {
  readonly expr: Expr;
  readonly notes: readonly string[];
}

/** Reads an answer; of "∂f/∂W = 2 (W x + b) x'" what stands behind the last equals sign. */
export function readAnswer(text: string, derivation: Derivation, scope: Declarations, target: Target): Given {
  const parts = partsOf(tokensOf(text));
  const parsed = parseTokens(text, parts[parts.length - 1]!, scope);
  const lets = [...derivation.problem.lets, ...derivation.names];
  const plain = withoutLets(lets, parsed.expr);
  const zero = isNumber(plain, 0) && !isScalar(target.here.shape);
  return { expr: zero ? b.zeros(target.here.shape) : plain, notes: parsed.notes };
}
