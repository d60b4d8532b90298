/**
 * Several intermediates of a scalar f: one line per stage from f back to x, each the upstream gradient times the local
 * derivative: g_a = W₂ᵀ g_y, g_h = diag σ′(h) g_a = σ′(h)∘g_a, ∂L/∂W₁ = g_h x'. A name used several times adds up.
 */
import type { ChainFactor, ChainProduct } from "../../core/chainLine.js";
import type { Citation } from "../../core/cite.js";
import { cite } from "../../core/cite.js";
import { type Expr, treeSize } from "../../core/expr.js";
import { isColumn } from "../../core/shape.js";
import type { Aside, Let, Step } from "../../core/step.js";
import { build as b, substitute } from "../../ops/build.js";
import { simplify } from "../../simplify/rewrite.js";
import { derivative } from "../closed.js";
import { asFactor, partial, products, whole } from "./chainFactors.js";
import { usersOf } from "./chainGraph.js";
import { inChainLayout, localJacobian, placed, sentBack, tidyLine, turned } from "./chainLocal.js";
import type { ChainPage } from "./chainPage.js";
import { carrier, isElementwise, SUM_OF_USES, stageRule } from "./chainRules.js";
import { printedForm, sideNote, sidesOf } from "./chainSides.js";
import { tensorAside } from "./chainTensor.js";
import { inlineLatex } from "./chainWords.js";

export function upstreamChain(page: ChainPage): { steps: readonly Step[]; asides: readonly Aside[] } {
  const { graph } = page;
  const last = page.lastStage();
  const steps: Step[] = [page.namesStep(last)];
  const asides: Aside[] = [];
  const shown = new Map<Expr, Expr>();
  for (const y of [...graph.stages.map((l) => l.symbol).reverse(), graph.x]) {
    const users = usersOf(graph, y);
    const only = users.length === 1 ? users[0] : undefined;
    if (users.length === 1 && !only) {
      // g_y := ∂L/∂y of an abstract L is defined in the first line and stays a name.
      if (y === last?.symbol && graph.f.op === "scalarfn" && graph.f.args[0] === y) continue;
      steps.push(lossLine(page, y, shown));
    } else if (only) {
      steps.push(stageLine(page, y, only, shown));
      const aside = tensorAside({
        of: only.symbol,
        value: only.value,
        by: y,
        upstream: page.seeds.get(only.symbol)!,
        layout: page.layout,
      });
      if (aside && y === graph.x) asides.push(aside);
    } else steps.push(sumLine(page, y, users));
  }
  return { steps, asides };
}

const leftOf = (page: ChainPage, y: Expr): ChainFactor =>
  y === page.graph.x ? partial(page.graph.name, y, page.layout) : page.upstreamFactor(y);

const upstreamFactors = (page: ChainPage): ReadonlyMap<Expr, ChainFactor> =>
  new Map([...page.upstream].map(([s, g]) => [g, page.upstreamFactor(s)] as const));

/** In the layout of the page, in its names: `seeds` of the stages become the names of upstream gradients. */
function laidOut(page: ChainPage, e: Expr): Expr {
  const seeds = new Map([...page.seeds].map(([s, G]) => [G, page.upstream.get(s)!] as const));
  const names = new Set([...page.upstream.values()]);
  return placed(page.refer(inChainLayout(e, seeds, page.layout)), names, page.layout);
}

/** ∂f/∂y where f is applied to y: the gradient of the loss, a declared fact as a second form with its condition. */
function lossLine(page: ChainPage, y: Expr, shown: Map<Expr, Expr>): Step {
  const { graph } = page;
  const plain = derivative(graph.f, [y], { facts: false }).matrix!;
  const facts = derivative(graph.f, [y]);
  const used = facts.matrix && facts.matrix !== plain && y !== graph.x ? facts : undefined;
  const forms = [plain, ...(used?.matrix ? [used.matrix] : [])].map((e) => laidOut(page, e));
  shown.set(y, laidOut(page, used?.matrix ?? plain));
  const where = forms.flatMap((e) => page.aliasesIn(e)).filter((l, i, all) => all.indexOf(l) === i);
  const said = [
    ...(used ? used.conditions.map(sinceLatex) : []),
    ...where.map((l) => `${inlineLatex(l.symbol)}=${inlineLatex(l.value)}`),
  ];
  const { rule, chips, cites } = lossRule(graph.f, y, where.length > 0);
  return page.step({
    rule,
    chips: used ? [...chips, ...used.conditions.map((c) => `fact: ${c.split(",")[0]}`)] : chips,
    cites,
    note: said.join(",\\quad "),
    left: leftOf(page, y),
    by: y,
    right: forms.map((e) => (hasInnerProduct(e) ? bare(products(e, new Map(), page.layout)) : whole(e))),
    conditions: used?.conditions ?? [],
    where,
  });
}

/** A number that is a product itself stands in parentheses before its vector: (1't) p. */
const hasInnerProduct = (e: Expr): boolean =>
  (e.op === "add" ? e.args : [e]).some(
    (t) => t.op === "times" && t.args.slice(0, -1).some((a) => a.op === "sum" || a.op === "mul"),
  );

function lossRule(
  f: Expr,
  y: Expr,
  likelihood: boolean,
): { rule: string; chips: readonly string[]; cites: readonly Citation[] } {
  if (likelihood)
    return { rule: "chain/likelihood", chips: ["cross-entropy"], cites: [cite("notes", "§2.2, unnumbered")] };
  const e = carrier(f, y);
  const dot = e.op === "mul" && e.args.length === 2 && e.args[1] === y && e.args[0] === b.transpose(y);
  if (dot)
    return {
      rule: "chain/dot-product",
      chips: ["dot product"],
      cites: [cite("notes", "§2 ex. 1"), cite("notes", "(4), (7)")],
    };
  if (e.op === "pow" && e.args[0]!.op === "norm")
    return { rule: "chain/norm-squared", chips: ["norm²"], cites: [cite("notes", "§2 (used)")] };
  return stageRule(f, y, undefined);
}

/** "1't = 1, since t is a distribution" as the golden page says it. */
function sinceLatex(condition: string): string {
  const simplex = /^1'(\w+) = 1, since/.exec(condition);
  if (!simplex) return `\\text{${condition}}`;
  const t = `\\mathbf{${simplex[1]}}`;
  return `\\text{since }\\mathbf 1^\\top ${t}=1\\ (${t}\\text{ is a distribution})`;
}

/** One user: local derivative times upstream; the Jacobian is shown where the product is not the Jacobian itself. */
function stageLine(page: ChainPage, y: Expr, user: Let, shown: Map<Expr, Expr>): Step {
  const { layout } = page;
  const G = page.seeds.get(user.symbol)!;
  const g = page.upstream.get(user.symbol)!;
  const sent = sentBack(user.value, y, G);
  const closed = laidOut(page, sent);
  const sum = products(closed, upstreamFactors(page), layout);
  const J = isColumn(y.shape) && isColumn(user.symbol.shape) ? localJacobian(user.value, y, layout) : undefined;
  const jacobian = J && page.refer(J);
  const needed = jacobian && (layout === "denominator" ? b.mul(jacobian, g) : b.mul(g, jacobian)) !== closed;
  const multiplied: ChainProduct[] = needed
    ? [{ scalars: [], factors: inOrder(page, [asFactor(jacobian), page.upstreamFactor(user.symbol)]) }]
    : [];
  const shorter = shortened(page, closed, sent, shown);
  if (shorter) shown.set(y, shorter.expr);
  const printed = printedForm(user.value, y, layout);
  const diagonal = needed
    ? jacobian.op === "diag"
    : isElementwise(carrier(user.value, y)) && sum.every((p) => p.hadamard);
  const sides = jacobian?.op === "add" ? "" : sideNote((needed ? multiplied : sum).flatMap(sidesOf), printed);
  return page.step({
    ...stageRule(user.value, y, printed),
    note: [
      diagonal ? "\\text{elementwise: the Jacobian is diagonal}" : sides,
      ...(shorter?.conditions.map(sinceLatex) ?? []),
    ]
      .filter(Boolean)
      .join(",\\quad "),
    left: leftOf(page, y),
    by: y,
    right: [
      ...(needed ? [multiplied] : []),
      needed ? bare(sum) : sum,
      ...(shorter?.plain ? [whole(shorter.plain)] : []),
      ...(shorter ? [whole(shorter.expr)] : []),
    ],
    conditions: shorter?.conditions ?? [],
  });
}

const inOrder = (page: ChainPage, innerFirst: readonly ChainFactor[]): readonly ChainFactor[] =>
  page.layout === "denominator" ? innerFirst : [...innerFirst].reverse();

/** A second form of a product stands without shapes: they are under the first. */
const bare = (sum: readonly ChainProduct[]): readonly ChainProduct[] =>
  sum.map((p) => ({ ...p, factors: p.factors.map((f) => ({ ...f, shape: [] })) }));

/** With the upstream gradient written out, where that cancels: (diag p − pp')(−t ⊘ p) = (1't)p − t = p − t. */
function shortened(
  page: ChainPage,
  closed: Expr,
  sent: Expr,
  shown: ReadonlyMap<Expr, Expr>,
): { plain?: Expr; expr: Expr; conditions: readonly string[] } | undefined {
  const by = new Map<Expr, Expr>();
  for (const [s, value] of shown) by.set(page.seeds.get(s)!, page.layout === "denominator" ? value : turned(value));
  if (by.size === 0) return undefined;
  const named = page.refer(sent);
  const opened = substitute(named, by);
  if (opened === named) return undefined;
  const plain = laidOut(page, tidyLine(opened));
  const used = simplify(opened);
  const expr = laidOut(page, used.expr);
  if (treeSize(expr) >= treeSize(closed)) return undefined;
  return { ...(plain !== expr && used.conditions.length > 0 ? { plain } : {}), expr, conditions: used.conditions };
}

/** Several users: their parts are added. */
function sumLine(page: ChainPage, y: Expr, users: readonly (Let | undefined)[]): Step {
  const { graph, layout } = page;
  const parts = users.map((u) =>
    laidOut(
      page,
      u ? sentBack(u.value, y, page.seeds.get(u.symbol)!) : derivative(graph.f, [y], { facts: false }).matrix!,
    ),
  );
  const sum = parts.flatMap((p) => products(p, upstreamFactors(page), layout));
  const times = users.length === 2 ? "twice" : `${users.length} times`;
  return page.step({
    rule: "chain/sum",
    chips: ["chain rule", `used ${times}`],
    cites: [SUM_OF_USES],
    note: `${inlineLatex(y)}\\text{ is used ${times}: the parts are added}`,
    left: leftOf(page, y),
    by: y,
    right: [sum],
  });
}
