/** One intermediate, as HW3 prints it: ∂f/∂W = (∂c/∂W)(∂f/∂c) = (∂f/∂c) x' = 2(Wx + b) x'. */
import type { ChainProduct } from "../../core/chainLine.js";
import { type Expr, treeSize } from "../../core/expr.js";
import { axes, isRow, isScalar } from "../../core/shape.js";
import type { Aside, Step } from "../../core/step.js";
import { derivative } from "../closed.js";
import { inLayout } from "../layout.js";
import { onlyAsFactor, partial, products, whole } from "./chainFactors.js";
import { usersOf, writtenOut } from "./chainGraph.js";
import { inChainLayout, sentBack } from "./chainLocal.js";
import type { ChainPage } from "./chainPage.js";
import { chainCitation, stageRule } from "./chainRules.js";
import { printedForm, sideNote, sidesOf } from "./chainSides.js";
import { tensorAside } from "./chainTensor.js";
import { inlineLatex } from "./chainWords.js";

/** A gradient by the intermediate larger than this gets a line of its own, with its name. */
const LARGEST_IN_NOTE = 12;

export function singleChain(page: ChainPage): { steps: readonly Step[]; asides: readonly Aside[] } | undefined {
  const { graph, layout } = page;
  const stage = graph.stages[0];
  const users = usersOf(graph, graph.x);
  if (graph.stages.length !== 1 || !stage || users.length !== 1 || users[0] !== stage || page.aliases.length > 0)
    return undefined;
  const { symbol: c, value } = stage;
  if (isRow(c.shape) || isRow(graph.x.shape)) return undefined;
  const outer = derivative(graph.f, [c], { facts: false }).matrix;
  const abstract = graph.f.op === "scalarfn";
  if (!outer || treeSize(outer) > LARGEST_IN_NOTE || derivative(graph.f, [c]).matrix !== outer) return undefined;

  const G = page.seeds.get(c)!;
  const upstream = new Map([[page.upstream.get(c)!, partial(graph.name, c, layout)]]);
  const sent = inChainLayout(sentBack(value, graph.x, G), new Map([[G, page.upstream.get(c)!]]), layout);
  const sum = products(page.refer(sent), upstream, layout);
  if (!onlyAsFactor(sum, upstream)) return undefined;

  const left = partial(graph.name, graph.x, layout);
  const local = partial(c, graph.x, layout);
  const above = partial(graph.name, c, layout);
  const chained: ChainProduct = { scalars: [], factors: layout === "denominator" ? [local, above] : [above, local] };
  const tensor = local.shape.length > 2;
  const first = page.step({
    rule: "chain",
    chips: ["chain rule"],
    cites: [chainCitation(layout, tensor)],
    note:
      layout === "denominator"
        ? "\\text{chain rule, inner factor first}"
        : "\\text{chain rule, each new factor on the right}",
    left,
    by: graph.x,
    right: [[chained]],
    path: [graph.x, c, graph.name],
  });

  const closed = closedForm(page);
  const printed = printedForm(value, graph.x, layout);
  const rule = stageRule(value, graph.x, printed);
  const outerNote = abstract
    ? ""
    : `\\tfrac{\\partial ${outerName(page)}}{\\partial ${inlineLatex(c)}}=${inlineLatex(inChainLayout(outer, new Map(), layout))}`;
  const second = page.step({
    ...rule,
    note: [sideNote(sum.flatMap(sidesOf), printed), outerNote].filter(Boolean).join(";\\ "),
    by: graph.x,
    right: abstract ? [sum] : [sum, ...closed.map(whole)],
  });
  const aside = tensorAside({ of: c, value, by: graph.x, upstream: outer, layout });
  return { steps: [page.namesStep(), first, second], asides: aside ? [aside] : [] };
}

function outerName(page: ChainPage): string {
  const { f, name } = page.graph;
  const short = treeSize(f) <= 6 && !isScalarSum(f);
  return inlineLatex(short ? f : name);
}

const isScalarSum = (f: Expr): boolean => f.op === "add" && axes(f.shape).length === 0 && isScalar(f.shape);

/** The derivative written out, without declared facts. */
function closedForm(page: ChainPage): readonly Expr[] {
  const { graph, layout } = page;
  const f = writtenOut(graph.f, graph);
  const form = inLayout(derivative(f, [graph.x], { facts: false }), layout);
  return form ? [form] : [];
}
