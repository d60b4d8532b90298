/** What every exported program is tested on: the Cookbook, the golden derivations, a two-layer network, odd names. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Dense } from "../../../kernel/src/calculus/core/dense.js";
import { type Expr, topological } from "../../../kernel/src/calculus/core/expr.js";
import { axes, sizeOf } from "../../../kernel/src/calculus/core/shape.js";
import { derivative } from "../../../kernel/src/calculus/derive/closed.js";
import { inLayout } from "../../../kernel/src/calculus/derive/layout.js";
import { withoutLets } from "../../../kernel/src/calculus/derive/lineState.js";
import {
  type CodeOptions,
  type CodeTarget,
  code,
  type Declarations,
  type Derivation,
  declare,
  derive,
  parseProgram,
} from "../../../kernel/src/calculus/index.js";
import { handed } from "../../../kernel/src/calculus/ops/abstract.js";
import { nameOf } from "../../../kernel/src/calculus/ops/leaves.js";
import type { Request } from "../../../kernel/src/calculus/request.js";
import { pointOf } from "../../../kernel/src/calculus/requestPoint.js";
import { goodPoint } from "../../../kernel/src/calculus/verify/domain.js";
import { evaluateIndexForm } from "../../../kernel/src/calculus/verify/einsum.js";
import { evaluate, type Point } from "../../../kernel/src/calculus/verify/evaluate.js";

export type Nested = number | readonly Nested[];

/** A function that is known by name only: its stand-in, as `verify` evaluates it. */
export interface StandIn {
  readonly name: string;
  readonly kind: "apply" | "scalarfn";
  readonly order: number;
  readonly c: number;
}

export interface Case {
  readonly id: string;
  readonly write: (target: CodeTarget, options?: CodeOptions) => string;
  /** In the order of the arguments; in Octave's orientation every vector knows whether it is a row. */
  readonly inputs: readonly { readonly value: Nested; readonly row: boolean }[];
  readonly given: readonly (readonly StandIn[])[];
  readonly roles: readonly string[];
  /** What the outputs are: value, (gradient,) derivative. */
  readonly expected: readonly Nested[];
}

interface Source {
  readonly id: string;
  readonly expr: string;
  readonly scope: Declarations;
  readonly wrt: readonly string[];
  readonly layout?: "numerator" | "denominator";
  readonly request?: Request;
}

const cookbook: readonly (Request & { id: string })[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../../cookbook/cookbook-numeric.json"), "utf8"),
).cases;

const given = (
  id: string,
  expr: string,
  vars: string,
  wrt: string,
  layout: "numerator" | "denominator" = "denominator",
): Source => ({ id, expr, scope: declare(vars), wrt: wrt.split(", "), layout });

const NETWORK = "h = W1 x + b1; a = sigmoid(h); z = W2 a + b2; L = -t' log(softmax(z))";
const NETWORK_VARS = "W1: h×n, b1: h, W2: k×h, b2: k, x: n, t: k simplex";
const ABSTRACT = "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n";

const SOURCES: readonly Source[] = [
  ...cookbook.map((c) => ({
    id: c.id,
    expr: c.expr,
    scope: declare(c.vars, { constraints: c.constraints }),
    wrt: c.wrt,
    request: c,
  })),
  given("g1", "‖W x + b‖²", "W: m×n, x: n, b: m", "W"),
  given("g1-numerator", "‖W x + b‖²", "W: m×n, x: n, b: m", "W", "numerator"),
  given("g2", "ln|X|", "X: n×n", "X"),
  given("g3", "L(W2 σ(W1 x))", ABSTRACT, "W1"),
  given("g3-numerator", "L(W2 σ(W1 x))", ABSTRACT, "W1", "numerator"),
  given("g3-hessian", "L(W2 σ(x))", "σ: elementwise, L: scalar of k, W2: k×n, x: n", "x, x"),
  given("g4", "B C", "B: m×n, C: n×p", "B"),
  given("g5", "sum(log(1 + exp(-y .* (X w))))", "X: N×n, y: N signs, w: n", "w, w"),
  given("g5-generic", "sum(log(1 + exp(-y .* (X w))))", "X: N×n, y: N, w: n", "w, w"),
  given("g5-gradient", "sum(log(1 + exp(-y .* (X w))))", "X: N×n, y: N, w: n", "w"),
  ...["W1", "b1", "W2", "b2"].map((w) => given(`network-${w}`, NETWORK, NETWORK_VARS, w)),
  given("network-mixed", NETWORK, NETWORK_VARS, "b1, b2"),
  given("names", "‖λ np + def‖² + in' np", "λ: scalar, np: n, def: n, in: n", "np"),
  given("softmax", "softmax(W x)", "W: m×n, x: n", "x"),
  given("third-order", "diag(x) A diag(x)", "x: n, A: n×n", "x"),
  given("row", "x' A", "x: n, A: n×m", "x"),
  given("kron", "vec(kron(x, A))", "x: n, A: m×p", "x"),
  given("constant", "ones(n)' x + log(n) + sqrt(n)", "x: n", "x"),
  given("adjugate", "tr(adj(X) A)", "X: n×n, A: n×n", "X"),
  given("gaussian", "exp(-(x - m)' inv(S) (x - m)/2)", "x: n, m: n, S: n×n spd", "x, x"),
  given("elementwise", "sum(tanh(x) .* relu(x) + sin(x) .* cos(x) + abs(x) + tan(x)./(2 + cos(x)))", "x: n", "x"),
  given("power", "sum(x.^3 ./ (1 + x.^2))", "x: n", "x, x"),
  given("logsumexp", "log(sum(exp(A x)))", "A: m×n, x: n", "x, x"),
  given("sigmoid", "sum(log(sigmoid(A x)))", "A: m×n, x: n", "x, x"),
];

const rows = (value: Dense): number[][] =>
  Array.from({ length: value.rows }, (_, i) => Array.from(value.data.subarray(i * value.cols, (i + 1) * value.cols)));

/** Numbers as arrays without the axes that are 1 by type. */
export function nested(e: Expr, value: Dense): Nested {
  if (axes(e.shape).length === 0) return value.data[0]!;
  return axes(e.shape).length === 1 ? Array.from(value.data) : rows(value);
}

function shaped(data: ArrayLike<number>, shape: readonly number[], at = 0): Nested {
  const [size, ...rest] = shape;
  if (size === undefined) return data[at]!;
  const stride = rest.reduce((p, n) => p * n, 1);
  return Array.from({ length: size }, (_, i) => shaped(data, rest, at + i * stride));
}

const hash = (name: string): number => [...name].reduce((h, c) => (h * 31 + c.codePointAt(0)!) % 1009, 7) / 1009;

const standIns = (roots: readonly Expr[]): StandIn[] => {
  const found = topological(...roots).filter((e) => e.op === "apply" || e.op === "scalarfn");
  return [...new Map(found.map((e) => [handed(e), e])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, e]) => standInOf(e));
};

export const standInOf = (e: Expr): StandIn => ({
  name: handed(e),
  kind: e.op as StandIn["kind"],
  order: e.attrs.order as number,
  c: hash(e.attrs.fn as string),
});

function caseOf({ id, expr, scope, wrt, layout = "denominator", request }: Source, seed: number): Case {
  const program = parseProgram(expr, scope);
  const lets = program.lets.map((l) => ({ symbol: l.symbol, value: l.expr }));
  const symbols = wrt.map((name) => scope.symbols.get(name) ?? scope.symbols.get("lambda")!);
  const derivation: Derivation = derive(program.result, symbols, {
    layout,
    lets,
    text: expr,
    outputName: program.resultName,
    steps: true,
  });
  const f = withoutLets(lets, program.result);
  const { result } = derivation;
  const last = inLayout(result, layout);
  const gradient = symbols.length === 2 ? inLayout(derivative(f, [symbols[0]!]), layout)! : undefined;
  const matrices = [f, ...(gradient ? [gradient] : []), ...(last ? [last] : [])];
  const factors = last ? [] : result.index.terms.flatMap((t) => t.factors.map((x) => x.expr));
  const point: Point = request?.bindings
    ? pointOf(request, [f, ...symbols])
    : goodPoint([...matrices, ...factors, ...symbols], symbols, seed).point;
  const needed = new Set(topological(f, ...symbols).filter((e) => e.op === "symbol"));
  const inputs = topological(...lets.map((l) => l.value), program.result, ...symbols).filter((e) => needed.has(e));
  const expected = matrices.map((e) => nested(e, evaluate(e, point)));
  if (!last)
    expected.push(
      shaped(
        evaluateIndexForm(result.index, point).data,
        result.index.free.map((i) => sizeOf(i.dim, point.sizes)),
      ),
    );
  const derived = symbols.length === 2 ? "hess" : axes(f.shape).length === 0 ? "grad" : "jac";
  const roots = [...matrices.map((e) => [e]), ...(last ? [] : [factors])];
  return {
    id,
    write: (target, options) => code(derivation, target, { name: "f", ...options }),
    inputs: inputs.map((s) => ({
      value: nested(s, point.values[nameOf(s)]!),
      row: axes(s.shape).length === 1 && s.shape.rows.key === "1",
    })),
    given: roots.map(standIns),
    roles: ["value", ...(gradient ? ["grad"] : []), derived],
    expected,
  };
}

/** Names of the functions and the outputs that each returns. */
export function functionsIn({ roles }: Case): { readonly name: string; readonly outputs: readonly number[] }[] {
  const alone = roles.map((role, i) => ({ name: role === "value" ? "f" : `${role}_f`, outputs: [i] }));
  const together = roles.slice(1).map((role, i) => ({
    name: `${roles.slice(0, i + 1).join("_")}_and_${role}_f`,
    outputs: Array.from({ length: i + 2 }, (_, k) => k),
  }));
  return [...alone, ...together];
}

/** Functions handed over to a function of these outputs, by name. */
export const givenTo = (c: Case, outputs: readonly number[]): StandIn[] =>
  [...new Map(outputs.flatMap((i) => c.given[i]!).map((g) => [g.name, g])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );

const SEED = 3;
export const PROGRAMS: readonly Case[] = SOURCES.map((s) => caseOf(s, SEED));

/** Largest difference of two nested arrays over the largest magnitude; infinite where the shapes differ. */
export function difference(got: Nested, want: Nested): number {
  const scale = Math.max(1e-3, ...numbers(want).map(Math.abs));
  const gap = (a: Nested, b: Nested): number => {
    if (typeof a === "number" || typeof b === "number")
      return typeof a === "number" && typeof b === "number" && Number.isFinite(a)
        ? Math.abs(a - b)
        : Number.POSITIVE_INFINITY;
    if (!Array.isArray(a) || a.length !== b.length) return Number.POSITIVE_INFINITY;
    return Math.max(0, ...a.map((x, i) => gap(x, b[i]!)));
  };
  return gap(got, want) / scale;
}

const numbers = (x: Nested): number[] => (typeof x === "number" ? [x] : x.flatMap(numbers));
