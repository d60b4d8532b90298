/**
 * The Hessian of a number through its chain: the lines of the gradient, then ∂²f/∂a² of every name from f back to x,
 * H_a = JᵀH_hJ + Σ_k g_k ∇²h_k: the Hessian of what comes after between the Jacobians, and the curvature of the stage itself
 * under its upstream gradient, which an affine stage does not have. Errors: `unsupported` where a stage joins two names, where a
 * name is a matrix, or where f mixes two of its names.
 */
import type { ChainLine, ChainProduct } from "../../core/chainLine.js";
import { cite } from "../../core/cite.js";
import { relativeError } from "../../core/dense.js";
import { failedCheck, NablaError } from "../../core/errors.js";
import { containing, type Expr } from "../../core/expr.js";
import { isColumn, isScalar, shape } from "../../core/shape.js";
import type { Let, Step } from "../../core/step.js";
import { build as b, substitute } from "../../ops/build.js";
import { isZero, nameOf, symbol } from "../../ops/leaves.js";
import { STEP_TOLERANCE } from "../../verify/checkStep.js";
import { goodPoint } from "../../verify/domain.js";
import { evaluate, type Point } from "../../verify/evaluate.js";
import { exactDerivative } from "../../verify/exact.js";
import { derivative } from "../closed.js";
import { SEEDS } from "../prove.js";
import { asFactor, products, whole } from "./chainFactors.js";
import { chainGraph, usersOf, writtenOut } from "./chainGraph.js";
import { localJacobian, tidyLine } from "./chainLocal.js";
import { nameThatIsFree } from "./chainNames.js";
import { ChainPage } from "./chainPage.js";
import { carrier, isElementwise, stageRule } from "./chainRules.js";
import { upstreamChain } from "./chainUpstream.js";
import { inlineLatex } from "./chainWords.js";

export interface ChainSecondProblem {
  readonly f: Expr;
  readonly lets: readonly Let[];
  readonly x: Expr;
  readonly layout: "denominator" | "numerator";
  readonly outputName?: string;
}

export function chainSecondSteps(problem: ChainSecondProblem): { steps: readonly Step[]; names: readonly Let[] } {
  const { f, lets, x, layout, outputName } = problem;
  const page = new ChainPage(chainGraph(f, lets, x, { outputName }), layout);
  const { graph } = page;
  refuse(page);
  const gradient = upstreamChain(page).steps;
  const lines = new Hessians(page);
  lines.run();
  return {
    steps: [...gradient, ...lines.steps],
    names: [...graph.constants, ...graph.stages, ...page.aliases],
  };
}

const moves = (e: Expr, s: Expr): boolean => containing(e, (n) => n === s).size > 0;
const unsupported = (why: string): NablaError =>
  new NablaError("unsupported", `the chain style has no page for this Hessian: ${why}`, {
    hint: 'style "index" writes it entry by entry',
  });

function refuse({ graph }: ChainPage): void {
  const symbols = [graph.x, ...graph.stages.map((l) => l.symbol)];
  if (graph.stages.length === 0) throw unsupported("there is no intermediate to go through");
  if (!isScalar(graph.f.shape) || symbols.some((s) => !isColumn(s.shape) && !isScalar(s.shape)))
    throw unsupported("its quantities are not all columns and numbers");
  for (const { symbol: s, value } of graph.stages)
    if (symbols.filter((y) => moves(value, y)).length !== 1) throw unsupported(`${nameOf(s)} joins two names`);
  const direct = symbols.filter((s) => moves(graph.f, s));
  for (const [k, s] of direct.entries())
    for (const t of direct.slice(k + 1))
      if (derivative(graph.f, [s, t], { facts: false }).index.terms.length > 0)
        throw unsupported(`f mixes ${nameOf(s)} and ${nameOf(t)}`);
}

interface Term {
  readonly product: ChainProduct;
  readonly value: Expr;
}

class Hessians {
  readonly steps: Step[] = [];
  /** Names of the Hessians by the name they are of. */
  private readonly names = new Map<Expr, Expr>();
  /** Declared facts that the line at hand relies on. */
  private conditions: readonly string[] = [];
  private readonly points: readonly Point[];

  constructor(private readonly page: ChainPage) {
    const { graph } = page;
    const lets = [...graph.constants, ...graph.stages];
    const avoid = [graph.x, graph.f, graph.name, ...lets.flatMap((l) => [l.symbol, l.value])];
    for (const { symbol: s } of graph.stages)
      this.names.set(s, symbol(nameThatIsFree([`H_${nameOf(s)}`], avoid), shape(s.shape.rows, s.shape.rows)));
    const full = writtenOut(graph.f, graph);
    this.points = SEEDS.map((seed) => this.pointOf(goodPoint([full], [graph.x], seed).point));
  }

  run(): void {
    const { graph } = this.page;
    for (const y of [...graph.stages.map((l) => l.symbol).reverse(), graph.x]) this.line(y);
    const full = derivative(writtenOut(graph.f, graph), [graph.x, graph.x]);
    if (!full.matrix) throw unsupported("its matrix form is not known");
    const last = this.named(full.matrix);
    this.conditions = full.conditions;
    this.show(graph.x, [whole(last)], last, {
      rule: "chain/written-out",
      chips: ["written out"],
      cites: [],
      note: "\\text{the Jacobians and Hessians put in}",
    });
  }

  /** ∂²f/∂y²: a term for every stage that uses y, and one for f itself. */
  private line(y: Expr): void {
    const { graph } = this.page;
    const users = usersOf(graph, y);
    const terms = users.flatMap((u) => (u ? this.through(u, y) : this.direct(y))).filter((t) => !isZero(t.value));
    const value = terms.length > 0 ? b.add(...terms.map((t) => t.value)) : b.zeros(shape(y.shape.rows, y.shape.rows));
    const sum = terms.length > 0 ? terms.map((t) => t.product) : whole(value);
    const own = this.names.get(y);
    const [user] = users;
    const stage = user && carrier(user.value, y);
    const curved = user !== undefined && terms.length > 1;
    const said = own && users.every((u) => !u) ? [`${inlineLatex(own)}:=${this.quotient(y)}`] : [];
    if (users.length > 1) said.push(`${inlineLatex(y)}\\text{ is used ${users.length} times: the parts are added}`);
    else if (user) said.push(curved ? curvature(user, stage!) : "\\text{affine: no curvature of its own}");
    const rule = user ? stageRule(user.value, y, undefined) : stageRule(graph.f, y, undefined);
    this.show(y, [sum], value, {
      rule: user ? "chain/hessian" : `${rule.rule}/second`,
      chips: user ? ["second chain rule"] : ["second derivative"],
      cites: user
        ? [cite("handwritten", "Vector Chain Rule", { layout: "numerator" }), ...rule.cites]
        : [cite("notes", "(2) applied to ∇f")],
      note: said.join(";\\quad "),
    });
  }

  private quotient(y: Expr): string {
    const [f, s] = [inlineLatex(this.page.graph.name), inlineLatex(y)];
    return `\\partial^2 ${f}/\\partial ${s}^2`;
  }

  private direct(y: Expr): Term[] {
    const { matrix: H, conditions } = derivative(this.page.graph.f, [y, y]);
    if (!H) throw unsupported("the second derivative of the last stage is not known");
    this.conditions = conditions;
    const value = this.page.refer(H);
    return [{ value, product: { scalars: [], factors: [asFactor(value)] } }];
  }

  /** JᵀHJ, and the curvature of the stage under its upstream gradient. */
  private through({ symbol: u, value }: Let, y: Expr): Term[] {
    const jacobian = localJacobian(value, y, "numerator");
    if (!jacobian) throw unsupported(`the Jacobian of ${nameOf(u)} is not known`);
    const J = this.page.refer(jacobian);
    const H = this.names.get(u)!;
    const left = J.op === "diag" ? J : b.transpose(J);
    const through = tidyLine(b.mul(left, H, J));
    const between: Term = { value: through, product: products(through, new Map(), this.page.layout)[0]! };
    const G = this.page.seeds.get(u)!;
    const bent = derivative(b.mul(b.transpose(G), value), [y, y], { facts: false }).matrix;
    if (!bent) throw unsupported(`the curvature of ${nameOf(u)} is not known`);
    if (isZero(bent)) return [between];
    const upstream = this.page.upstream.get(u)!;
    const turned = this.page.layout === "numerator" ? b.transpose(upstream) : upstream;
    const curved = tidyLine(substitute(this.page.refer(bent), new Map([[G, turned]])));
    return [between, { value: curved, product: { scalars: [], factors: [asFactor(curved)] } }];
  }

  private show(
    y: Expr,
    right: ChainLine["right"],
    value: Expr,
    words: Pick<Step, "rule" | "chips" | "cites" | "note">,
  ): void {
    const { graph, layout } = this.page;
    const own = this.names.get(y);
    const second = words.rule === "chain/written-out";
    const left: ChainLine["left"] = own
      ? asFactor(own)
      : { kind: "partial", of: graph.name, by: y, and: y, shape: [y.shape.rows, y.shape.rows] };
    const body: ChainLine = { kind: "chain", layout, names: [], ...(second ? {} : { left }), right };
    const { conditions } = this;
    this.conditions = [];
    const chips = [...words.chips, ...conditions.map((c) => `fact: ${c.split(",")[0]}`)];
    this.steps.push({ ...words, chips, body, conditions, shape: "", check: this.checked(words.rule, y, value) });
  }

  /** By the names of the page, one inside the other: L(W₂σ(h)) is L(y). */
  private named(e: Expr): Expr {
    const next = this.page.refer(e);
    return next === e ? e : this.named(next);
  }

  /** The line against the second derivative of f cut open at y, by reverse-mode AD. */
  private checked(rule: string, y: Expr, value: Expr): Step["check"] {
    let worst = 0;
    for (const point of this.points) {
      const truth = exactDerivative(this.cut(y), [y, y], point);
      worst = Math.max(worst, relativeError(evaluate(value, point).data, truth.data));
    }
    if (!(worst <= STEP_TOLERANCE)) throw failedCheck(`a step (${rule})`, worst, STEP_TOLERANCE);
    return { seed: SEEDS[0]!, maxRelError: worst };
  }

  /** f with the stages behind y written out, as a function of y. */
  private cut(y: Expr): Expr {
    const { stages, f } = this.page.graph;
    return [...stages]
      .reverse()
      .filter((l) => l.symbol !== y)
      .reduce((e, l) => substitute(e, new Map([[l.symbol, l.value]])), f);
  }

  /** Numbers of the names, of their upstream gradients and of their Hessians. */
  private pointOf(base: Point): Point {
    const { graph, upstream, aliases } = this.page;
    const values = { ...base.values };
    const point: Point = { ...base, values };
    for (const { symbol: s, value } of [...graph.constants, ...graph.stages, ...aliases])
      values[nameOf(s)] = evaluate(value, point);
    for (const { symbol: s } of graph.stages) {
      const n = values[nameOf(s)]!.rows;
      const f = this.cut(s);
      const g = exactDerivative(f, [s], point).data;
      const row = this.page.layout === "numerator";
      values[nameOf(upstream.get(s)!)] = { rows: row ? 1 : n, cols: row ? n : 1, data: g };
      values[nameOf(this.names.get(s)!)] = { rows: n, cols: n, data: exactDerivative(f, [s, s], point).data };
    }
    return point;
  }
}

function curvature({ symbol: u }: Let, stage: Expr): string {
  const name = inlineLatex(u);
  const kind = isElementwise(stage) ? "elementwise: a diagonal" : "the curvature";
  return `\\text{${kind} of }${name}\\text{ under its upstream gradient is added}`;
}
