/** All wrong answers that a derivation can lead to, the likeliest kinds first. */
import { NablaError } from "../../core/errors.js";
import { type Expr, topological } from "../../core/expr.js";
import { derivative } from "../../derive/closed.js";
import { inLayout } from "../../derive/layout.js";
import { build as b, substitute } from "../../ops/build.js";
import { opOf } from "../../ops/index.js";
import { d, isZero } from "../../ops/leaves.js";
import { text } from "../../print/text.js";
import { answerMutations } from "./answerMutations.js";
import { chainMutations } from "./chain.js";
import type { InLayout, LocalMutation, Mutant, RewriteMutation, Site } from "./define.js";
import { expressionMutations } from "./expression.js";
import { productMutations } from "./products.js";

/** Larger derivations have too many places; the first ones are tried. */
const MOST_SITES = 120;
const LOCAL: readonly LocalMutation[] = [...chainMutations, ...productMutations];

/**
 * @param f what is differentiated in the last differentiation, by x
 * @param written the expression of the problem with its variables; differs from f for second derivatives
 * @param answers the right answer in its layouts
 */
export function* mutantsOf(
  f: Expr,
  x: Expr,
  written: { readonly f: Expr; readonly wrt: readonly Expr[] },
  answers: readonly InLayout[],
): Generator<Mutant> {
  yield* localMutants(f, x);
  yield* expressionMutants(written.f, written.wrt);
  for (const answer of answers) yield* answerMutants(answer);
}

/** Every local mistake at every place, then the same mistake at all places at once. */
function* localMutants(f: Expr, x: Expr): Generator<Mutant> {
  const sites = sitesOf(f, x).slice(0, MOST_SITES);
  for (const mutation of LOCAL) {
    const wrong = new Map<Site, Expr>();
    for (const site of sites) {
      if (!applies(mutation, site)) continue;
      const instead = safely(() => mutation.wrong(site));
      if (instead && instead !== site.right) wrong.set(site, instead);
    }
    for (const [site, instead] of wrong) yield* local(mutation, f, x, site, new Map([[site, instead]]));
    if (wrong.size > 1) yield* local(mutation, f, x, [...wrong.keys()][0]!, wrong);
  }
}

const applies = ({ ops }: LocalMutation, { e }: Site): boolean =>
  ops === "any" ||
  (ops === "elementwise" ? opOf(e.op).elementwise === true && e.args.length === 1 : ops.includes(e.op));

function* local(
  mutation: LocalMutation,
  f: Expr,
  x: Expr,
  first: Site,
  wrong: ReadonlyMap<Site, Expr>,
): Generator<Mutant> {
  const dF = safely(() => differentialWith(f, x, wrong));
  if (!dF || isZero(dF)) return;
  yield {
    code: mutation.code,
    level: "rule",
    says: mutation.says(first, text),
    at: first.e,
    form: { kind: "differential", dF },
  };
}

/** The places of a derivation, with the right contributions. */
function sitesOf(f: Expr, x: Expr): Site[] {
  const sites: Site[] = [];
  const differential = new Map<Expr, Expr>([[x, d(x)]]);
  for (const e of topological(f)) {
    if (e === x) continue;
    const varying = e.args.filter((a) => differential.has(a)).length;
    const terms: Expr[] = [];
    e.args.forEach((arg, i) => {
      const dArg = differential.get(arg);
      if (!dArg) return;
      const right = opOf(e.op).differential(b, e, i, dArg);
      terms.push(right);
      sites.push({ e, i, dArg, right, varying, x });
    });
    if (terms.length > 0) differential.set(e, b.add(...terms));
  }
  return sites;
}

/** The differential with some contributions replaced. */
function differentialWith(f: Expr, x: Expr, wrong: ReadonlyMap<Site, Expr>): Expr {
  const replaced = new Map([...wrong].map(([{ e, i }, instead]) => [`${e.id} ${i}`, instead]));
  const differential = new Map<Expr, Expr>([[x, d(x)]]);
  for (const e of topological(f)) {
    if (e === x) continue;
    const terms = e.args.flatMap((arg, i) => {
      const dArg = differential.get(arg);
      if (!dArg) return [];
      return [replaced.get(`${e.id} ${i}`) ?? opOf(e.op).differential(b, e, i, dArg)];
    });
    if (terms.length > 0) differential.set(e, b.add(...terms));
  }
  return differential.get(f) ?? b.zeros(f.shape);
}

/** The expressions that f can be misread as. */
export function* misreadings(
  f: Expr,
): Generator<{ readonly code: string; readonly says: string; readonly expr: Expr }> {
  for (const { mutation, node, instead, says } of rewrites(f, expressionMutations)) {
    const expr = safely(() => substitute(f, new Map([[node, instead]])));
    if (expr) yield { code: mutation.code, says: says(text), expr };
  }
}

function* expressionMutants(f: Expr, wrt: readonly Expr[]): Generator<Mutant> {
  for (const { mutation, node, instead, says } of rewrites(f, expressionMutations)) {
    const mutated = safely(() => substitute(f, new Map([[node, instead]])));
    if (!mutated || !wrt.every((x) => topological(mutated).includes(x))) continue;
    const result = safely(() => derivative(mutated, wrt));
    const expr = result && (result.kronecker ?? inLayout(result, "denominator"));
    const layout = result?.kronecker ? "numerator" : "denominator";
    if (expr)
      yield {
        code: mutation.code,
        level: "reading",
        says: says(text),
        at: node,
        form: { kind: "answer", expr, layout },
      };
  }
}

function* answerMutants({ expr: answer, layout }: InLayout): Generator<Mutant> {
  for (const { mutation, node, instead, says } of rewrites(answer, answerMutations)) {
    const expr = safely(() => substitute(answer, new Map([[node, instead]])));
    if (expr && !isZero(expr))
      yield {
        code: mutation.code,
        level: "last line",
        says: says(text),
        at: undefined,
        form: { kind: "answer", expr, layout },
      };
  }
}

function* rewrites(root: Expr, mutations: readonly RewriteMutation[]) {
  const nodes = topological(root).reverse().slice(0, MOST_SITES);
  for (const mutation of mutations)
    for (const node of nodes)
      for (const { instead, says } of safely(() => mutation.wrong(node)) ?? [])
        if (instead !== node) yield { mutation, node, instead, says };
}

/** A mistake that cannot be carried through (its shapes do not fit) leads to no answer. */
function safely<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof NablaError) return undefined;
    throw error;
  }
}
