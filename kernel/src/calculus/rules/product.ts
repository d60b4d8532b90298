/** Matrix products: inverses cancel, equal neighbours become powers, diagonal matrices act elementwise. */
import { cite } from "../core/cite.js";
import { type Expr, orderKey } from "../core/expr.js";
import { isColumn, isOne, isRow, isScalar } from "../core/shape.js";
import { splitScalars } from "../ops/build.js";
import type { Build } from "../ops/define.js";
import { nameOf } from "../ops/leaves.js";
import { hasFact, type Rule } from "./define.js";

const strip = (e: Expr): Expr => (e.op === "transpose" ? e.args[0]! : e);

/** Replaces neighbours of a product pairwise; undefined when no pair fits. */
function pairwise(e: Expr, b: Build, join: (left: Expr, right: Expr) => Expr | undefined): Expr | undefined {
  for (let i = 0; i + 1 < e.args.length; i++) {
    const joined = join(e.args[i]!, e.args[i + 1]!);
    if (joined) return b.mul(...e.args.slice(0, i), joined, ...e.args.slice(i + 2));
  }
  return undefined;
}

const isDiagonal = (e: Expr): boolean => e.op === "diag" && !isOne(e.shape.cols) && !isOne(e.shape.rows);

const inverse: Rule = {
  id: "product/inverse",
  ops: ["mul"],
  says: "X⁻¹X = I",
  cite: cite("notes", "(8)"),
  apply: (e, { b }) =>
    pairwise(e, b, (l, r) => {
      const cancel = (p: Expr, q: Expr): boolean =>
        (strip(p).op === "inv" && p.op !== "transpose" && p.args[0] === q) ||
        (p.op === "transpose" && strip(p).op === "inv" && b.transpose(strip(p).args[0]!) === q);
      return cancel(l, r) || cancel(r, l) ? b.eye(l.shape.rows) : undefined;
    }),
};

/** B (AXB)⁻¹ = (AX)⁻¹ and (AXB)⁻¹ A = (XB)⁻¹ for square A, B; transposed pairs alike. */
const inverseOfProduct: Rule = {
  id: "product/inverse-of-product",
  ops: ["mul"],
  says: "B(AB)⁻¹ = A⁻¹",
  cite: cite("notes", "(8)"),
  apply: (e, { b }) =>
    pairwise(e, b, (l, r) => {
      if (l.op === "transpose" && r.op === "transpose") {
        const joined = cancelInside(b, r.args[0]!, l.args[0]!);
        return joined && b.transpose(joined);
      }
      return cancelInside(b, l, r) ?? undefined;
    }),
};

function cancelInside(b: Build, l: Expr, r: Expr): Expr | undefined {
  const square = (x: Expr): boolean => x.shape.rows.key === x.shape.cols.key;
  if (r.op === "inv" && r.args[0]!.op === "mul" && square(l)) {
    const factors = r.args[0]!.args;
    if (factors[factors.length - 1] === l) return b.op("inv", [b.mul(...factors.slice(0, -1))]);
  }
  if (l.op === "inv" && l.args[0]!.op === "mul" && square(r)) {
    const factors = l.args[0]!.args;
    if (factors[0] === r) return b.op("inv", [b.mul(...factors.slice(1))]);
  }
  return undefined;
}

const orthogonal: Rule = {
  id: "fact/orthogonal",
  ops: ["mul", "inv"],
  says: "Q'Q = QQ' = I, since Q is orthogonal",
  apply: (e, context) => {
    const said = (Q: Expr, made: Expr): Expr => {
      if (Q.op === "symbol") context.conditions.add(`${nameOf(Q)}'${nameOf(Q)} = I, since ${nameOf(Q)} is orthogonal`);
      return made;
    };
    const known = (Q: Expr): boolean => hasFact(Q, "orthogonal", context);
    if (e.op === "inv") return known(e.args[0]!) ? said(e.args[0]!, context.b.transpose(e.args[0]!)) : undefined;
    return pairwise(e, context.b, (l, r) => {
      const Q = strip(l);
      return Q === strip(r) && l !== r && known(Q) ? said(Q, context.b.eye(l.shape.rows)) : undefined;
    });
  },
};

const powers: Rule = {
  id: "product/powers",
  ops: ["mul"],
  says: "A A^k = A^(k+1)",
  apply: (e, { b }) =>
    pairwise(e, b, (l, r) => {
      const turned = l.op === "transpose" && r.op === "transpose";
      if ((l.op === "transpose") !== (r.op === "transpose")) return undefined;
      const [p, q] = [strip(l), strip(r)];
      const base = (x: Expr): Expr => (x.op === "matpow" || x.op === "inv" ? x.args[0]! : x);
      const exponent = (x: Expr): number => (x.op === "matpow" ? (x.attrs.k as number) : x.op === "inv" ? -1 : 1);
      // Two inverses stay side by side, as people write them; an inverse joins a power.
      const joins = p.op === "matpow" || q.op === "matpow" || (p.op === "symbol" && q.op === "symbol");
      if (base(p) !== base(q) || !joins || isScalar(p.shape)) return undefined;
      const k = exponent(p) + exponent(q);
      const power = k === 0 ? b.eye(p.shape.rows) : b.matpow(base(p), k);
      return turned ? b.transpose(power) : power;
    }),
};

const inversePower: Rule = {
  id: "product/inverse-power",
  ops: ["matpow"],
  says: "A^(-1) is the inverse",
  apply: (e, { b }) => (e.attrs.k === -1 ? b.op("inv", [e.args[0]!]) : undefined),
};

const diagonalTimesColumn: Rule = {
  id: "diag/column",
  ops: ["mul"],
  says: "diag(u)v = u∘v",
  cite: cite("handwritten", "operator table"),
  apply: (e, { b }) =>
    pairwise(e, b, (l, r) => {
      const on = (D: Expr, v: Expr): Expr => b.hadamard(column(b, D.args[0]!), v);
      if (isDiagonal(l) && isColumn(r.shape)) return on(l, r);
      if (isDiagonal(r) && isRow(l.shape)) return b.transpose(on(r, b.transpose(l)));
      return isDiagonal(l) && isDiagonal(r) ? b.op("diag", [on(l, column(b, r.args[0]!))]) : undefined;
    }),
};

const column = (b: Build, v: Expr): Expr => (isRow(v.shape) ? b.transpose(v) : v);

const ones: Rule = {
  id: "sum/ones",
  ops: ["mul"],
  says: "1'v = Σᵢ vᵢ",
  cite: cite("notes", "§2.2, since x'(y∘z) = (x∘y)'z, with x = 1"),
  apply: (e, { b }) => {
    if (!isScalar(e.shape)) return undefined;
    const [first, last] = [e.args[0]!, e.args[e.args.length - 1]!];
    if (first.op === "ones")
      return b.op("sum", [
        last.op === "ones" && e.args.length > 2 ? b.mul(...e.args.slice(1, -1)) : b.mul(...e.args.slice(1)),
      ]);
    return last.op === "ones" ? b.op("sum", [b.transpose(b.mul(...e.args.slice(0, -1)))]) : undefined;
  },
};

/** u'(v∘w) becomes a sum only where u cancels against v or w: p'(t ⊘ p) = Σ t. */
const innerCancel: Rule = {
  id: "hadamard/inner-cancel",
  ops: ["mul"],
  says: "u'(v∘w) = 1'(u∘v∘w)",
  cite: cite("notes", "§2.2, since x'(y∘z) = (x∘y)'z"),
  apply: (e, { b }) => {
    if (!isScalar(e.shape) || e.args.length !== 2) return undefined;
    const u = b.transpose(e.args[0]!);
    const v = e.args[1]!;
    const factors = [...(u.op === "hadamard" ? u.args : [u]), ...(v.op === "hadamard" ? v.args : [v])];
    const inverted = factors.some(
      (f) => f.op === "pow" && f.args[1]!.attrs.value === -1 && factors.includes(f.args[0]!),
    );
    return inverted ? b.op("sum", [b.hadamard(u, v)]) : undefined;
  },
};

/** A number printed as a product may be read from either side; the one with fewer transposes stays. */
const orient: Rule = {
  id: "scalar/transpose",
  ops: ["mul"],
  says: "A scalar is its own transpose: x'Ay = y'A'x.",
  cite: cite("notes", "§2, unnumbered"),
  apply: (e, { b }) => {
    if (!isScalar(e.shape)) return undefined;
    const turned = b.mul(...[...e.args].reverse().map(b.transpose));
    if (turned.op !== "mul" || turned === e) return undefined;
    const count = (x: Expr): number => x.args.filter((a) => a.op === "transpose").length;
    const key = (x: Expr): string => x.args.map((a) => orderKey(strip(a))).join();
    const better = count(turned) < count(e) || (count(turned) === count(e) && key(turned) < key(e));
    return better ? turned : undefined;
  },
};

const doubleInverse: Rule = {
  id: "inverse/twice",
  ops: ["inv"],
  says: "(A⁻¹)⁻¹ = A, (A^k)⁻¹ = A^(−k)",
  apply: ({ args: [X] }, { b }) =>
    X!.op === "inv" ? X!.args[0]! : X!.op === "matpow" ? b.matpow(X!.args[0]!, -(X!.attrs.k as number)) : undefined,
};

const powerOfMultiple: Rule = {
  id: "product/power-of-multiple",
  ops: ["matpow", "inv"],
  says: "(sA)^k = s^k A^k",
  apply: (e, { b }) => {
    const { scalars, rest } = splitScalars(e.args[0]!);
    if (!rest || scalars.length === 0) return undefined;
    const k = e.op === "inv" ? -1 : (e.attrs.k as number);
    return b.times(...scalars.map((s) => b.pow(s, k)), b.op(e.op, [rest], e.attrs));
  },
};

const innerOfVec: Rule = {
  id: "vec/inner",
  ops: ["mul"],
  says: "vec(A)'vec(B) = tr(A'B)",
  cite: cite("cookbook", "(521)"),
  apply: (e, { b }) => {
    const [l, r] = e.args as [Expr, Expr];
    if (e.args.length !== 2 || l.op !== "transpose" || l.args[0]!.op !== "vec" || r.op !== "vec") return undefined;
    const [A, B] = [l.args[0]!.args[0]!, r.args[0]!];
    return A.shape.rows.key === B.shape.rows.key ? b.op("tr", [b.mul(b.transpose(A), B)]) : undefined;
  },
};

export const productRules: readonly Rule[] = [
  inverse,
  inverseOfProduct,
  innerOfVec,
  orthogonal,
  powers,
  inversePower,
  doubleInverse,
  powerOfMultiple,
  diagonalTimesColumn,
  ones,
  innerCancel,
  orient,
];
