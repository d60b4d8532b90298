/** Sums and scalar products: like terms, powers of one base, cancellation. */
import { cite } from "../core/cite.js";
import type { Expr } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import type { Build } from "../ops/define.js";
import { isNumber, numberOf } from "../ops/leaves.js";
import type { Rule } from "./define.js";

/** e = coefficient · core, the core without its number. */
export function coefficientOf(b: Build, e: Expr): { coefficient: number; core: Expr | undefined } {
  if (isNumber(e)) return { coefficient: numberOf(e), core: undefined };
  if (e.op === "times" && isNumber(e.args[0]!))
    return { coefficient: numberOf(e.args[0]!), core: b.times(...e.args.slice(1)) };
  return { coefficient: 1, core: e };
}

/** Levels of sums and products that are compared modulo order; what lies deeper is compared as it stands. */
const ORDER_DEPTH = 3;

/** Commutative operators compare modulo order: the key sorts their arguments. */
export function orderFree(e: Expr, depth = ORDER_DEPTH): string {
  if (depth === 0 || (e.op !== "times" && e.op !== "hadamard" && e.op !== "add")) return String(e.id);
  return `${e.op}(${e.args
    .map((a) => orderFree(a, depth - 1))
    .sort()
    .join(" ")})`;
}

const likeTerms: Rule = {
  id: "add/like-terms",
  ops: ["add"],
  says: "Equal terms are counted: x + x = 2x.",
  apply: (e, { b }) => {
    const groups = new Map<string, { coefficient: number; core: Expr | undefined }>();
    for (const term of e.args) {
      const { coefficient, core } = coefficientOf(b, term);
      const key = core ? orderFree(core) : "";
      const known = groups.get(key);
      if (known) known.coefficient += coefficient;
      else groups.set(key, { coefficient, core });
    }
    if (groups.size === e.args.length) return undefined;
    const terms = [...groups.values()].map(({ coefficient, core }) =>
      core ? b.times(b.number(coefficient), core) : b.number(coefficient),
    );
    return b.add(...terms.map((t) => (isScalar(e.shape) || !isScalar(t.shape) ? t : b.zeros(e.shape))));
  },
};

/** Powers of equal bases in a commutative product; undefined when nothing merges. */
export function mergePowers(b: Build, factors: readonly Expr[]): Expr[] | undefined {
  const groups = new Map<Expr, Expr[]>();
  for (const f of factors) {
    const base = f.op === "pow" ? f.args[0]! : f;
    const exponent = f.op === "pow" ? f.args[1]! : b.number(1);
    const known = groups.get(base);
    if (known) known.push(exponent);
    else groups.set(base, [exponent]);
  }
  if (groups.size === factors.length) return undefined;
  return [...groups].map(([base, exponents]) => {
    const number = exponents.filter((k) => isNumber(k)).reduce((s, k) => s + numberOf(k), 0);
    const rest = exponents.filter((k) => !isNumber(k));
    return b.pow(base, rest.length === 0 ? number : b.add(...rest, b.number(number)));
  });
}

const mergeScalars: Rule = {
  id: "times/powers",
  ops: ["times"],
  says: "Powers of one base are added; s⁻¹s = 1.",
  apply: (e, { b }) => {
    const scalars = e.args.filter((a) => isScalar(a.shape) && !isNumber(a));
    const merged = mergePowers(b, scalars);
    return (
      merged && b.times(...e.args.filter((a) => isNumber(a)), ...merged, ...e.args.filter((a) => !isScalar(a.shape)))
    );
  },
};

const mergeHadamard: Rule = {
  id: "hadamard/powers",
  ops: ["hadamard"],
  says: "Elementwise powers of one base are added.",
  cite: cite("handwritten", "operator table"),
  apply: (e, { b }) => {
    const merged = mergePowers(b, e.args);
    return merged && b.hadamard(...merged);
  },
};

const powerOfPower: Rule = {
  id: "pow/power",
  ops: ["pow"],
  says: "A power of a power multiplies the exponents (whole numbers), and a root of a norm's square is the norm.",
  apply: (e, { b }) => {
    const [z, k] = e.args as [Expr, Expr];
    if (z.op === "pow" && isNumber(k) && isNumber(z.args[1]!) && Number.isInteger(numberOf(k)))
      return b.pow(z.args[0]!, numberOf(k) * numberOf(z.args[1]!));
    if (z.op === "times" && isNumber(k) && Number.isInteger(numberOf(k)) && isScalar(z.shape))
      return b.times(...z.args.map((a) => b.pow(a, k)));
    if (z.op === "hadamard" && isNumber(k) && Number.isInteger(numberOf(k)) && z.args.some((a) => a.op === "pow"))
      return b.hadamard(...z.args.map((a) => b.pow(a, k)));
    return undefined;
  },
};

/** Plain names stand before compound factors: y∘s(z). */
const hadamardOrder: Rule = {
  id: "hadamard/order",
  ops: ["hadamard"],
  says: "The elementwise product commutes.",
  apply: (e, { b }) => {
    const plain = e.args.filter(isPlain);
    const compound = e.args.filter((a) => !isPlain(a));
    const ordered = [...plain, ...compound];
    return ordered.every((a, i) => a === e.args[i]) ? undefined : b.hadamard(...ordered);
  },
};

const isPlain = (e: Expr): boolean => e.op === "symbol" || (e.op === "pow" && e.args[0]!.op === "symbol");

/** Positive terms before negative ones, A before A'. */
const sumOrder: Rule = {
  id: "add/order",
  ops: ["add"],
  says: "The sum commutes.",
  apply: (e, { b }) => {
    const present = new Set(e.args);
    const ranks = e.args.map((t) => {
      const { coefficient, core } = coefficientOf(b, t);
      if (coefficient < 0) return 2;
      return core?.op === "transpose" && present.has(core.args[0]!) ? 1 : 0;
    });
    const ordered = [0, 1, 2].flatMap((r) => e.args.filter((_, i) => ranks[i] === r));
    return ordered.every((a, i) => a === e.args[i]) ? undefined : b.add(...ordered);
  },
};

export const arithmeticRules: readonly Rule[] = [
  likeTerms,
  mergeScalars,
  mergeHadamard,
  powerOfPower,
  hadamardOrder,
  sumOrder,
];
