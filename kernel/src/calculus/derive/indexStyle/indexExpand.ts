/**
 * Coordinate expansion: [e]_{row,col} as sums of products of entries, by the `entry` of each operator's record.
 * What does not contain the variable stays whole; functions applied entry by entry become functions of an entry;
 * what has no coordinates (an inverse, a determinant) stays an entry and is differentiated by its own rule.
 */
import { NablaError } from "../../core/errors.js";
import { containing, type Expr, node } from "../../core/expr.js";
import type { Index } from "../../core/indexForm.js";
import { newIndex } from "../../core/indexForm.js";
import { ENTRY, type IndexName, type IndexNode } from "../../core/indexLine.js";
import { type Dim, isOne, shape } from "../../core/shape.js";
import { build, rebuild } from "../../ops/build.js";
import { opOf } from "../../ops/index.js";
import { isNumber, numberOf } from "../../ops/leaves.js";
import { composed } from "./indexComposed.js";
import { constantEntry } from "./indexConstant.js";
import { contract } from "./indexContract.js";
import { freshIndex } from "./indexNames.js";
import {
  add,
  apply,
  boundNames,
  children,
  countNodes,
  delta,
  entry,
  number,
  power,
  product,
  sum,
} from "./indexTree.js";

/** Lines longer than this are no derivation by hand; the differential in index form takes over. */
export const NODE_CAP = 400;

/** More sums inside each other than this cannot be read. */
const SUM_CAP = 6;

const nestedSums = (n: IndexNode): number =>
  (n.kind === "sum" ? 1 : 0) + children(n).reduce((most, c) => Math.max(most, nestedSums(c)), 0);

/** Thrown, and caught by its identity, when a line grows too long. */
export const TOO_LONG = new NablaError("unsupported", "its lines are too long to be written by hand", {
  want: `at most ${NODE_CAP} parts on a line`,
});

export interface ExpandContext {
  /** The variable and the named parts: their entries are what is differentiated. */
  readonly moving: ReadonlySet<Expr>;
  readonly taken: ReadonlySet<string>;
}

type At = IndexName | undefined;
export const given = (...indices: readonly At[]): IndexName[] => indices.filter((i): i is IndexName => i !== undefined);

/** Does e contain the variable or a named part? */
export const movesWith = (e: Expr, context: ExpandContext): boolean =>
  containing(e, (s) => context.moving.has(s)).has(e);

export function expand(e: Expr, row: At, col: At, used: ReadonlySet<string>, context: ExpandContext): IndexNode {
  const active = containing(e, (s) => context.moving.has(s));
  const tree = new Expander(active, context).entry(e, row, col, used);
  if (countNodes(tree) > NODE_CAP || nestedSums(tree) > SUM_CAP) throw TOO_LONG;
  return contract(tree);
}

class Expander {
  constructor(
    private readonly active: ReadonlySet<Expr>,
    private readonly context: ExpandContext,
  ) {}

  entry(e: Expr, row: At, col: At, used: ReadonlySet<string>): IndexNode {
    if (!this.active.has(e)) return constantEntry(e, row, col);
    if (this.context.moving.has(e)) return entry(e, given(row, col));
    const [z, k] = e.args;
    if (e.op === "pow" && !this.active.has(k!)) {
      const squared = z!.op === "norm" && isNumber(k!);
      if (squared) return power(this.squares(z!.args[0]!, used), numberOf(k!) / 2);
      if (isNumber(k!)) return power(this.entry(z!, row, col, used), numberOf(k!));
    }
    if (e.op === "norm") return power(this.squares(z!, used), 0.5);
    const functionOfFirst = opOf(e.op).elementwise && e.args.every((a, n) => (n === 0) === this.active.has(a));
    const run = functionOfFirst ? composed(e, this.active) : undefined;
    if (run) return apply(run.body, this.entry(run.of, row, col, used));
    if (functionOfFirst) return apply(rebuild(e, [ENTRY, ...e.args.slice(1)]), this.entry(z!, row, col, used));
    const opened = e.op === "mul" ? grouped(e, this.active) : e.op === "matpow" ? asProduct(e) : e;
    if (!opened || !opOf(opened.op).entry) return entry(e, given(row, col));
    return this.byRecord(opened, row, col, used);
  }

  /** Σ of the squares of all entries. */
  private squares(u: Expr, used: ReadonlySet<string>): IndexNode {
    const names = new Set(used);
    const [row, col] = [this.fresh(u.shape.rows, names), this.fresh(u.shape.cols, names)];
    return sums(given(row, col), power(this.entry(u, row, col, names), 2));
  }

  private fresh(dim: Dim, used: Set<string>): At {
    if (isOne(dim)) return undefined;
    const index = freshIndex(dim, used, this.context.taken);
    used.add(index.name);
    return index;
  }

  private byRecord(e: Expr, row: At, col: At, used: ReadonlySet<string>): IndexNode {
    const names = new Set(used);
    const known = new Map<number, IndexName>();
    const indexOf = (name: At): Index | undefined => {
      if (!name) return undefined;
      const index = newIndex(name.dim);
      known.set(index.id, name);
      return index;
    };
    const made: IndexName[] = [];
    const products = opOf(e.op).entry!(build, e, indexOf(row), indexOf(col), (dim) => {
      const name = this.fresh(dim, names);
      if (name) made.push(name);
      return indexOf(name);
    });
    const nameOf = (i: Index | undefined): At => i && known.get(i.id)!;
    const terms = products.map((p) => {
      const within = new Set(names);
      const parts = p.parts.map((part) => {
        const tree = this.entry(part.expr, nameOf(part.row), nameOf(part.col), within);
        for (const n of boundNames(tree)) within.add(n);
        return tree;
      });
      const selected = p.deltas.map(([a, b]) => delta(nameOf(a)!, nameOf(b)!));
      return sums(made, product(number(p.coefficient), ...selected, ...parts));
    });
    return add(...terms);
  }
}

export const sums = (indices: readonly IndexName[], body: IndexNode): IndexNode =>
  [...indices].reverse().reduce((inner, index) => sum(index, inner), body);

/** Neighbours in a product that do not move are one matrix. */
function grouped(e: Expr, active: ReadonlySet<Expr>): Expr {
  const groups: Expr[] = [];
  let still: Expr[] = [];
  const flush = (): void => {
    if (still.length > 0) groups.push(build.mul(...still));
    still = [];
  };
  for (const a of e.args) {
    if (active.has(a)) {
      flush();
      groups.push(a);
    } else if (still.length > 0 && isOne(a.shape.rows)) {
      flush();
      still = [a];
    } else still.push(a);
  }
  flush();
  return groups.length === e.args.length ? e : node("mul", groups, e.shape);
}

/** A² and A³ are written as products. */
function asProduct(e: Expr): Expr | undefined {
  const k = e.attrs.k as number;
  const A = e.args[0]!;
  if (k < 2 || k > 3) return undefined;
  return node("mul", Array<Expr>(k).fill(A), shape(A.shape.rows, A.shape.cols));
}
