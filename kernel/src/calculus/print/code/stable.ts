/**
 * An expression as it should be computed: the same value, in forms that do not overflow, cancel or form what is not
 * needed. Works bottom up over the DAG; shared parts stay shared.
 */
import { type Expr, node, topological } from "../../core/expr.js";
import { isColumn, isMatrix, isRow, isScalar, SCALAR } from "../../core/shape.js";
import { isNumber, number, numberOf } from "../../ops/leaves.js";
import { associate, pair, turned } from "./association.js";

/** Remembers what it has made, so that a part that two outputs share is computed once. */
export function stabiliser(): (root: Expr) => Expr {
  const done = new Map<Expr, Expr>();
  return (root) => {
    for (const e of topological(root))
      if (!done.has(e))
        done.set(
          e,
          stable(
            e,
            e.args.map((a) => done.get(a)!),
          ),
        );
    return done.get(root)!;
  };
}

const same = (e: Expr, args: readonly Expr[]): Expr => node(e.op, args, e.shape, e.attrs);
const unary = (op: string, z: Expr, attrs = {}): Expr => node(op, [z], z.shape, attrs);
const isUnit = (e: Expr): boolean => e.op === "ones" || isNumber(e, 1);

/** −e as it stands, so that e keeps its name. */
const negative = (e: Expr): Expr => node("times", [number(-1), e], e.shape);

function minus(e: Expr): Expr {
  if (e.op !== "times") return negative(e);
  const c = isNumber(e.args[0]!) ? numberOf(e.args[0]!) : 1;
  const rest = isNumber(e.args[0]!) ? e.args.slice(1) : e.args;
  if (c === -1 && rest.length === 1) return rest[0]!;
  return c === -1 ? node("times", rest, e.shape) : node("times", [number(-c), ...rest], e.shape);
}

/** z of 1 + exp(z). */
function softplusArgument(e: Expr): Expr | undefined {
  if (e.op !== "add" || e.args.length !== 2) return undefined;
  const i = e.args.findIndex(isUnit);
  const other = i < 0 ? undefined : e.args[1 - i]!;
  return other?.op === "exp" ? other.args[0]! : undefined;
}

function stable(e: Expr, args: readonly Expr[]): Expr {
  const one = args.length === 1 && isScalar(args[0]!.shape) ? ofOneEntry(e, args[0]!) : undefined;
  if (one) return one;
  switch (e.op) {
    case "mul":
      return associate(args.flatMap(factorsOf));
    case "matpow":
      return e.attrs.k === -1 ? unary("inv", args[0]!) : same(e, args);
    case "transpose":
      return turned(args[0]!);
    case "tr":
      return trace(args[0]!) ?? same(e, args);
    case "diag":
      return diagonal(e, args[0]!) ?? same(e, args);
    case "sum":
      return total(args[0]!) ?? same(e, args);
    case "log":
      return logarithm(args[0]!) ?? same(e, args);
    case "pow":
      return power(args[0]!, args[1]!) ?? same(e, args);
    case "D_sigmoid":
      return node("hadamard", [unary("sigmoid", args[0]!), unary("sigmoid", negative(args[0]!))], e.shape);
    case "kron":
      return multiplied(args) ?? same(e, args);
    case "times":
      return softmaxOf(args) ?? withSigmoids(e, cancelled(args));
    case "hadamard":
      return withSigmoids(e, args);
    case "add":
      return oneMinusSigmoid(e, args);
    default:
      return same(e, args);
  }
}

/** A matrix of one entry is a number in every program, and their matrix functions want a matrix. */
function ofOneEntry(e: Expr, s: Expr): Expr | undefined {
  const raised = (k: number): Expr => power(s, number(k)) ?? node("pow", [s, number(k)], SCALAR);
  switch (e.op) {
    case "det":
    case "tr":
    case "transpose":
    case "sum":
    case "vec":
    case "diag":
      return isScalar(e.shape) ? s : undefined;
    case "inv":
      return raised(-1);
    case "adj":
      return number(1);
    case "logdet":
      return node("log", [unary("abs", s)], SCALAR);
    case "norm":
      return unary("abs", s);
    case "matpow":
      return e.attrs.k === 1 ? s : raised(e.attrs.k as number);
    default:
      return undefined;
  }
}

/** kron(s, M) is s M. */
function multiplied([A, B]: readonly Expr[]): Expr | undefined {
  if (isScalar(A!.shape)) return node("times", [A!, B!], B!.shape);
  return isScalar(B!.shape) ? node("times", [B!, A!], A!.shape) : undefined;
}

/** |s| s⁻¹ of a matrix of one entry is s/s, which has a value at 0. */
function cancelled(args: readonly Expr[]): readonly Expr[] {
  const under = args.find((a) => a.op === "pow" && isNumber(a.args[1]!, -1) && args.includes(a.args[0]!));
  if (!under || !isScalar(under.shape)) return args;
  const over = args.indexOf(under.args[0]!);
  const rest = args.filter((a, i) => a !== under && i !== over);
  return rest.length === 0 ? [number(1)] : rest;
}

/** A² b is A (A b). */
function factorsOf(e: Expr): readonly Expr[] {
  const k = e.op === "matpow" ? (e.attrs.k as number) : 0;
  return k >= 2 && k <= 4 ? Array.from({ length: k }, () => e.args[0]!) : [e];
}

/** tr(LR) is the sum of L ∘ R'. */
function trace(X: Expr): Expr | undefined {
  if (X.op === "transpose") return trace(X.args[0]!) ?? node("tr", [X.args[0]!], SCALAR);
  if (X.op !== "mul") return undefined;
  const [L, R] = X.args as [Expr, Expr];
  if (isColumn(L.shape)) return pair(R, L);
  return node("sum", [node("hadamard", [L, turned(R)], L.shape)], SCALAR);
}

/** The diagonal of LR is the row sums of L ∘ R'; of an outer product, u ∘ v. */
function diagonal(e: Expr, X: Expr): Expr | undefined {
  if (X.op !== "mul" || !isMatrix(X.shape)) return undefined;
  const [L, R] = X.args as [Expr, Expr];
  if (!isColumn(L.shape)) return node("sumColumns", [node("hadamard", [L, turned(R)], L.shape)], e.shape);
  const factors = [L, turned(R)].filter((v) => v.op !== "ones");
  return factors.length === 1 ? factors[0]! : factors.length === 2 ? node("hadamard", factors, e.shape) : undefined;
}

/** The sum of u ∘ v is u'v. */
function total(X: Expr): Expr | undefined {
  if (X.op === "transpose") return total(X.args[0]!) ?? node("sum", [X.args[0]!], SCALAR);
  if (X.op !== "hadamard" || isMatrix(X.shape)) return undefined;
  const columns = X.args.map((a) => (isRow(X.shape) ? turned(a) : a));
  const [v, ...rest] = [...columns].reverse() as [Expr, ...Expr[]];
  if (v.op === "pow" && isNumber(v.args[1]!) && numberOf(v.args[1]!) < 0) return undefined;
  const u = rest.length === 1 ? rest[0]! : node("hadamard", rest.reverse(), v.shape);
  return pair(turned(u), v);
}

function logarithm(u: Expr): Expr | undefined {
  const z = softplusArgument(u);
  if (z) return unary("softplus", z);
  if (u.op === "sum" && u.args[0]!.op === "exp") return node("logsumexp", u.args[0]!.args, SCALAR);
  if (u.op === "sigmoid") return minus(unary("softplus", minus(u.args[0]!)));
  if (u.op === "softmax" || u.op === "softmaxAlong") return unary("logSoftmax", u.args[0]!, u.attrs);
  if (u.op === "exp") return u.args[0]!;
  if (u.op === "det") return node("logdet", u.args, SCALAR);
  if (u.op === "abs" && u.args[0]!.op === "det") return node("logdet", u.args[0]!.args, SCALAR);
  const units = u.op === "add" ? u.args.filter(isUnit) : [];
  if (units.length !== 1 || u.args.length < 2) return undefined;
  const rest = u.args.filter((a) => !isUnit(a));
  return unary("log1p", rest.length === 1 ? rest[0]! : node("add", rest, u.shape));
}

function power(base: Expr, k: Expr): Expr | undefined {
  if (!isNumber(k)) return undefined;
  const z = softplusArgument(base);
  if (z && numberOf(k) < 0) {
    const s = unary("sigmoid", minus(z));
    return numberOf(k) === -1 ? s : node("pow", [s, number(-numberOf(k))], base.shape);
  }
  if (base.op !== "norm" || numberOf(k) !== 2) return undefined;
  const X = base.args[0]!;
  if (isMatrix(X.shape)) return node("sum", [node("pow", [X, number(2)], X.shape)], SCALAR);
  return isScalar(X.shape)
    ? node("pow", [X, number(2)], SCALAR)
    : isRow(X.shape)
      ? pair(X, turned(X))
      : pair(turned(X), X);
}

/** exp(z) sigmoid(−z)^k is sigmoid(z) sigmoid(−z)^(k−1). */
function withSigmoids(e: Expr, args: readonly Expr[]): Expr {
  const list = [...args];
  for (const exp of args.filter((a) => a.op === "exp")) {
    const [z] = exp.args as [Expr];
    const below = unary("sigmoid", minus(z));
    const at = list.findIndex((a) => a === below || (a.op === "pow" && a.args[0] === below && isNumber(a.args[1]!)));
    if (at < 0) continue;
    const k = list[at] === below ? 1 : numberOf(list[at]!.args[1]!);
    if (k < 1 || !Number.isInteger(k)) continue;
    const left = k === 1 ? [] : k === 2 ? [below] : [node("pow", [below, number(k - 1)], below.shape)];
    list.splice(at, 1, unary("sigmoid", z), ...left);
    list.splice(list.indexOf(exp), 1);
  }
  return list.length === 1 ? list[0]! : same(e, list);
}

/** exp(z) / Σ exp(z) is softmax(z). */
function softmaxOf(args: readonly Expr[]): Expr | undefined {
  const wide = args[args.length - 1]!;
  if (wide.op !== "exp" || !isColumn(wide.shape)) return undefined;
  const below = node("pow", [node("sum", [wide], SCALAR), number(-1)], SCALAR);
  if (!args.includes(below)) return undefined;
  const rest = args.filter((a) => a !== below && a !== wide);
  const p = unary("softmax", wide.args[0]!);
  return rest.length === 0 ? p : node("times", [...rest, p], wide.shape);
}

/** 1 − sigmoid(z) is sigmoid(−z). */
function oneMinusSigmoid(e: Expr, args: readonly Expr[]): Expr {
  const unit = args.findIndex(isUnit);
  const at = args.findIndex((a) => a.op === "times" && minus(a).op === "sigmoid");
  if (unit < 0 || at < 0) return same(e, args);
  const z = minus(args[at]!).args[0]!;
  const rest = args.filter((_, i) => i !== unit && i !== at);
  const s = unary("sigmoid", negative(z));
  return rest.length === 0 ? s : node("add", [...rest, s], e.shape);
}
