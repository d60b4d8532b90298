/**
 * ∂ of an index tree by an entry of the variable: linear in sums, the product rule in products, the chain rule in
 * functions of an entry. An operator without coordinates is differentiated by its own differential, in index form:
 * ∂[X⁻¹]_ij = −Σ_ab [X⁻¹]_ia ∂X_ab [X⁻¹]_bj. Entries of named parts stay as ∂r_i/∂x_k.
 */
import type { Expr } from "../../core/expr.js";
import type { Index, IndexForm } from "../../core/indexForm.js";
import { newIndex } from "../../core/indexForm.js";
import { ENTRY, type EntryNode, type IndexName, type IndexNode } from "../../core/indexLine.js";
import { isOne, type Shape } from "../../core/shape.js";
import { build as b } from "../../ops/build.js";
import { opOf } from "../../ops/index.js";
import { d, isSymbol, symbol } from "../../ops/leaves.js";
import { derivative } from "../closed.js";
import { indexLinear } from "../indexed.js";
import { contract } from "./indexContract.js";
import { type ExpandContext, expand, given, movesWith, sums } from "./indexExpand.js";
import { freshIndex } from "./indexNames.js";
import {
  add,
  apply,
  boundNames,
  delta,
  entry,
  number,
  partial,
  power,
  product,
  rebuildTree,
  sum,
  ZERO,
} from "./indexTree.js";

export interface DiffContext extends ExpandContext {
  /** The entry ∂/∂x_kl that is differentiated by. */
  readonly by: EntryNode;
  /** Ids of the rules of operators that were used. */
  readonly used: Set<string>;
}

type Names = ReadonlySet<string>;
const plus = (names: Names, more: readonly string[]): Names => new Set([...names, ...more]);

export function differentiate(n: IndexNode, names: Names, context: DiffContext): IndexNode {
  switch (n.kind) {
    case "number":
    case "delta":
    case "partial":
      return ZERO;
    case "entry":
      return entryDerivative(n, names, context);
    case "sum":
      return sum(n.index, differentiate(n.body, plus(names, [n.index.name]), context));
    case "add":
      return add(...n.terms.map((t) => differentiate(t, names, context)));
    case "product":
      return add(
        ...n.factors.map((f, at) => {
          const others = n.factors.filter((_, k) => k !== at);
          const inner = differentiate(f, plus(names, others.flatMap(boundNames)), context);
          return product(...n.factors.slice(0, at), inner, ...n.factors.slice(at + 1));
        }),
      );
    case "power": {
      const inner = differentiate(n.base, plus(names, boundNames(n.base)), context);
      return product(number(n.exponent), power(n.base, n.exponent - 1), inner);
    }
    case "function": {
      const inner = differentiate(n.argument, plus(names, boundNames(n.argument)), context);
      return product(slope(n.body, n.argument), inner);
    }
  }
}

/** φ′ at the argument; constants and products stand as they are. */
export function slope(body: Expr, argument: IndexNode): IndexNode {
  const derived = derivative(body, [ENTRY], { facts: false }).matrix!;
  return scalarTree(derived, argument);
}

/** A scalar expression of ENTRY as a tree: products and powers are opened, everything else is one function. */
function scalarTree(e: Expr, argument: IndexNode): IndexNode {
  if (e === ENTRY) return argument;
  if (e.op === "times") return product(...e.args.map((a) => scalarTree(a, argument)));
  if (e.op === "pow" && e.args[1]!.op === "number")
    return power(scalarTree(e.args[0]!, argument), e.args[1]!.attrs.value as number);
  return movesWith(e, { moving: new Set([ENTRY]), taken: new Set() }) ? apply(e, argument) : entry(e);
}

function entryDerivative(n: EntryNode, names: Names, context: DiffContext): IndexNode {
  if (context.moving.has(n.expr)) {
    if (isSymbol(context.by.expr) && context.by.expr === n.expr && n.indices.length === 0) return number(1);
    return partial(n, context.by);
  }
  if (!movesWith(n.expr, context)) return ZERO;
  const moving = n.expr.args.flatMap((a, at) => (movesWith(a, context) ? [at] : []));
  context.used.add(n.expr.op);
  return add(...moving.map((at) => throughArgument(n, at, names, context)));
}

/** Σ_ab ∂[op(u)]_ij/∂u_ab ∂u_ab/∂x_kl for one argument u of an operator. */
function throughArgument(n: EntryNode, at: number, names: Names, context: DiffContext): IndexNode {
  const e = n.expr;
  const u = e.args[at]!;
  const used = new Set(names);
  const [row, col] = axisNames(u.shape, used, context);
  const derivativeOf = (): IndexNode => differentiate(expand(u, row, col, used, context), used, context);
  if (e.op === "scalarfn" && e.attrs.order === 0 && isSymbol(u))
    return sums(given(row, col), product(partial(n, entry(u, given(row, col))), derivativeOf()));
  const leaf = symbol("·argument", u.shape);
  const linear = opOf(e.op).differential(b, e, at, d(leaf));
  const bound = { row: row && newIndex(row.dim), col: col && newIndex(col.dim) };
  const own = axisIndices(e.shape, n.indices);
  const form = indexLinear(linear, d(leaf), own, bound);
  const known = new Map<number, IndexName>();
  const inner = given(row, col);
  for (const [k, index] of present(bound).entries()) known.set(index.id, inner[k]!);
  for (const [k, index] of present(own).entries()) known.set(index.id, n.indices[k]!);
  const outer = formTree(form, known, used, context.taken);
  return contract(sums(given(row, col), product(outer, derivativeOf())));
}

const present = (a: { row: Index | undefined; col: Index | undefined }): Index[] =>
  [a.row, a.col].filter((i): i is Index => i !== undefined);

function axisNames(s: Shape, used: Set<string>, context: DiffContext): [IndexName | undefined, IndexName | undefined] {
  const make = (dim: Shape["rows"]): IndexName | undefined => {
    if (isOne(dim)) return undefined;
    const name = freshIndex(dim, used, context.taken);
    used.add(name.name);
    return name;
  };
  return [make(s.rows), make(s.cols)];
}

function axisIndices(s: Shape, names: readonly IndexName[]): { row: Index | undefined; col: Index | undefined } {
  const queue = [...names];
  const take = (dim: Shape["rows"]): Index | undefined => (isOne(dim) ? undefined : newIndex(queue.shift()!.dim));
  return { row: take(s.rows), col: take(s.cols) };
}

/** An index form as a tree; `known` names its free indices. */
export function formTree(
  form: IndexForm,
  known: ReadonlyMap<number, IndexName>,
  used: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): IndexNode {
  return add(
    ...form.terms.map((term) => {
      const names = new Map(known);
      const within = new Set([...used, ...[...known.values()].map((i) => i.name)]);
      const bound = term.summed.map((index) => {
        const name = freshIndex(index.dim, within, taken);
        within.add(name.name);
        names.set(index.id, name);
        return name;
      });
      const factors = term.factors.map((f) => {
        const turned = f.expr.op === "transpose" && f.row && f.col;
        const indices = (turned ? [f.col, f.row] : [f.row, f.col]).filter((i): i is Index => i !== undefined);
        return entry(
          turned ? f.expr.args[0]! : f.expr,
          indices.map((i) => names.get(i.id)!),
        );
      });
      const selected = term.deltas.map(([p, q]) => delta(names.get(p.id)!, names.get(q.id)!));
      return sums(bound, product(number(term.coefficient), ...selected, ...factors));
    }),
  );
}

/** Replaces every ∂(entry of a named part) by f; names in use around it are passed on. */
export function replacePartials(
  n: IndexNode,
  names: Names,
  f: (of: EntryNode, names: Names) => IndexNode | undefined,
): IndexNode {
  if (n.kind === "partial") return (n.of.kind === "entry" && f(n.of, names)) || n;
  if (n.kind === "sum") return sum(n.index, replacePartials(n.body, plus(names, [n.index.name]), f));
  if (n.kind === "product")
    return product(
      ...n.factors.map((c, at) =>
        replacePartials(c, plus(names, n.factors.filter((_, k) => k !== at).flatMap(boundNames)), f),
      ),
    );
  return rebuildTree(n, (c) => replacePartials(c, names, f));
}
