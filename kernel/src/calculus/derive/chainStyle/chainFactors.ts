/** Right-hand sides as products of factors with their shapes: scalars in front, the upstream gradient as a factor. */
import type { ChainFactor, ChainProduct } from "../../core/chainLine.js";
import { containing, type Expr } from "../../core/expr.js";
import { axes, type Dim, isColumn, isMatrix, isOne, isScalar, type Shape, sameDim } from "../../core/shape.js";
import type { Layout } from "../../core/step.js";
import { isNumber } from "../../ops/leaves.js";

export const dimsOf = (s: Shape): readonly Dim[] => [s.rows, s.cols];

/** ∂of/∂by: two axes where the layout has a meaning; a tensor lists all of them, for ∂c/∂W m×n×m (W first). */
export function partial(of: Expr, by: Expr, layout: Layout): ChainFactor {
  const shape = partialShape(of, by, layout);
  const row = layout === "numerator" && isScalar(of.shape) && isColumn(by.shape);
  return { kind: "partial", of, by, shape, ...(row ? { row } : {}) };
}

function partialShape(of: Expr, by: Expr, layout: Layout): readonly Dim[] {
  const turn = (s: Shape): readonly Dim[] => (layout === "numerator" ? [s.cols, s.rows] : dimsOf(s));
  if (isScalar(of.shape)) return turn(by.shape);
  if (isScalar(by.shape))
    return isMatrix(of.shape)
      ? dimsOf(of.shape)
      : layout === "numerator"
        ? dimsOf(of.shape)
        : [of.shape.cols, of.shape.rows];
  const variable = isMatrix(by.shape) ? turn(by.shape) : axes(by.shape);
  return layout === "numerator" ? [...axes(of.shape), ...variable] : [...variable, ...axes(of.shape)];
}

/** Factors that stand for an upstream gradient, by the symbol in the expression. */
export type UpstreamFactors = ReadonlyMap<Expr, ChainFactor>;

export const asFactor = (expr: Expr): ChainFactor => ({ kind: "expr", expr, shape: dimsOf(expr.shape) });
/** An expression as it stands, without shapes under it. */
export const whole = (expr: Expr): readonly ChainProduct[] => [
  { scalars: [], factors: [{ kind: "expr", expr, shape: [] }] },
];

export function products(e: Expr, upstream: UpstreamFactors, layout: Layout): readonly ChainProduct[] {
  return (e.op === "add" ? e.args : [e]).map((term) => product(term, upstream, layout));
}

function product(term: Expr, upstream: UpstreamFactors, layout: Layout): ChainProduct {
  const parts = term.op === "times" ? term.args : [term];
  const last = parts[parts.length - 1]!;
  const isNumeric = (p: Expr): boolean =>
    isScalar(p.shape) && !hasUpstream(p, upstream) && (isNumber(p) || p !== last) && parts.length > 1;
  const scalars = parts.filter(isNumeric);
  const rest = parts.filter((p) => !isNumeric(p));
  const only = rest[0];
  if (rest.length === 1 && only?.op === "hadamard")
    return {
      scalars,
      factors: ordered(
        only.args.map((a) => [factorOf(a, upstream)]),
        upstream,
        layout,
      ),
      hadamard: true,
    };
  const groups = rest.map((p) => (p.op === "mul" ? p.args : [p]).map((a) => factorOf(a, upstream)));
  const factors = ordered(groups, upstream, layout);
  return composes(factors) ? { scalars, factors } : { scalars: [], factors: [asFactor(term)] };
}

/** The number h'g in (h'g)(h x') has no place beside a matrix from where a product could be read. */
const composes = (factors: readonly ChainFactor[]): boolean =>
  factors.every((f, i) => {
    const [before, after] = [factors[i - 1]?.shape, f.shape];
    return before?.length !== 2 || after.length !== 2 || fits(before, after);
  });

const fits = (a: readonly Dim[], b: readonly Dim[]): boolean =>
  sameDim(a[1]!, b[0]!) || [a, b].some((s) => s.every(isOne));

const hasUpstream = (e: Expr, upstream: UpstreamFactors): boolean => containing(e, (n) => upstream.has(n)).size > 0;

function factorOf(e: Expr, upstream: UpstreamFactors): ChainFactor {
  const direct = upstream.get(e);
  if (direct) return direct;
  const inner = e.op === "transpose" ? upstream.get(e.args[0]!) : undefined;
  if (inner && inner.kind !== "expr") return { ...inner, shape: [...inner.shape].reverse(), transposed: true };
  return asFactor(e);
}

const carries = (f: ChainFactor, upstream: UpstreamFactors): boolean =>
  f.kind !== "expr" || hasUpstream(f.expr, upstream);

/**
 * Numbers and elementwise factors commute: denominator layout has the upstream last, numerator layout first. So the
 * number p'g in p(p'g) gives the product p p' g.
 */
function ordered(
  groups: readonly (readonly ChainFactor[])[],
  upstream: UpstreamFactors,
  layout: Layout,
): ChainFactor[] {
  const up = groups.filter((g) => g.some((f) => carries(f, upstream)));
  const local = groups.filter((g) => !up.includes(g));
  return (layout === "denominator" ? [...local, ...up] : [...up, ...local]).flat();
}

/** Is the upstream gradient a factor of every product by itself, so that the page can write it as ∂f/∂c? */
export const onlyAsFactor = (sum: readonly ChainProduct[], upstream: UpstreamFactors): boolean =>
  sum.every(
    (p) =>
      p.scalars.every((s) => !hasUpstream(s, upstream)) &&
      p.factors.every((f) => f.kind !== "expr" || !hasUpstream(f.expr, upstream)),
  );
