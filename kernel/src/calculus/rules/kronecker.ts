/** Kronecker products: identities, products of products, common factors; vec and commutation of what is known. */
import { cite } from "../core/cite.js";
import { type Expr, treeSize } from "../core/expr.js";
import { isScalar, timesDim } from "../core/shape.js";
import { splitScalars } from "../ops/build.js";
import type { Build } from "../ops/define.js";
import type { Rule } from "./define.js";
import { sharedBy, without } from "./multiset.js";

const identity: Rule = {
  id: "kronecker/identity",
  ops: ["kron"],
  says: "I⊗I = I, and a factor 1 is left out",
  cite: cite("cookbook", "§10.2"),
  apply: ({ args: [A, B] }, { b }) => {
    if (isScalar(A!.shape)) return b.times(A!, B!);
    if (isScalar(B!.shape)) return b.times(B!, A!);
    return A!.op === "eye" && B!.op === "eye" ? b.eye(timesDim(A!.shape.rows, B!.shape.rows)) : undefined;
  },
};

const scalars: Rule = {
  id: "kronecker/scalar",
  ops: ["kron", "vec", "diag"],
  says: "(sA)⊗(tB) = st(A⊗B), vec(sA) = s vec(A), diag(sv) = s diag(v)",
  cite: cite("cookbook", "(509)"),
  apply: (e, { b }) => {
    const parts = e.args.map(splitScalars);
    if (!parts.some((p) => p.scalars.length > 0 && p.rest)) return undefined;
    const args = parts.map((p, i) => p.rest ?? e.args[i]!);
    return b.times(...parts.flatMap((p) => (p.rest ? p.scalars : [])), b.op(e.op, args));
  },
};

/** (A⊗B)(C⊗D) = AC⊗BD for neighbours in a product. */
const product: Rule = {
  id: "kronecker/product",
  ops: ["mul"],
  says: "(A⊗B)(C⊗D) = AC⊗BD",
  cite: cite("cookbook", "(511)"),
  apply: (e, { b }) => {
    for (let i = 0; i + 1 < e.args.length; i++) {
      const [l, r] = [e.args[i]!, e.args[i + 1]!];
      if (l.op !== "kron" || r.op !== "kron") continue;
      const [A, B, C, D] = [...l.args, ...r.args] as [Expr, Expr, Expr, Expr];
      if (A.shape.cols.key !== C.shape.rows.key || B.shape.cols.key !== D.shape.rows.key) continue;
      const joined = b.op("kron", [b.mul(A, C), b.mul(B, D)]);
      return b.mul(...e.args.slice(0, i), joined, ...e.args.slice(i + 2));
    }
    return undefined;
  },
};

/** A⊗B + A⊗C = A⊗(B + C), and from the right; each term with the next one that has a factor of it. */
const common: Rule = {
  id: "kronecker/common",
  ops: ["add"],
  says: "A⊗B + A⊗C = A⊗(B + C)",
  cite: cite("cookbook", "(506)"),
  apply: (e, { b }) => {
    const parts = e.args.map(splitScalars);
    const next = nextWithFactor(parts);
    for (const [i, partners] of next)
      for (const j of partners) {
        const joined = join(b, parts[i]!, parts[j]!);
        if (joined && treeSize(joined) < treeSize(b.add(e.args[i]!, e.args[j]!)))
          return b.add(...e.args.slice(0, i), joined, ...e.args.slice(i + 1, j), ...e.args.slice(j + 1));
      }
    return undefined;
  },
};

type Split = ReturnType<typeof splitScalars>;

/** For every Kronecker product of a sum the next ones with the same left, and with the same right factor, in order. */
function nextWithFactor(parts: readonly Split[]): [number, readonly number[]][] {
  const seen: [Map<Expr, number>, Map<Expr, number>] = [new Map(), new Map()];
  const found: [number, readonly number[]][] = [];
  for (let i = parts.length - 1; i >= 0; i--) {
    const { rest } = parts[i]!;
    if (rest?.op !== "kron") continue;
    const partners = rest.args.map((factor, side) => seen[side]!.get(factor)).filter((j) => j !== undefined);
    if (partners.length > 0) found.push([i, [...new Set(partners)].sort((p, q) => p - q)]);
    for (const [side, factor] of rest.args.entries()) seen[side]!.set(factor, i);
  }
  return found.reverse();
}

function join(b: Build, s: Split, t: Split): Expr | undefined {
  if (s.rest?.op !== "kron" || t.rest?.op !== "kron") return undefined;
  const shared = sharedBy(s.scalars, t.scalars);
  const own = (c: readonly Expr[], e: Expr): Expr => b.times(...without(c, shared), e);
  const [A, B, C, D] = [...s.rest.args, ...t.rest.args] as [Expr, Expr, Expr, Expr];
  if (A === C) return b.times(...shared, b.op("kron", [A, b.add(own(s.scalars, B), own(t.scalars, D))]));
  if (B === D) return b.times(...shared, b.op("kron", [b.add(own(s.scalars, A), own(t.scalars, C)), B]));
  return undefined;
}

const sumOfKron: Rule = {
  id: "kronecker/sum",
  ops: ["sum"],
  says: "1'(A⊗B)1 = (1'A1)(1'B1)",
  cite: cite("cookbook", "(511)"),
  apply: ({ args: [K] }, { b }) =>
    K!.op === "kron" ? b.times(...K!.args.map((factor) => b.op("sum", [factor]))) : undefined,
};

const vecOfVector: Rule = {
  id: "vec/vector",
  ops: ["vec"],
  says: "vec(v) = v and vec(v') = v for a column v",
  cite: cite("cookbook", "§10.2"),
  apply: ({ args: [v] }, { b }) =>
    v!.shape.cols.key === "1" ? v! : v!.shape.rows.key === "1" ? b.transpose(v!) : undefined,
};

const vecOfOnes: Rule = {
  id: "vec/ones",
  ops: ["vec"],
  says: "vec(1 1') = 1",
  cite: cite("cookbook", "§10.2"),
  apply: ({ args: [X] }, { b }) =>
    X!.op === "ones"
      ? b.ones({ rows: timesDim(X!.shape.rows, X!.shape.cols), cols: b.number(1).shape.cols })
      : undefined,
};

export const kroneckerRules: readonly Rule[] = [identity, scalars, product, common, sumOfKron, vecOfVector, vecOfOnes];
