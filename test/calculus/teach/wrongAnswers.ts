/**
 * The typical mistakes of a class, made without the product's own table: a node is replaced by one of the same value
 * with the slope that the mistake gives it, and the derivative of that is what the student hands in.
 */
import { type Expr, topological } from "../../../kernel/src/calculus/core/expr.js";
import { isScalar, isSquare, sameShape } from "../../../kernel/src/calculus/core/shape.js";
import { derivative } from "../../../kernel/src/calculus/derive/closed.js";
import { build as b, rebuild, substitute } from "../../../kernel/src/calculus/ops/build.js";
import { opOf } from "../../../kernel/src/calculus/ops/index.js";
import { symbol } from "../../../kernel/src/calculus/ops/leaves.js";

export interface WrongAnswer {
  /** Which mistake of the list, in words. */
  readonly mistake: string;
  /** Codes that name it. */
  readonly codes: readonly string[];
  readonly expr: Expr;
}

/** A constant of this value for the time of a differentiation. */
class Constants {
  private readonly values = new Map<Expr, Expr>();
  of(value: Expr): Expr {
    const made = symbol(`constant${this.values.size}`, value.shape);
    this.values.set(made, value);
    return made;
  }
  opened(e: Expr): Expr {
    return [...this.values].reverse().reduce((x, [name, value]) => substitute(x, new Map([[name, value]])), e);
  }
}

type Slope = (e: Expr, constant: (value: Expr) => Expr) => Expr | undefined;

const unary = (e: Expr): boolean => opOf(e.op).elementwise === true && e.args.length === 1;
const phi = (e: Expr): boolean => unary(e) && e.op !== "log" && e.op !== "exp";
const scaled =
  (k: (e: Expr) => Expr): Slope =>
  (e, c) =>
    b.hadamard(c(k(e)), e.args[0]!);

/** [mistake, codes, where, the node with its wrong slope]. */
const SLOPES: readonly (readonly [string, readonly string[], (e: Expr) => boolean, Slope])[] = [
  ["φ′ dropped", ["derivative_dropped"], phi, (e) => e.args[0]],
  ["φ for φ′", ["function_for_derivative"], phi, scaled((e) => e)],
  [
    "φ′ at a",
    ["derivative_at_output"],
    phi,
    scaled((e) => opOf(e.op).differential(b, rebuild(e, [e]), 0, b.ones(e.shape))),
  ],
  ["log forgotten", ["log_forgotten"], (e) => e.op === "log", (e) => e.args[0]],
  ["log forgotten", ["log_forgotten"], (e) => e.op === "logdet", (e) => b.op("det", [e.args[0]!])],
  [
    "diagonal-only softmax",
    ["softmax_diagonal"],
    (e) => e.op === "softmax",
    scaled((e) => b.hadamard(e, b.sub(b.ones(e.shape), e))),
  ],
  ["inverse rule misused", ["inverse_rule"], (e) => e.op === "inv", (e, c) => b.neg(b.mul(c(e), c(e), e.args[0]!))],
  ["inverse rule misused", ["inverse_rule"], (e) => e.op === "inv", (e, c) => b.neg(b.mul(c(e), e.args[0]!))],
];

/** Every mistake of the list that can be made with f, in denominator layout. */
export function* wrongAnswers(f: Expr, x: Expr, right: Expr): Generator<WrongAnswer> {
  const nodes = topological(f);
  const moving = (e: Expr): boolean => topological(e).includes(x);
  for (const [mistake, codes, applies, slope] of SLOPES)
    for (const e of nodes.filter((n) => applies(n) && moving(n))) {
      const expr = withSlope(f, x, e, slope);
      if (expr) yield { mistake, codes, expr };
    }
  for (const e of nodes.filter((n) => ["mul", "hadamard", "times"].includes(n.op))) {
    const varying = e.args.flatMap((a, i) => (moving(a) ? [i] : []));
    if (varying.length < 2) continue;
    for (const i of varying) {
      const expr = withSlope(f, x, e, (n, c) =>
        rebuild(
          n,
          n.args.map((a, j) => (i === j ? c(a) : a)),
        ),
      );
      if (expr) yield { mistake: "a product-rule term dropped", codes: ["product_term_dropped"], expr };
    }
  }
  for (const e of nodes.filter((n) => n.op === "add"))
    for (const part of e.args.filter((a) => !moving(a))) {
      const less = b.add(...e.args.filter((a) => a !== part));
      const expr = derivative(substitute(f, new Map([[e, less]])), [x]).matrix;
      if (expr) yield { mistake: "b dropped", codes: ["part_left_out"], expr };
    }
  for (const e of topological(right).filter(
    (n) => n.op === "mul" && n.args.length === 2 && n.args.every((a) => isSquare(a.shape)),
  ))
    yield {
      mistake: "factors swapped",
      codes: ["factors_swapped"],
      expr: substitute(right, new Map([[e, b.mul(e.args[1]!, e.args[0]!)]])),
    };
  const swapped = right.op === "mul" && right.args.length > 1 ? [...right.args].reverse() : undefined;
  if (swapped) {
    const expr = orNothing(() => b.mul(...swapped));
    if (expr && sameShape(expr.shape, right.shape))
      yield { mistake: "factors swapped", codes: ["factors_swapped"], expr };
  }
  yield* relations(f, right);
}

function* relations(f: Expr, right: Expr): Generator<WrongAnswer> {
  for (const k of [-1, 0.5, 2])
    yield { mistake: `factor ${k}`, codes: [k === -1 ? "sign" : "factor"], expr: b.times(b.number(k), right) };
  const size = topological(f).find((e) => e.op === "dimension");
  if (size) yield { mistake: "sum for mean", codes: ["factor"], expr: b.times(size, right) };
  const dim = topological(f).flatMap((e) => [...e.shape.rows.names])[0];
  if (dim) {
    const n = b.dimension(topological(f).find((e) => e.shape.rows.key === dim)!.shape.rows);
    yield { mistake: "factor N", codes: ["factor"], expr: b.times(n, right) };
    yield { mistake: "factor 1/N", codes: ["factor"], expr: b.times(b.pow(n, -1), right) };
  }
  if (!isScalar(right.shape)) yield { mistake: "transpose", codes: ["other_layout"], expr: b.transpose(right) };
}

/** The derivative when this node has the slope of another expression and its own value. */
function withSlope(f: Expr, x: Expr, e: Expr, slope: Slope): Expr | undefined {
  const constants = new Constants();
  const linear = orNothing(() => slope(e, (value) => constants.of(value)));
  if (!linear || !sameShape(linear.shape, e.shape)) return undefined;
  const rest = constants.of(b.sub(e, constants.opened(linear)));
  const surrogate = substitute(f, new Map([[e, b.add(linear, rest)]]));
  const wrong = orNothing(() => derivative(surrogate, [x]).matrix);
  return wrong && constants.opened(wrong);
}

function orNothing<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
