/**
 * One stage of a chain: its local derivative, and an upstream gradient sent back through it. Everything comes from
 * linearise and the transposes of the operators; here it is only arranged for a page and turned for the layout.
 */
import { containing, type Expr, topological } from "../../core/expr.js";
import { isColumn, isMatrix, isScalar } from "../../core/shape.js";
import type { Layout } from "../../core/step.js";
import { build as b, substitute } from "../../ops/build.js";
import { d, isNumber, isSymbol, nameOf } from "../../ops/leaves.js";
import { RULES } from "../../rules/index.js";
import { simplify } from "../../simplify/rewrite.js";
import { derivative } from "../closed.js";
import { inLayout } from "../layout.js";
import { linearise } from "../linearise.js";
import { pullGradient, pullJacobian } from "../pullback.js";

/** s′ keeps its name and products their order: a line shows σ′(h)∘g before anything is written out. */
const RULES_OF_A_LINE = RULES.filter(
  (r) => !["elementwise/sigmoid-prime", "hadamard/order", "scalar/transpose"].includes(r.id),
);

const namesIn = (e: Expr): ReadonlySet<string> => new Set(topological(e).filter(isSymbol).map(nameOf));

/** Tidied for a line; declared facts are not used. */
export const tidyLine = (e: Expr): Expr => simplify(e, { rules: RULES_OF_A_LINE, frozen: namesIn(e) }).expr;

/** The gradient by `y` (its shape) of the stage `value` under the upstream gradient `G` (shape of the stage). */
export function sentBack(value: Expr, y: Expr, G: Expr): Expr {
  const dV = tidyLine(linearise(value, new Set([y])));
  const sent = pullGradient(dV, d(y), G);
  if (sent) return tidyLine(sent);
  return derivative(contracted(G, value), [y], { facts: false }).matrix ?? b.zeros(y.shape);
}

/** The number whose derivative it is: ⟨G, value⟩. */
function contracted(G: Expr, value: Expr): Expr {
  if (isScalar(value.shape)) return b.times(G, value);
  if (isMatrix(value.shape)) return b.op("tr", [b.mul(b.transpose(G), value)]);
  return isColumn(value.shape) ? b.mul(b.transpose(G), value) : b.mul(value, b.transpose(G));
}

/** ∂value/∂y as a matrix in the layout, for columns and numbers. */
export function localJacobian(value: Expr, y: Expr, layout: Layout): Expr | undefined {
  const flat = (e: Expr): boolean => isColumn(e.shape) || isScalar(e.shape);
  if (!flat(value) || !flat(y)) return undefined;
  const C = pullJacobian(tidyLine(linearise(value, new Set([y]))), d(y));
  if (!C) return inLayout(derivative(value, [y], { facts: false }), layout);
  const tidy = tidyLine(C);
  return layout === "denominator" ? tidy : turned(tidy);
}

/**
 * The transpose with products turned around: numerator layout of a gradient. Sums and elementwise products are opened
 * where they carry an upstream gradient (`carries`) or products; otherwise they stay whole: (p − t)', (1 − a∘a)'.
 */
export function turned(e: Expr, carries: (e: Expr) => boolean = () => false): Expr {
  const inner = (a: Expr): Expr => turned(a, carries);
  switch (e.op) {
    case "mul":
      return b.mul(...[...e.args].reverse().map(inner));
    case "times":
      return b.times(...e.args.map(inner));
    case "add":
      return carries(e) || e.args.some(hasProduct) ? b.add(...e.args.map(inner)) : b.transpose(e);
    case "hadamard":
      return carries(e) ? b.hadamard(...e.args.map(inner)) : b.transpose(e);
    case "diag":
      return isMatrix(e.shape) ? e : b.transpose(e);
    default:
      return b.transpose(e);
  }
}

function hasProduct(term: Expr): boolean {
  const parts = term.op === "times" ? term.args : [term];
  const body = parts[parts.length - 1]!;
  return body.op === "mul" || body.op === "transpose" || parts.slice(0, -1).some((s) => !isNumber(s));
}

/** Elementwise factors inside a larger product: the local one first in denominator layout, σ′(h)∘g. */
export function placed(e: Expr, names: ReadonlySet<Expr>, layout: Layout): Expr {
  const carries = (a: Expr): boolean => containing(a, (n) => names.has(n)).size > 0;
  let out = e;
  for (const node of topological(e)) {
    if (node.op !== "hadamard" || !carries(node)) continue;
    const up = node.args.filter(carries);
    const local = node.args.filter((a) => !carries(a));
    out = substitute(
      out,
      new Map([[node, b.hadamard(...(layout === "denominator" ? [...local, ...up] : [...up, ...local]))]]),
    );
  }
  return out;
}

/** A gradient computed for the column or matrix `G`, in the layout: in numerator layout `symbol` is its transpose. */
export function inChainLayout(e: Expr, seeds: ReadonlyMap<Expr, Expr>, layout: Layout): Expr {
  if (layout === "denominator") return e;
  const by = new Map<Expr, Expr>();
  for (const [G, symbol] of seeds) {
    if (isScalar(G.shape)) continue;
    by.set(b.transpose(G), symbol);
    by.set(G, b.transpose(symbol));
  }
  const names = new Set(seeds.keys());
  return substitute(
    turned(e, (part) => containing(part, (n) => names.has(n)).size > 0),
    by,
  );
}
