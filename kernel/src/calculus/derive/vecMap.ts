/**
 * ∂vec(F)/∂vec(X)' from the differential, node by node: every operator of dF that is linear in dX has a matrix that
 * takes the vec of its argument to the vec of its result, column-major. Where index form has a sum that no matrix
 * product takes away, this composition still has a closed form.
 */
import { containing, type Expr, topological } from "../core/expr.js";
import { axes, isScalar, ONE, type Shape, shape, timesDim } from "../core/shape.js";
import { build as b } from "../ops/build.js";

const size = (s: Shape) => timesDim(s.rows, s.cols);
const vec = (e: Expr): Expr =>
  axes(e.shape).length === 2 ? b.op("vec", [e]) : e.shape.cols.key === "1" ? e : b.transpose(e);

/** The matrix of the linear map dX ↦ dF; undefined when an operator on the way has none. */
export function vecMap(dF: Expr, leaf: Expr): Expr | undefined {
  const active = containing(dF, (e) => e === leaf);
  if (!active.has(dF)) return undefined;
  const matrices = new Map<Expr, Expr>();
  for (const e of topological(dF)) {
    if (!active.has(e)) continue;
    const made = e === leaf ? b.eye(size(leaf.shape)) : through(e, active, matrices);
    if (!made) return undefined;
    matrices.set(e, made);
  }
  return matrices.get(dF);
}

function through(e: Expr, active: ReadonlySet<Expr>, known: ReadonlyMap<Expr, Expr>): Expr | undefined {
  const at = e.args.findIndex((a) => active.has(a));
  const X = e.args[at]!;
  const V = known.get(X)!;
  const others = e.args.filter((_, i) => i !== at);
  switch (e.op) {
    case "add":
      return b.add(...e.args.map((a) => known.get(a)!));
    case "times":
      if (!isScalar(X.shape) || isScalar(e.shape)) return b.times(...others, V);
      return b.times(...others.slice(0, -1), b.mul(vec(others[others.length - 1]!), V));
    case "mul": {
      const before = e.args[at - 1];
      if (before && isUnstacking(before, X)) {
        const inner = b.mul(...(at > 1 ? e.args.slice(0, at - 1) : [b.eye(e.shape.rows)]));
        const right = at + 1 < e.args.length ? b.mul(...e.args.slice(at + 1)) : b.eye(X.shape.cols);
        return b.mul(kron(b.transpose(right), inner), known.get(X.args[1]!)!);
      }
      const left = at > 0 ? b.mul(...e.args.slice(0, at)) : b.eye(X.shape.rows);
      const right = at + 1 < e.args.length ? b.mul(...e.args.slice(at + 1)) : b.eye(X.shape.cols);
      return b.mul(kron(b.transpose(right), left), V);
    }
    case "hadamard":
      return b.mul(b.op("diag", [vec(b.hadamard(...others))]), V);
    case "transpose":
      return axes(X.shape).length === 2 ? b.mul(commutation(X.shape), V) : V;
    case "tr":
      return b.mul(b.transpose(vec(b.eye(X.shape.rows))), V);
    case "sum":
      return b.mul(b.ones(shape(ONE, size(X.shape))), V);
    case "diag":
      return b.mul(isScalar(X.shape) ? b.number(1) : diagonal(e, X), V);
    case "vec":
      return V;
    case "kron":
      return b.mul(kroneckerOf(e.args as [Expr, Expr], at), V);
    default:
      return undefined;
  }
}

/** (vec(I)'⊗I)(I⊗v), the matrix with vec v, as derivatives of an abstract function of a matrix write it. */
function isUnstacking(left: Expr, right: Expr): boolean {
  const [row, identity] = left.op === "kron" ? left.args : [];
  const [repeated, v] = right.op === "kron" ? right.args : [];
  const stacked = row?.op === "transpose" ? row.args[0]! : undefined;
  return (
    identity?.op === "eye" && repeated?.op === "eye" && v?.shape.cols.key === "1" && stacked === b.op("vec", [repeated])
  );
}

const commutation = (s: Shape): Expr => b.op("commutation", [], { m: s.rows.key, n: s.cols.key });

/** A⊗B without factors 1. */
function kron(A: Expr, B: Expr): Expr {
  if (isScalar(A.shape)) return b.times(A, B);
  return isScalar(B.shape) ? b.times(B, A) : b.op("kron", [A, B]);
}

/** vec(diag v) = D v with D = diag(vec I)(1⊗I), and diag(A) = D' vec(A). */
function diagonal(e: Expr, X: Expr): Expr {
  const square = axes(X.shape).length === 2;
  const n = square ? X.shape.rows : e.shape.rows;
  const D = b.mul(b.op("diag", [vec(b.eye(n))]), b.op("kron", [b.ones(shape(n, ONE)), b.eye(n)]));
  return square ? b.transpose(D) : D;
}

/** vec(A⊗B) = (I_n ⊗ K_qm ⊗ I_p)(vec A ⊗ vec B) for A m×n and B p×q. */
function kroneckerOf([A, B]: [Expr, Expr], at: number): Expr {
  const [m, n] = [A.shape.rows, A.shape.cols];
  const [p, q] = [B.shape.rows, B.shape.cols];
  const K = q.key === "1" || m.key === "1" ? b.eye(timesDim(q, m)) : b.op("commutation", [], { m: q.key, n: m.key });
  const order = kron(b.eye(n), kron(K, b.eye(p)));
  const both = at === 0 ? kron(b.eye(size(A.shape)), vec(B)) : kron(vec(A), b.eye(size(B.shape)));
  return b.mul(order, both);
}
