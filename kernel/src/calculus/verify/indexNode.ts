/**
 * The numbers of an index tree over all values of its free indices. Derivatives are exact: dual numbers through sums,
 * products and functions, and for an entry the tensor that the caller supplies.
 */
import { scalarValue } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { ENTRY, type IndexName, type IndexNode } from "../core/indexLine.js";
import { isOne, type Sizes, sizeOf } from "../core/shape.js";
import { nameOf } from "../ops/leaves.js";
import type { Tensor } from "./einsum.js";
import { type Evaluated, evaluate, evaluateAll, type Point } from "./evaluate.js";

export interface IndexContext {
  /** Numbers for the symbols, the named parts among them. */
  readonly point: Point;
  readonly known: Evaluated;
  /** ∂e/∂s, axes of e first; undefined where e does not depend on s. */
  readonly jacobian: (e: Expr, s: Expr) => Tensor | undefined;
  /** ∂²e/∂s∂t, axes of e first; undefined where it is 0 for every index. */
  readonly second: (e: Expr, s: Expr, t: Expr) => Tensor | undefined;
  /** φ′ of a scalar expression of ENTRY at a number. */
  readonly slope: (body: Expr, at: number) => number;
}

type Fn = () => number;
interface Dual {
  readonly value: Fn;
  readonly slope: Fn;
}

/** Values over the free indices, row-major in the order they are given. */
export function evaluateIndexNode(root: IndexNode, free: readonly IndexName[], context: IndexContext): Tensor {
  const compiler = new Compiler(context);
  for (const index of free) compiler.bind(index);
  const run = compiler.value(root);
  const shape = free.map((i) => sizeOf(i.dim, context.point.sizes));
  const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
  for (let flat = 0; flat < data.length; flat++) {
    let rest = flat;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      compiler.at[axis] = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    data[flat] = run();
  }
  return { shape, data };
}

/** Steps that `evaluateIndexNode` takes, about: nodes, times the values of the indices they stand under. */
export function indexWork(root: IndexNode, free: readonly IndexName[], sizes: Sizes): number {
  return free.reduce((work, i) => work * sizeOf(i.dim, sizes), passes(root, sizes).value);
}

/** Steps for a value, and for a value with its slope. */
function passes(n: IndexNode, sizes: Sizes): { readonly value: number; readonly slope: number } {
  const over = (list: readonly IndexNode[], each: number): { value: number; slope: number } =>
    sumOf(
      list.map((c) => passes(c, sizes)),
      each,
    );
  const sumOf = (
    below: readonly { value: number; slope: number }[],
    each: number,
  ): { value: number; slope: number } => {
    const value = below.reduce((s, c) => s + c.value, 1);
    return { value, slope: below.reduce((s, c) => s + c.slope, 1) + each * value };
  };
  switch (n.kind) {
    case "number":
    case "entry":
    case "delta":
      return { value: 1, slope: 1 };
    case "sum": {
      const [size, body] = [isOne(n.index.dim) ? 1 : sizeOf(n.index.dim, sizes), passes(n.body, sizes)];
      return { value: 1 + size * body.value, slope: 1 + size * body.slope };
    }
    case "product": {
      // A delta that is 0 ends the product: what stands behind it is met once in the size of its index.
      let [value, share] = [1, 1];
      const below = n.factors.map((f) => passes(f, sizes));
      for (const [k, f] of n.factors.entries()) {
        value += share * below[k]!.value;
        if (f.kind === "delta") share /= sizeOf(f.i.dim, sizes);
      }
      return { value, slope: sumOf(below, n.factors.length).slope };
    }
    case "add":
      return over(n.terms, 0);
    case "power":
      return over([n.base], 1);
    case "function": {
      // Two look-ups of a number, or an evaluation.
      const { value, slope } = over([n.argument], 1);
      return { value: value + 20, slope: slope + 40 };
    }
    case "partial": {
      const { slope } = passes(n.of, sizes);
      return { value: slope, slope };
    }
  }
}

class Compiler {
  readonly at: number[] = [];
  private readonly slots = new Map<string, number>();

  constructor(private readonly context: IndexContext) {}

  bind(index: IndexName): number {
    const slot = this.at.length;
    this.at.push(0);
    this.slots.set(index.name, slot);
    return slot;
  }

  private slotOf(index: IndexName): number {
    const slot = this.slots.get(index.name);
    if (slot === undefined) throw new RangeError(`the index ${index.name} is neither free nor summed`);
    return slot;
  }

  value(n: IndexNode): Fn {
    const { at } = this;
    switch (n.kind) {
      case "number":
        return () => n.value;
      case "entry":
        return this.entry(n.expr, n.indices);
      case "delta": {
        const [i, j] = [this.slotOf(n.i), this.slotOf(n.j)];
        return () => (at[i] === at[j] ? 1 : 0);
      }
      case "sum":
        return this.loop(n.index, () => [this.value(n.body)])[0]!;
      case "product": {
        const factors = n.factors.map((f) => this.value(f));
        return () => {
          let product = 1;
          for (const f of factors) {
            product *= f();
            if (product === 0) return 0;
          }
          return product;
        };
      }
      case "add": {
        const terms = n.terms.map((t) => this.value(t));
        return () => terms.reduce((s, t) => s + t(), 0);
      }
      case "power": {
        const base = this.value(n.base);
        return () => base() ** n.exponent;
      }
      case "function":
        return compose(this.scalar(n.body), this.value(n.argument));
      case "partial":
        return this.dual(n.of, n.by).slope;
    }
  }

  private dual(n: IndexNode, by: IndexNode): Dual {
    switch (n.kind) {
      case "number":
      case "delta":
        return { value: this.value(n), slope: () => 0 };
      case "entry":
        return { value: this.value(n), slope: this.entrySlope(n.expr, n.indices, by) };
      case "sum": {
        const [value, slope] = this.loop(n.index, () => {
          const body = this.dual(n.body, by);
          return [body.value, body.slope];
        });
        return { value: value!, slope: slope! };
      }
      case "product": {
        const factors = n.factors.map((f) => this.dual(f, by));
        return {
          value: () => factors.reduce((p, f) => p * f.value(), 1),
          slope: () =>
            factors.reduce((s, f, k) => {
              const own = f.slope();
              return own === 0 ? s : s + factors.reduce((p, g, m) => (m === k ? p : p * g.value()), own);
            }, 0),
        };
      }
      case "add": {
        const terms = n.terms.map((t) => this.dual(t, by));
        return {
          value: () => terms.reduce((s, t) => s + t.value(), 0),
          slope: () => terms.reduce((s, t) => s + t.slope(), 0),
        };
      }
      case "power": {
        const base = this.dual(n.base, by);
        const k = n.exponent;
        return { value: () => base.value() ** k, slope: () => k * base.value() ** (k - 1) * base.slope() };
      }
      case "function": {
        const argument = this.dual(n.argument, by);
        const { slope } = this.context;
        const rate = compose(
          remembered((x) => slope(n.body, x)),
          argument.value,
        );
        return { value: compose(this.scalar(n.body), argument.value), slope: () => rate() * argument.slope() };
      }
      case "partial":
        return { value: this.value(n), slope: this.secondSlope(n, by) };
    }
  }

  private entry(e: Expr, indices: readonly IndexName[]): Fn {
    const { at } = this;
    const { data, cols } = evaluateAll([e], this.context.point, this.context.known).get(e)!;
    const [i, j] = indices.map((index) => this.slotOf(index));
    if (i === undefined) return () => data[0]!;
    if (j === undefined) return () => data[at[i]!]!;
    return () => data[at[i]! * cols + at[j]!]!;
  }

  private entrySlope(e: Expr, indices: readonly IndexName[], by: IndexNode): Fn {
    if (by.kind !== "entry") throw new RangeError("differentiate by an entry");
    return this.look(this.context.jacobian(e, by.expr), [...indices, ...by.indices]);
  }

  private secondSlope({ of, by }: Extract<IndexNode, { kind: "partial" }>, and: IndexNode): Fn {
    if (of.kind !== "entry" || by.kind !== "entry" || and.kind !== "entry")
      throw new NablaError("unsupported", "a line with a second derivative of more than an entry has no numeric check");
    const tensor = this.context.second(of.expr, by.expr, and.expr);
    return this.look(tensor, [...of.indices, ...by.indices, ...and.indices]);
  }

  private look(tensor: Tensor | undefined, indices: readonly IndexName[]): Fn {
    if (!tensor) return () => 0;
    const { at } = this;
    const slots = indices.map((index) => this.slotOf(index));
    return () => {
      let offset = 0;
      for (let axis = 0; axis < slots.length; axis++) offset = offset * tensor.shape[axis]! + at[slots[axis]!]!;
      return tensor.data[offset]!;
    };
  }

  /** Σ over an index of each of the functions of the body. */
  private loop(index: IndexName, body: () => Fn[]): Fn[] {
    const before = this.slots.get(index.name);
    const slot = this.bind(index);
    const inner = body();
    if (before === undefined) this.slots.delete(index.name);
    else this.slots.set(index.name, before);
    const size = isOne(index.dim) ? 1 : sizeOf(index.dim, this.context.point.sizes);
    const { at } = this;
    return inner.map((f) => () => {
      let total = 0;
      for (let v = 0; v < size; v++) {
        at[slot] = v;
        total += f();
      }
      return total;
    });
  }

  /** A scalar expression of ENTRY; an argument that was seen before costs a look-up. */
  private scalar(body: Expr): (x: number) => number {
    const { point } = this.context;
    return remembered(
      (x) => evaluate(body, { ...point, values: { ...point.values, [nameOf(ENTRY)]: scalarValue(x) } }).data[0]!,
    );
  }
}

function remembered(f: (x: number) => number): (x: number) => number {
  const seen = new Map<number, number>();
  return (x) => {
    let y = seen.get(x);
    if (y === undefined) {
      y = f(x);
      seen.set(x, y);
    }
    return y;
  };
}

const compose =
  (f: (x: number) => number, g: Fn): Fn =>
  () =>
    f(g());
