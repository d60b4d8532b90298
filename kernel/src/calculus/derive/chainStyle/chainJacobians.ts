/**
 * Jacobians in order: ∂z/∂x = (∂y/∂x)(∂z/∂y) for a path of columns or of numbers. Where names are used several times
 * there is one line per name, and the products are added.
 */
import type { ChainProduct } from "../../core/chainLine.js";
import type { Expr } from "../../core/expr.js";
import { isScalar } from "../../core/shape.js";
import type { Aside, Let, Step } from "../../core/step.js";
import { build as b } from "../../ops/build.js";
import { isNumber } from "../../ops/leaves.js";
import { derivative } from "../closed.js";
import { inLayout } from "../layout.js";
import { asFactor, partial, whole } from "./chainFactors.js";
import { usersOf, writtenOut } from "./chainGraph.js";
import { localJacobian, tidyLine } from "./chainLocal.js";
import type { ChainPage } from "./chainPage.js";
import { chainCitation, SCALAR_CHAIN, SUM_OF_USES, stageRule } from "./chainRules.js";
import { inlineLatex } from "./chainWords.js";

type Lines = { readonly steps: readonly Step[]; readonly asides: readonly Aside[] };

export function jacobianChain(page: ChainPage): Lines | undefined {
  const { graph } = page;
  if (graph.stages.length === 0) return undefined;
  const path = pathOf(page);
  const lines = path ? alongPath(page, path) : perName(page);
  return lines && { steps: [page.namesStep(), ...lines], asides: [] };
}

/** x, then the stages, then f, when each is used by the next one only. */
function pathOf(page: ChainPage): readonly Expr[] | undefined {
  const { graph } = page;
  const symbols = [graph.x, ...graph.stages.map((l) => l.symbol)];
  const next: readonly (Let | undefined)[] = [...graph.stages, undefined];
  const single = symbols.every((s, i) => {
    const users = usersOf(graph, s);
    return users.length === 1 && users[0] === next[i];
  });
  return single ? [...symbols, graph.name] : undefined;
}

function definitionOf(page: ChainPage, s: Expr): Expr {
  return page.graph.stages.find((l) => l.symbol === s)?.value ?? page.graph.f;
}

const inOrder = <T>(page: ChainPage, innerFirst: readonly T[]): readonly T[] =>
  page.layout === "denominator" ? innerFirst : [...innerFirst].reverse();

function alongPath(page: ChainPage, path: readonly Expr[]): readonly Step[] | undefined {
  const { graph, layout } = page;
  const links = path.slice(1).map((of, i) => ({ of, by: path[i]! }));
  const locals = links.map(({ of, by }) => localJacobian(definitionOf(page, of), by, layout));
  if (locals.some((J) => !J)) return undefined;
  const jacobians = locals.map((J) => page.refer(J!));
  const named: ChainProduct = {
    scalars: [],
    factors: inOrder(
      page,
      links.map(({ of, by }) => partial(of, by, layout)),
    ),
  };
  const multiplied: ChainProduct = { scalars: [], factors: inOrder(page, jacobians.map(asFactor)) };
  const product = b.mul(...inOrder(page, jacobians));
  const closed = tidyLine(writtenOut(product, graph));
  const engine = inLayout(derivative(writtenOut(graph.f, graph), [graph.x], { facts: false }), layout) ?? closed;
  const numbers = isScalar(graph.f.shape);
  const chained = page.step({
    rule: "chain",
    chips: ["chain rule"],
    cites: [numbers ? SCALAR_CHAIN : chainCitation(layout, false)],
    note:
      layout === "denominator"
        ? "\\text{chain rule, inner factor first}"
        : "\\text{chain rule, each new factor on the right}",
    left: partial(graph.name, graph.x, layout),
    by: graph.x,
    right: [[named]],
    path,
  });
  const shown = product === engine ? [[multiplied]] : [[multiplied], whole(engine)];
  const turned =
    layout === "denominator" ? "each factor is a transposed Jacobian" : "each factor is a Jacobian, rows = outputs";
  const written = page.step({
    rule: "chain/jacobians",
    chips: numbers ? ["scalar chain"] : ["Jacobians"],
    cites: links.map(({ of, by }) => stageRule(definitionOf(page, of), by, undefined).cites[0]!).filter(firstOfKind),
    note: numbers ? "\\text{the derivative of every stage}" : `\\text{${turned}}`,
    by: graph.x,
    right: shown,
  });
  return [chained, written];
}

const firstOfKind = (
  c: { source: string; at: string },
  i: number,
  all: readonly { source: string; at: string }[],
): boolean => all.findIndex((o) => o.source === c.source && o.at === c.at) === i;

/** ∂f/∂a for every name from the last to x; each user of a name adds a product. */
function perName(page: ChainPage): readonly Step[] | undefined {
  const { graph, layout } = page;
  const steps: Step[] = [];
  for (const y of [...graph.stages.map((l) => l.symbol).reverse(), graph.x]) {
    const users = usersOf(graph, y);
    const sum: ChainProduct[] = [];
    for (const user of users) {
      const J = localJacobian(user ? user.value : graph.f, y, layout);
      if (!J) return undefined;
      const local = asFactor(page.refer(J));
      const above = user && partial(graph.name, user.symbol, layout);
      const identity = J.op === "eye" || isNumber(J, 1);
      sum.push({ scalars: [], factors: above ? (identity ? [above] : inOrder(page, [local, above])) : [local] });
    }
    const used = users.length > 1;
    steps.push(
      page.step({
        rule: used ? "chain/sum" : "chain",
        chips: used ? ["chain rule", "used twice"] : ["chain rule"],
        cites: [isScalar(graph.f.shape) ? SCALAR_CHAIN : chainCitation(layout, false), ...(used ? [SUM_OF_USES] : [])],
        note: used
          ? `${inlineLatex(y)}\\text{ is used ${users.length === 2 ? "twice" : `${users.length} times`}: the products are added}`
          : "",
        left: partial(graph.name, y, layout),
        by: y,
        right: [sum],
      }),
    );
  }
  return steps;
}
