/**
 * Every line of a chain in numbers: at two seeded points the names get the values of their definitions, upstream
 * gradients get the derivative of f cut open at their name, and each right-hand side must give the left-hand side.
 */
import type { ChainFactor, ChainProduct } from "../../core/chainLine.js";
import { type Dense, map, matmul, relativeError, scalarValue, transpose, zip } from "../../core/dense.js";
import { failedCheck, NablaError } from "../../core/errors.js";
import type { Expr } from "../../core/expr.js";
import type { Layout, Let } from "../../core/step.js";
import { nameOf } from "../../ops/leaves.js";
import { STEP_TOLERANCE } from "../../verify/checkStep.js";
import { goodPoint } from "../../verify/domain.js";
import { type Evaluated, evaluate, type Point } from "../../verify/evaluate.js";
import { withoutLets } from "../lineState.js";
import { SEEDS } from "../prove.js";
import { cutGradients } from "./chainCut.js";
import { type ChainGraph, writtenOut } from "./chainGraph.js";
import { contractPath } from "./chainTensor.js";

interface Site {
  readonly point: Point;
  /** ∂f/∂s in the layout of the page, by symbol. */
  readonly truth: ReadonlyMap<Expr, Dense>;
}

export class ChainCheck {
  private readonly sites: readonly Site[];
  private readonly lets: readonly Let[];

  constructor(
    private readonly graph: ChainGraph,
    layout: Layout,
    /** Names of upstream gradients by the name they belong to. */
    private readonly upstream: ReadonlyMap<Expr, Expr>,
    /** Names that single lines use: p = softmax(y). */
    aliases: readonly Let[],
  ) {
    this.lets = [...graph.constants, ...graph.stages, ...aliases];
    const gradients = cutGradients(graph, layout);
    const full = withoutLets(this.lets, graph.f);
    const opened = [full, ...aliases.map((l) => writtenOut(l.value, graph)), ...gradients.values()];
    this.sites = SEEDS.map((seed) => this.site(goodPoint(opened, [graph.x], seed), gradients));
  }

  private site({ point: base, known }: { point: Point; known: Evaluated }, gradients: ReadonlyMap<Expr, Expr>): Site {
    const values: Record<string, Dense> = Object.assign(Object.create(null), base.values);
    const point: Point = { ...base, values };
    for (const { symbol, value } of this.lets) values[nameOf(symbol)] = evaluate(value, point);
    const truth = new Map<Expr, Dense>();
    for (const [s, g] of gradients) truth.set(s, known.get(g)!);
    for (const [s, g] of this.upstream) if (truth.has(s)) values[nameOf(g)] = truth.get(s)!;
    return { point, truth };
  }

  /** The largest relative error of the right-hand sides of ∂f/∂by; more than allowed is an error. */
  line(rule: string, by: Expr, right: readonly (readonly ChainProduct[])[]): { seed: number; maxRelError: number } {
    let worst = 0;
    for (const site of this.sites)
      for (const sum of right) {
        const truth = site.truth.get(by);
        const value = sum.map((p) => this.product(p, site)).reduce((a, b) => zip(a, b, (x, y) => x + y));
        const same = truth !== undefined && value.rows === truth.rows && value.cols === truth.cols;
        worst = Math.max(worst, same ? relativeError(value.data, truth.data) : Number.POSITIVE_INFINITY);
      }
    return accept(rule, worst);
  }

  /** The same for a line of named derivatives only, tensors among them: summed over the axes of what lies between. */
  partials(rule: string, path: readonly Expr[]): { seed: number; maxRelError: number } {
    let worst = 0;
    for (const { point } of this.sites) worst = Math.max(worst, contractPath(this.graph, path, point));
    return accept(rule, worst);
  }

  /** symbol = value holds by construction; the values must be finite. */
  names(): { seed: number; maxRelError: number } {
    const finite = this.sites.every(({ point }) =>
      this.lets.every((l) => point.values[nameOf(l.symbol)]!.data.every(Number.isFinite)),
    );
    return accept("let", finite ? 0 : Number.POSITIVE_INFINITY);
  }

  private product(p: ChainProduct, site: Site): Dense {
    const values = p.factors.map((f) => this.factor(f, site));
    const body = values.reduce(
      (a, b) => (p.hadamard ? zip(a, b, (x, y) => x * y) : times(a, b)),
      values.shift() ?? scalarValue(1),
    );
    return p.scalars.reduce((out, s) => times(evaluate(s, site.point), out), body);
  }

  private factor(f: ChainFactor, { point, truth }: Site): Dense {
    if (f.kind === "expr") return evaluate(f.expr, point);
    const value =
      f.kind === "upstream" ? point.values[nameOf(f.symbol)] : f.of === this.graph.name ? truth.get(f.by) : undefined;
    if (!value)
      throw new NablaError("unsupported", `no value for a factor of the chain line by ${nameOf(this.graph.x)}`);
    return f.transposed ? transpose(value) : value;
  }
}

function times(a: Dense, b: Dense): Dense {
  if (a.data.length === 1 && b.rows !== 1) return map(b, (x) => x * a.data[0]!);
  if (b.data.length === 1 && a.cols !== 1) return map(a, (x) => x * b.data[0]!);
  return matmul(a, b);
}

function accept(rule: string, worst: number): { seed: number; maxRelError: number } {
  if (worst <= STEP_TOLERANCE) return { seed: SEEDS[0]!, maxRelError: worst };
  throw failedCheck(`a step (${rule})`, worst, STEP_TOLERANCE);
}
