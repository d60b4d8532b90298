/** What the lines of one chain share: the graph, the layout, the names of upstream gradients, the check. */
import type { ChainFactor, ChainLine, ChainName, ChainProduct } from "../../core/chainLine.js";
import { type Citation, cite } from "../../core/cite.js";
import { containing, type Expr, topological } from "../../core/expr.js";
import { type Dim, isColumn, isMatrix, isOne, isScalar, transposed } from "../../core/shape.js";
import type { Layout, Let, Step } from "../../core/step.js";
import { build as b, substitute } from "../../ops/build.js";
import { nameOf, symbol } from "../../ops/leaves.js";
import { ChainCheck } from "./chainCheck.js";
import { dimsOf } from "./chainFactors.js";
import { type ChainGraph, usersOf } from "./chainGraph.js";
import { nameThatIsFree } from "./chainNames.js";
import { inlineLatex, inlineShape } from "./chainWords.js";

export interface LineParts {
  readonly rule: string;
  readonly chips: readonly string[];
  readonly cites: readonly Citation[];
  readonly note: string;
  readonly left?: ChainFactor;
  /** The quantity that the line differentiates by. */
  readonly by: Expr;
  readonly right: readonly (readonly ChainProduct[])[];
  readonly conditions?: readonly string[];
  readonly where?: readonly ChainName[];
  /** The line is the product of named derivatives along these symbols, from the variable to f. */
  readonly path?: readonly Expr[];
}

export class ChainPage {
  /** Upstream gradients: the name on the page, in the layout, by the intermediate. */
  readonly upstream: ReadonlyMap<Expr, Expr>;
  /** The same in the shape of the intermediate, in which stages are transposed. */
  readonly seeds: ReadonlyMap<Expr, Expr>;
  readonly aliases: readonly Let[];
  readonly check: ChainCheck;

  constructor(
    readonly graph: ChainGraph,
    readonly layout: Layout,
  ) {
    this.aliases = aliasesOf(graph);
    const avoid = [
      graph.x,
      graph.f,
      graph.name,
      ...graph.taken,
      ...[...graph.constants, ...graph.stages, ...this.aliases].flatMap((l) => [l.symbol, l.value]),
    ];
    const upstream = new Map<Expr, Expr>();
    const seeds = new Map<Expr, Expr>();
    for (const { symbol: s } of graph.stages) {
      const name = nameThatIsFree([`${isMatrix(s.shape) ? "G" : "g"}_${nameOf(s)}`], avoid);
      seeds.set(s, symbol(name, s.shape));
      upstream.set(s, symbol(name, layout === "numerator" ? transposed(s.shape) : s.shape));
    }
    this.upstream = upstream;
    this.seeds = seeds;
    this.check = new ChainCheck(graph, layout, upstream, this.aliases);
  }

  /** Values of names are written by their names: tanh(h) is a. */
  refer(e: Expr): Expr {
    const by = new Map<Expr, Expr>();
    for (const l of [...this.graph.stages, ...this.aliases]) by.set(l.value, l.symbol);
    return substitute(e, by);
  }

  /** The names of the page that an expression uses and that the first line does not define. */
  aliasesIn(e: Expr): readonly Let[] {
    return this.aliases.filter((l) => containing(e, (n) => n === l.symbol).size > 0);
  }

  upstreamFactor(of: Expr): ChainFactor {
    const name = this.upstream.get(of)!;
    return { kind: "upstream", of, symbol: name, shape: dimsOf(name.shape) };
  }

  /** The stage whose only user is f: its upstream gradient is what the first line defines. */
  lastStage(): Let | undefined {
    const own = this.graph.stages.filter((l) => usersOf(this.graph, l.symbol).every((u) => u === undefined));
    return own[own.length - 1];
  }

  /** c = Wx + b, f = c'c: the first line. `defines`: it also says what g_y means. */
  namesStep(defines?: Let): Step {
    const { graph } = this;
    const names = [...graph.constants, ...graph.stages, { symbol: graph.name, value: graph.f }];
    const define = defines && { symbol: this.upstream.get(defines.symbol)!, of: graph.name, by: defines.symbol };
    const body: ChainLine = { kind: "chain", layout: this.layout, names, ...(define ? { define } : {}), right: [] };
    const said =
      graph.stages.length > 1
        ? "name the intermediates"
        : graph.stages.length === 1
          ? "name the intermediate"
          : "the function";
    return {
      rule: "let",
      chips: ["let"],
      cites: [cite("notes", "§2 (used)")],
      note: `\\text{${said}}${this.orientation(defines?.symbol ?? this.lastStage()?.symbol)}`,
      body,
      conditions: [],
      shape: "",
      check: this.check.names(),
    };
  }

  /** In numerator layout the page says that dL/dy is a row; in denominator layout nothing is said. */
  private orientation(y: Expr | undefined): string {
    if (!y || this.layout === "denominator" || isScalar(y.shape) || !isScalar(this.graph.f.shape)) return "";
    const shape = inlineShape(dimsOf(transposed(y.shape))).replaceAll("×", "\\times ");
    const letter = isColumn(y.shape) ? "d" : "\\partial ";
    const name = `${letter}${inlineLatex(this.graph.name)}/${letter}${inlineLatex(y)}`;
    const what = isColumn(y.shape) ? "a row" : `of the shape of }${inlineLatex(b.transpose(y))}\\text{`;
    return `;\\ ${name}\\text{ is ${what}, }${shape}\\text{ (numerator layout)}`;
  }

  step(parts: LineParts): Step {
    const { rule, chips, cites, note, where } = parts;
    const check = parts.path ? this.check.partials(rule, parts.path) : this.check.line(rule, parts.by, parts.right);
    const { left, right } = withoutNumbers(parts);
    const body: ChainLine = {
      kind: "chain",
      layout: this.layout,
      names: [],
      ...(left ? { left } : {}),
      right,
      ...(where && where.length > 0 ? { where } : {}),
    };
    return { rule, chips, cites, note, body, conditions: parts.conditions ?? [], shape: shapeOf(right), check };
  }
}

/** A line between numbers has nothing to say about shapes. */
function withoutNumbers({ left, right }: LineParts): Pick<LineParts, "left" | "right"> {
  const isNumber = (f: ChainFactor): boolean => f.shape.every(isOne);
  const factors = right.flat().flatMap((p) => p.factors);
  if (![...(left ? [left] : []), ...factors].every(isNumber)) return { ...(left ? { left } : {}), right };
  const bare = (f: ChainFactor): ChainFactor => ({ ...f, shape: [] });
  return {
    ...(left ? { left: bare(left) } : {}),
    right: right.map((sum) => sum.map((p) => ({ ...p, factors: p.factors.map(bare) }))),
  };
}

/** "m×n×m · m×1": the shapes of the first right-hand side. */
function shapeOf(right: readonly (readonly ChainProduct[])[]): string {
  const show = (dims: readonly Dim[]): string => inlineShape(dims);
  const sum = (right[0] ?? []).map((p) => p.factors.filter((f) => f.shape.length > 0).map((f) => show(f.shape)));
  return sum.every((p) => p.length > 0) ? sum.map((p) => p.join(" · ")).join(" + ") : "";
}

/** p = softmax(y) inside a log-likelihood is a name of its own, though no derivative is taken by it. */
function aliasesOf(graph: ChainGraph): readonly Let[] {
  const nodes = topological(graph.f);
  if (!nodes.some((e) => e.op === "log")) return [];
  const stages = new Set(graph.stages.map((l) => l.symbol));
  const found = nodes.filter(
    (e) => (e.op === "softmax" || e.op === "sigmoid") && stages.has(e.args[0]!) && !isScalar(e.shape),
  );
  const avoid = [
    graph.x,
    graph.f,
    graph.name,
    ...graph.taken,
    ...[...graph.constants, ...graph.stages].flatMap((l) => [l.symbol, l.value]),
  ];
  const lets: Let[] = [];
  for (const value of found) {
    const base = isMatrix(value.shape) ? "P" : "p";
    lets.push({
      symbol: symbol(
        nameThatIsFree([base, base === "p" ? "q" : "Q"], [...avoid, ...lets.map((l) => l.symbol)]),
        value.shape,
      ),
      value,
    });
  }
  return lets;
}
