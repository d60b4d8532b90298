/**
 * Derivatives between named quantities as index forms: the numbers of a product of tensors, and the folded text that
 * writes one tensor entry by entry and contracts it with the upstream gradient.
 */
import { relativeError } from "../../core/dense.js";
import type { Expr } from "../../core/expr.js";
import type { Index, IndexForm, Term } from "../../core/indexForm.js";
import { axes, isMatrix, isScalar, sizeOf } from "../../core/shape.js";
import type { Aside, Layout } from "../../core/step.js";
import { isSymbol, nameOf } from "../../ops/leaves.js";
import { evaluateIndexForm } from "../../verify/einsum.js";
import type { Point } from "../../verify/evaluate.js";
import { derivative } from "../closed.js";
import { normalise } from "../indexed.js";
import { type ChainGraph, writtenOut } from "./chainGraph.js";
import { inlineLatex } from "./chainWords.js";

const definitionOf = (graph: ChainGraph, s: Expr): Expr =>
  s === graph.name ? graph.f : graph.stages.find((l) => l.symbol === s)!.value;

const sizeOfAxes = (e: Expr, point: Point): number => axes(e.shape).reduce((p, dim) => p * sizeOf(dim, point.sizes), 1);

/** Relative error of ∂f/∂x = Π of the derivatives along x, c, …, f against the derivative of f written out. */
export function contractPath(graph: ChainGraph, path: readonly Expr[], point: Point): number {
  let product: Float64Array = Float64Array.of(1);
  let rows = 1;
  for (let k = path.length - 1; k > 0; k--) {
    const [of, by] = [path[k]!, path[k - 1]!];
    const local = evaluateIndexForm(derivative(definitionOf(graph, of), [by], { facts: false }).index, point).data;
    if (k === path.length - 1) {
      product = Float64Array.from(local);
      rows = sizeOfAxes(of, point);
    } else product = multiply(product, local, rows, sizeOfAxes(of, point), sizeOfAxes(by, point));
  }
  const f = writtenOut(graph.f, graph);
  return relativeError(product, evaluateIndexForm(derivative(f, [graph.x], { facts: false }).index, point).data);
}

function multiply(a: Float64Array, b: Float64Array, rows: number, inner: number, cols: number): Float64Array {
  const out = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++)
      for (let j = 0; j < cols; j++) out[i * cols + j]! += a[i * inner + k]! * b[k * cols + j]!;
  return out;
}

/** Names of the free indices as the notes use them: i, j of the output, k, l of the variable. */
const OUTPUT = ["i", "j"];
const VARIABLE = ["k", "l"];
const SUMMED = ["r", "s", "p", "q", "t", "u"];

interface Tensor {
  /** The stage ∂c/∂W. */
  readonly of: Expr;
  readonly value: Expr;
  readonly by: Expr;
  /** ∂f/∂c as an expression in c, in the shape of c. */
  readonly upstream: Expr;
  readonly layout: Layout;
}

/** [∂c/∂W]_kli = ∂c_i/∂W_kl = δ_ik x_l, and its contraction with ∂f/∂c. */
export function tensorAside({ of, value, by, upstream, layout }: Tensor): Aside | undefined {
  if (isScalar(of.shape) || isScalar(by.shape) || axes(of.shape).length + axes(by.shape).length < 3) return undefined;
  const { index } = derivative(value, [by], { facts: false });
  const n = axes(of.shape).length;
  const [out, variable] = [index.free.slice(0, n), index.free.slice(n)];
  const names = new Map<number, string>();
  for (const [k, i] of out.entries()) names.set(i.id, OUTPUT[k]!);
  for (const [k, i] of variable.entries()) names.set(i.id, VARIABLE[k]!);
  const list = (indices: readonly Index[]): string => indices.map((i) => names.get(i.id)).join("");
  const entry = (e: Expr, indices: readonly Index[]): string => `${plain(e)}_{${list(indices)}}`;
  const order = layout === "numerator" ? [...out, ...variable] : [...variable, ...out];
  const local = termsLatex(index.terms, names);
  const contraction = contracted(index, upstream, out, variable);
  const sums = `\\sum_{${list(out).split("").join(",")}}`;
  const factor = index.terms.length > 1 ? `\\big(${local}\\big)` : local;
  const up = termLatex(splitEntry(upstream, out), names);
  const turnedHere =
    layout === "numerator" && isMatrix(by.shape)
      ? `, the entry $(${list([...variable].reverse())
          .split("")
          .join(",")})$ in numerator layout`
      : "";
  const text = [
    `$\\big[\\partial ${inlineLatex(of)}/\\partial ${inlineLatex(by)}\\big]_{${list(order)}}=\\partial ${entry(of, out)}/\\partial ${entry(by, variable)}=${local}$`,
    `contracted: $${sums}${factor}\\,${up}=${termsLatex(contraction.terms, names)}$${turnedHere}.`,
  ].join("; ");
  return { title: `The tensor ∂${nameOf(of)}/∂${nameOf(by)}`, steps: [], text };
}

function splitEntry(e: Expr, at: readonly Index[]): Term {
  const scalars = e.op === "times" ? e.args.slice(0, -1) : [];
  const body = e.op === "times" ? e.args[e.args.length - 1]! : e;
  const numbers = scalars.filter((s) => s.op === "number");
  const rows =
    axes(body.shape).length === 2 ? at : body.shape.rows.key === "1" ? [undefined, at[0]] : [at[0], undefined];
  return {
    coefficient: numbers.reduce((p, s) => p * (s.attrs.value as number), 1),
    factors: [
      ...scalars.filter((s) => s.op !== "number").map((expr) => ({ expr, row: undefined, col: undefined })),
      { expr: body, row: rows[0], col: rows[1] },
    ],
    deltas: [],
    summed: [],
  };
}

function contracted(index: IndexForm, upstream: Expr, out: readonly Index[], variable: readonly Index[]): IndexForm {
  const up = splitEntry(upstream, out);
  const terms = normalise(
    index.terms.map((t) => ({
      coefficient: t.coefficient * up.coefficient,
      factors: [...up.factors, ...t.factors],
      deltas: [...t.deltas],
      summed: [...t.summed, ...out],
    })),
    variable,
  );
  return { free: variable, terms };
}

/** An entry of a name is italic, W_kl; one of anything else is bracketed, [∂L/∂Z]_ij. */
const plain = (e: Expr): string =>
  isSymbol(e) && /^[A-Za-z]$/.test(nameOf(e)) ? nameOf(e) : bracketed(inlineLatex(e));
const bracketed = (out: string): string => (out.includes("\\frac") ? `\\Big[${out}\\Big]` : `[${out}]`);

function termLatex(t: Term, names: Map<number, string>): string {
  const name = (i: Index): string => {
    if (!names.has(i.id)) names.set(i.id, SUMMED.find((s) => ![...names.values()].includes(s)) ?? `r_${names.size}`);
    return names.get(i.id)!;
  };
  const sums = t.summed.map((i) => `\\sum_{${name(i)}}`).join("");
  const deltas = t.deltas.map(([p, q]) => `\\delta_{${[name(p), name(q)].sort().join("")}}`);
  const entries = t.factors.map((f) => {
    const at = [f.row, f.col].filter((i): i is Index => i !== undefined);
    return at.length === 0 ? inlineLatex(f.expr) : `${plain(f.expr)}_{${at.map(name).join("")}}`;
  });
  const body = [...deltas, ...entries].join("\\,");
  const coefficient = t.coefficient === 1 && body ? "" : t.coefficient === -1 && body ? "-" : String(t.coefficient);
  return `${coefficient}${sums}${body}`;
}

const termsLatex = (terms: readonly Term[], names: Map<number, string>): string =>
  terms.length === 0
    ? "0"
    : terms
        .map((t) => termLatex(t, names))
        .join("+")
        .replaceAll("+-", "-");
