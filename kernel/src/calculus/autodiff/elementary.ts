/**
 * An expression taken apart into elementary operations v1, v2, …, one operator each, in the order of evaluation; the
 * inputs are v(1−n) … v0, as in the notes. A part that occurs twice is computed once. Constants stay inside the
 * operation that uses them, and so do a minus sign in a sum and a division in a product: v1 − v2, v1/v2.
 */
import { containing, type Expr, topological } from "../core/expr.js";
import { isColumn } from "../core/shape.js";
import { rebuild } from "../ops/build.js";
import { isNumber, isSymbol, symbol } from "../ops/leaves.js";

export interface Elementary {
  /** "v-1", "v0", "v1", …; also the name of its symbol. */
  readonly name: string;
  readonly symbol: Expr;
  /** The part of the whole that it computes. */
  readonly of: Expr;
  /** In the symbols of its operands; undefined for an input. */
  readonly local: Expr | undefined;
  /** Operands in the order in which they are read, each once. */
  readonly operands: readonly Elementary[];
}

const FOLDED = new Set(["add", "times", "hadamard", "mul"]);

export function elementaries(root: Expr, inputs: readonly Expr[]): Elementary[] {
  const rows: Elementary[] = [];
  const bySymbol = new Map<Expr, Elementary>();
  const done = new Map<Expr, Expr>();
  const put = (name: string, of: Expr, local: Expr | undefined): Expr => {
    const s = symbol(name, of.shape);
    const used = local ? topological(local).filter((e) => bySymbol.has(e)) : [];
    const row = { name, symbol: s, of, local, operands: inOrder(local, used).map((e) => bySymbol.get(e)!) };
    rows.push(row);
    bySymbol.set(s, row);
    done.set(of, s);
    return s;
  };
  let next = 1;
  const compute = (of: Expr, local: Expr): Expr => put(`v${next++}`, of, local);

  for (const [i, x] of inputs.entries()) put(`v${i + 1 - inputs.length}`, x, undefined);
  const isInput = new Set(inputs);
  const active = containing(root, (e) => isInput.has(e));
  const inlined = inlinedParts(root, active);

  const placeholder = (e: Expr): Expr => done.get(e) ?? e;
  /** −u in a sum, u⁻¹ in a product: the operation of the parent. */
  const part = (e: Expr): Expr => (inlined.has(e) ? rebuild(e, e.args.map(placeholder)) : placeholder(e));
  for (const e of topological(root)) {
    if (!active.has(e) || done.has(e) || inlined.has(e)) continue;
    const args = e.args.map(part);
    if (FOLDED.has(e.op)) fold(e, args, compute);
    else compute(e, rebuild(e, args));
  }
  return rows;
}

/** n-ary sums and products, two at a time; a chain of matrices that ends in a column from the right. */
function fold(e: Expr, args: readonly Expr[], compute: (of: Expr, local: Expr) => Expr): void {
  const fromRight = e.op === "mul" && isColumn(e.shape);
  const order = fromRight ? [...args].reverse() : args;
  const whole = fromRight ? [...e.args].reverse() : e.args;
  let total = order[0]!;
  let of = whole[0]!;
  for (let i = 1; i < order.length; i++) {
    const pair = (x: Expr, y: Expr): Expr => rebuild(e, fromRight ? [y, x] : [x, y]);
    of = i === order.length - 1 ? e : pair(of, whole[i]!);
    const local = pair(total, order[i]!);
    total = topological(local).some((x) => x.op === "symbol" && /^v-?\d+$/.test(x.attrs.name as string))
      ? compute(of, local)
      : local;
  }
}

/** Minus signs below sums and reciprocals below products, unless they are used elsewhere too. */
function inlinedParts(root: Expr, active: ReadonlySet<Expr>): Set<Expr> {
  const inlined = new Set<Expr>();
  const outside = new Set<Expr>([root]);
  const negative = (e: Expr): boolean => e.op === "times" && e.args.length === 2 && isNumber(e.args[0]!, -1);
  const reciprocal = (e: Expr): boolean => e.op === "pow" && isNumber(e.args[1]!, -1);
  for (const e of topological(root))
    for (const a of e.args) {
      const fits = e.op === "add" ? negative(a) : (e.op === "times" || e.op === "hadamard") && reciprocal(a);
      if (fits && active.has(a) && a !== e.args[0]) inlined.add(a);
      else outside.add(a);
    }
  for (const e of outside) inlined.delete(e);
  return inlined;
}

/** In the order of the local expression's text, not of evaluation. */
function inOrder(local: Expr | undefined, used: readonly Expr[]): Expr[] {
  if (!local) return [];
  const found: Expr[] = [];
  const visit = (e: Expr): void => {
    if (isSymbol(e) && used.includes(e) && !found.includes(e)) found.push(e);
    e.args.forEach(visit);
  };
  visit(local);
  return found;
}
