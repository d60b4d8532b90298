/**
 * Functions known by name only. `apply`: an elementwise function σ and its derivatives σ′, σ″ …;
 * `scalarfn`: a scalar function L of a vector or matrix Y with N entries, its gradient (the shape of Y), and from
 * order 2 the N^(k−1)×N matrix of its k-th derivative, ∂vec(order k−1)/∂vec(Y)'.
 * Numbers for checks come from fixed smooth stand-ins with exact derivatives, so that a step that is wrong for
 * some σ or L is found.
 */
import { cite } from "../core/cite.js";
import { type Dense, dense, fill, kronOf, map, scalarValue, vecOf } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { type Grid, grid, mapGrid, single, transposeGrid } from "../core/grid.js";
import { type Dim, isColumn, isMatrix, isRow, isScalar, SCALAR, type Shape, shape, timesDim } from "../core/shape.js";
import { JETS, type Tape } from "../core/tape.js";
import { dot, type Writer } from "./code/define.js";
import { type Build, defineOp } from "./define.js";
import { elementwiseRule } from "./elementwise/define.js";
import { call, type Fragment, LEVEL, latexName, type Print } from "./fragment.js";

/** The name of a function in text and in programs: sigma, D_sigma, D2_sigma; L, grad_L, hess_L, D3_L. */
export function handed(self: Expr): string {
  const order = self.attrs.order as number;
  const first = self.op === "scalarfn" ? ["", "grad_", "hess_"] : ["", "D_"];
  return `${first[order] ?? `D${order}_`}${self.attrs.fn}`;
}

const given = (w: Writer): Fragment => call(w.given(handed(w.self)), w.arg(0));

const nameHash = (name: string): number => [...name].reduce((h, c) => (h * 31 + c.codePointAt(0)!) % 1009, 7) / 1009;

/** The k-th derivative of sin as sign · sin or cos, so that every order is taken at the same rounded place. */
const wave = (order: number) => ({ jet: order % 2 === 0 ? JETS.sin : JETS.cos, sign: order % 4 < 2 ? 1 : -1 });

/** The same on a tape. */
function waveOn(t: Tape, order: number, x: number): number {
  const { jet, sign } = wave(order);
  return t.mul(t.constant(sign), t.apply(x, jet));
}

const waveAt = (order: number, x: number): number => {
  const { jet, sign } = wave(order);
  return sign * jet(x).value;
};

export const apply = defineOp({
  name: "apply",
  arity: 1,
  elementwise: true,
  doc: "An abstract function applied entry by entry; attribute `order` counts its derivatives.",
  cite: [cite("notes", "§2.2, unnumbered")],
  shape: ([z]) => z!.shape,
  // σ(z) = sin(z + c) + z/2: derivatives of every order are known.
  evaluate: ([z], self) => {
    const order = self.attrs.order as number;
    const c = 0.3 + nameHash(self.attrs.fn as string);
    const line = order === 0 ? (x: number) => x / 2 : order === 1 ? () => 0.5 : () => 0;
    return map(z!, (x) => waveAt(order, x + c) + line(x));
  },
  scalars: (t, [z], self) => {
    const order = self.attrs.order as number;
    const shift = t.constant(0.3 + nameHash(self.attrs.fn as string));
    const line = (x: number): number => (order === 0 ? t.mul(t.constant(0.5), x) : t.constant(order === 1 ? 0.5 : 0));
    return mapGrid(z!, (x) => t.add(waveOn(t, order, t.add(x, shift)), line(x)));
  },
  differential: (b, self, _i, dz) =>
    b.hadamard(b.op("apply", [self.args[0]!], { fn: self.attrs.fn!, order: (self.attrs.order as number) + 1 }), dz),
  rule: elementwiseRule,
  text: (self, print) => call(handed(self), print(self.args[0]!, LEVEL.sum)),
  latex: (self, print) => {
    const primes = "'".repeat(self.attrs.order as number);
    return {
      out: `${latexName(self.attrs.fn as string, false)}${primes}(${print(self.args[0]!, LEVEL.sum)})`,
      level: LEVEL.atom,
    };
  },
  code: {
    python: given,
    julia: (w) => call(`${w.given(handed(w.self))}${dot(w)}`, w.arg(0)),
    octave: given,
    typescript: given,
    entrywise: true,
  },
  sample: [
    { args: [["m", "n"]], attrs: { fn: "sigma", order: 0 } },
    { args: [["n", 1]], attrs: { fn: "sigma", order: 1 } },
  ],
});

/** L(y) = sin(w'y) + ½ Σ v_i y_i² with fixed w, v: a gradient and a full Hessian with exact values. */
function weights(fn: string, n: number): { w: number[]; v: number[] } {
  const c = nameHash(fn);
  const w = Array.from({ length: n }, (_, i) => Math.sin(1.3 * i + 1 + c));
  const v = Array.from({ length: n }, (_, i) => 0.4 + 0.3 * Math.cos(2.1 * i + c));
  return { w, v };
}

function standIn(fn: string, y: Dense): { w: number[]; v: number[]; u: number } {
  const { w, v } = weights(fn, y.data.length);
  return { w, v, u: w.reduce((s, wi, i) => s + wi * y.data[i]!, 0) };
}

const entries = (y: Expr): Dim => timesDim(y.shape.rows, y.shape.cols);

/** The matrix whose columns are stacked in v: (vec(I)'⊗I)(I⊗v). */
const unstacked = (b: Build, v: Expr, { rows, cols }: Shape): Expr =>
  b.mul(b.op("kron", [b.transpose(b.op("vec", [b.eye(cols)])), b.eye(rows)]), b.op("kron", [b.eye(cols), v]));
/** The stand-in and its derivatives on scalars: sin, w cos + v∘y, then w⊗…⊗w sin⁽ᵏ⁾ with diag v in the second. */
function scalarsOf(t: Tape, y: Grid, self: Expr): Grid {
  const order = self.attrs.order as number;
  const list = weights(self.attrs.fn as string, y.at.length);
  const constants = (values: readonly number[]): Grid => ({ ...y, at: values.map((x) => t.constant(x)) });
  const [w, v] = [constants(list.w), constants(list.v)];
  const u = t.total(y.at.map((x, i) => t.mul(w.at[i]!, x)));
  const slope = waveOn(t, order, u);
  const half = t.constant(0.5);
  const square = (x: number, i: number): number => t.mul(v.at[i]!, t.mul(x, x));
  if (order === 0) return single(t.add(slope, t.mul(half, t.total(y.at.map(square)))));
  if (order === 1) return { ...y, at: y.at.map((x, i) => t.add(t.mul(w.at[i]!, slope), t.mul(v.at[i]!, x))) };
  const [stacked, added] = [transposeGrid(w).at, transposeGrid(v).at];
  let rows = stacked;
  for (let k = 2; k < order; k++) rows = stacked.flatMap((x) => rows.map((r) => t.mul(x, r)));
  return grid(rows.length, stacked.length, (i, j) => {
    const bent = t.mul(slope, t.mul(rows[i]!, stacked[j]!));
    return order === 2 && i === j ? t.add(bent, added[i]!) : bent;
  });
}

export const scalarfn = defineOp({
  name: "scalarfn",
  arity: 1,
  doc: "An abstract scalar function; order 1 is its gradient (the shape of its argument), order 2 its Hessian.",
  cite: [cite("notes", "(2), (3)")],
  shape: ([y], attrs) => {
    if (attrs.order === 0) return SCALAR;
    if (attrs.order === 1) return y!.shape;
    const N = entries(y!);
    const rows = Array.from({ length: (attrs.order as number) - 1 }, () => N).reduce(timesDim);
    return shape(rows, N);
  },
  evaluate: ([y], self) => {
    const { w, v, u } = standIn(self.attrs.fn as string, y!);
    const order = self.attrs.order as number;
    if (order === 0) return scalarValue(waveAt(0, u) + w.reduce((s, _w, i) => s + 0.5 * v[i]! * y!.data[i]! ** 2, 0));
    if (order === 1)
      return dense(
        y!.rows,
        y!.cols,
        w.map((wi, i) => wi * waveAt(1, u) + v[i]! * y!.data[i]!),
      );
    // Higher derivatives of sin(w'vec(Y)) are w⊗…⊗w sin⁽ᵏ⁾; v adds to the second only.
    const stacked = vecOf(dense(y!.rows, y!.cols, w));
    const weights = vecOf(dense(y!.rows, y!.cols, v));
    const slope = waveAt(order, u);
    let rows = stacked;
    for (let k = 2; k < order; k++) rows = kronOf(stacked, rows);
    return fill(
      rows.rows,
      stacked.rows,
      (i, j) => slope * rows.data[i]! * stacked.data[j]! + (order === 2 && i === j ? weights.data[i]! : 0),
    );
  },
  scalars: (t, [y], self) => scalarsOf(t, y!, self),
  differential: (b, self, _i, dy) => {
    const order = self.attrs.order as number;
    const y = self.args[0]!;
    const next = (): Expr => b.op("scalarfn", [y], { fn: self.attrs.fn!, order: order + 1 });
    if (order > 0 && isScalar(y.shape)) return b.times(next(), dy);
    if (order === 1 && isColumn(y.shape)) return b.mul(next(), dy);
    if (order === 1 && isRow(y.shape)) return b.mul(dy, next());
    if (order > 0) return unstacked(b, b.mul(next(), b.op("vec", [dy])), self.shape);
    if (isScalar(y.shape)) return b.times(next(), dy);
    if (isMatrix(y.shape)) return b.op("tr", [b.mul(b.transpose(next()), dy)]);
    return isRow(y.shape) ? b.mul(dy, b.transpose(next())) : b.mul(b.transpose(next()), dy);
  },
  rule: {
    id: "chain",
    chip: "chain",
    sentence: "The chain rule: the derivative of L at y times dy.",
    formula: "d\\mathcal L=\\frac{d\\mathcal L}{d\\mathbf y}\\,d\\mathbf y",
    cite: cite("notes", "(2)"),
  },
  text: (self, print) => call(handed(self), print(self.args[0]!, LEVEL.sum)),
  latex: scalarLatex,
  code: { python: given, julia: given, octave: given, typescript: given },
  sample: [
    { args: [["n", 1]], attrs: { fn: "L", order: 0 } },
    { args: [["m", "n"]], attrs: { fn: "L", order: 0 } },
    { args: [["n", 1]], attrs: { fn: "L", order: 1 } },
    { args: [["n", 1]], attrs: { fn: "L", order: 2 } },
  ],
});

const calligraphic = (fn: string): string => (fn === "L" ? "\\mathcal L" : fn === "l" ? "\\ell" : latexName(fn, false));

function scalarLatex(self: Expr, print: Print): Fragment {
  const f = calligraphic(self.attrs.fn as string);
  const y = print(self.args[0]!, LEVEL.sum);
  if (self.attrs.order === 0) return { out: `${f}(${y})`, level: LEVEL.atom };
  const named = self.args[0]!.op === "symbol";
  const order = self.attrs.order as number;
  if (order > 1) return { out: `\\nabla^${order} ${f}(${y})`, level: LEVEL.product };
  return named
    ? { out: `\\frac{\\partial ${f}}{\\partial ${y}}`, level: LEVEL.power }
    : { out: `\\nabla ${f}(${y})`, level: LEVEL.product };
}
