/**
 * Which parts an index derivation names before it starts: r in ‖r‖², y in L(y), z in σ(z), M in M⁻¹. With the names
 * every line stays as short as the chain rule makes it.
 */
import { containing, type Expr, topological } from "../../core/expr.js";
import { isMatrix, isScalar, type Shape } from "../../core/shape.js";
import type { Let } from "../../core/step.js";
import { substitute } from "../../ops/build.js";
import { opOf } from "../../ops/index.js";
import { isNumber } from "../../ops/leaves.js";
import { freshSymbol } from "../names.js";

export interface IndexParts {
  readonly f: Expr;
  /** Later parts may speak of earlier ones. */
  readonly lets: readonly Let[];
}

const LETTERS: Readonly<
  Record<string, { readonly vector: string[]; readonly matrix: string[]; readonly scalar: string[] }>
> = {
  norm: { vector: ["r"], matrix: ["R"], scalar: ["u"] },
  scalarfn: { vector: ["y"], matrix: ["Y", "Z"], scalar: ["y"] },
  column: { vector: ["z"], matrix: ["Z"], scalar: ["z"] },
  inner: { vector: ["z"], matrix: ["Z", "U", "V"], scalar: ["u", "v"] },
  matrix: { vector: ["z"], matrix: ["M", "U", "V"], scalar: ["u", "v"] },
};
const MATRIX_SPARE = ["Y", "Z", "U", "V", "M", "P", "Q", "S"];

export function indexParts(start: Expr, x: Expr, given: readonly Let[], ...avoid: readonly Expr[]): IndexParts {
  const lets: Let[] = [...given];
  let f = start;
  const moving = (e: Expr): boolean => containing(e, (s) => s === x || lets.some((l) => l.symbol === s)).has(e);
  for (;;) {
    const found = nextPart(f, moving);
    if (!found) return { f, lets };
    const spare = isMatrix(found.value.shape) ? MATRIX_SPARE : [];
    const letters = [...lettersFor(found.kind, found.value.shape), ...spare];
    const all = [f, x, ...avoid, ...lets.flatMap((l) => [l.symbol, l.value])];
    const symbol = freshSymbol(letters, found.value.shape, ...all);
    lets.push({ symbol, value: found.value });
    f = substitute(f, new Map([[found.value, symbol]]));
  }
}

function lettersFor(kind: string, s: Shape): readonly string[] {
  const letters = LETTERS[kind]!;
  return isScalar(s) ? letters.scalar : isMatrix(s) ? letters.matrix : letters.vector;
}

/** The innermost part that needs a name. */
function nextPart(f: Expr, moving: (e: Expr) => boolean): { value: Expr; kind: string } | undefined {
  for (const e of topological(f)) {
    if (!moving(e)) continue;
    const kind = kindOf(e);
    const value = kind && e.args.find((a) => moving(a) && a.op !== "symbol" && wants(kind, a, moving));
    if (value) return { value, kind };
    const square = squareOf(e) ?? productPart(e, moving);
    if (square && moving(square)) return { value: square, kind: square === squareOf(e) ? "norm" : "inner" };
  }
  return undefined;
}

const MATRIX_OPS = new Set(["inv", "det", "logdet", "adj", "matpow"]);

function kindOf(e: Expr): string | undefined {
  if (e.op === "norm") return "norm";
  if (e.op === "scalarfn") return "scalarfn";
  if (e.op === "softmax" || e.op === "logsumexp") return "column";
  if (MATRIX_OPS.has(e.op)) return "matrix";
  if (opOf(e.op).elementwise && !(e.op === "pow" && e.args[0]!.op === "norm")) return "inner";
  return undefined;
}

/** Arguments of elementwise functions are named only when they hold a sum over an index. */
function wants(kind: string, arg: Expr, moving: (e: Expr) => boolean): boolean {
  return kind !== "inner" || sumsOver(arg, moving);
}

const SUMMING = new Set(["tr", "sum", "norm"]);

/** Does the entry of e have a Σ over something that moves? */
function sumsOver(e: Expr, moving: (e: Expr) => boolean): boolean {
  if (!moving(e) || e.op === "symbol") return false;
  if (SUMMING.has(e.op)) return true;
  if (e.op === "mul") return e.args.some((a, n) => n + 1 < e.args.length && a.shape.cols.key !== "1");
  return e.args.some((a) => sumsOver(a, moving));
}

const strip = (e: Expr): Expr => (e.op === "transpose" ? e.args[0]! : e);

/** The compound u in u'u. */
function squareOf(e: Expr): Expr | undefined {
  if (e.op !== "mul" || e.args[0]!.op !== "transpose") return undefined;
  const u = strip(e.args[0]!);
  if (u.op === "symbol") return undefined;
  return e.args.length === 2 && e.args[1] === u ? u : undefined;
}

/** A factor with a sum of its own beside another factor that moves. */
function productPart(e: Expr, moving: (e: Expr) => boolean): Expr | undefined {
  if (e.op !== "mul" && e.op !== "hadamard") return undefined;
  const active = e.args.filter(moving);
  if (active.length < 2) return undefined;
  const value = active.find((a) => strip(a).op !== "symbol" && !isNumber(a) && sumsOver(strip(a), moving));
  return value && strip(value);
}
