/** Lines of index notation as plain text: ∂f/∂W_kl = Σ_{i=1}^m 2 r_i ∂r_i/∂W_kl. */
import type { Expr } from "../core/expr.js";
import {
  ENTRY,
  type IndexHead,
  type IndexLine,
  type IndexName,
  type IndexNode,
  type MatrixSide,
} from "../core/indexLine.js";
import { isScalar, showDim } from "../core/shape.js";
import { decimal, type Fragment, LEVEL, type Level, rational } from "../ops/fragment.js";
import { opOf } from "../ops/index.js";
import { isSymbol, nameOf } from "../ops/leaves.js";
import type { IndexLatexOptions, PrintedIndexLine } from "./indexLatex.js";
import { text } from "./text.js";

export function indexLineText(line: IndexLine, options: IndexLatexOptions = {}): PrintedIndexLine {
  const chosen = line.ranges === false ? { ...options, ranges: false } : options;
  const side = (n: IndexNode | IndexHead | MatrixSide): string =>
    n.kind === "matrix" ? text(n.expr) : n.kind === "head" ? headText(n) : indexText(n, chosen);
  return {
    left: line.left ? side(line.left) : "",
    right: line.right.map(side),
    where: line.where.map((w) => `${side(w.left)} = ${side(w.right)}`),
    lets: (line.lets ?? []).map((l) => `${text(l.symbol)} = ${text(l.value)}`),
  };
}

const called = (e: Expr): string => (e.op === "scalarfn" ? String(e.attrs.fn) : text(e));
const names = (indices: readonly IndexName[]): string => indices.map((i) => i.name).join("");
const sub = (indices: readonly IndexName[]): string => (indices.length === 0 ? "" : `_${names(indices)}`);

function headText(head: IndexHead): string {
  const [of, by] = [called(head.of), called(head.by)];
  switch (head.form) {
    case "gradient":
      return `∇_${by} ${of}`;
    case "fraction":
      return `∂${of}/∂${by}`;
    case "second":
      return `∂²${of}/∂${by}∂${called(head.and ?? head.by)}`;
    case "vec":
      return `∂vec(${of})/∂vec(${by})'`;
    case "differential":
      return isSymbol(head.of) ? `d${of}` : `d(${of})`;
    case "tensor":
      return `J${sub(head.indices)}`;
    case "component":
      return `[∂${of}/∂${by}]${sub(head.indices)}`;
  }
}

export function indexText(n: IndexNode, options: IndexLatexOptions = {}): string {
  const print = (c: IndexNode): string => indexText(c, options);
  switch (n.kind) {
    case "number":
      return numberText(n.value);
    case "entry":
      return entryText(n.expr, n.indices);
    case "delta":
      return `δ_${n.i.name}${n.j.name}`;
    case "sum": {
      const inner = n.body.kind === "add" ? `(${print(n.body)})` : print(n.body);
      if (options.einstein) return inner;
      return options.ranges === false
        ? `Σ_${n.index.name} ${inner}`
        : `Σ_{${n.index.name}=1}^${showDim(n.index.dim)} ${inner}`;
    }
    case "product": {
      const parts = n.factors.map((f, at) => factorText(f, print(f), at === n.factors.length - 1));
      return n.factors[0]!.kind === "number" && n.factors[0]!.value === -1
        ? `-${parts.slice(1).join(" ")}`
        : parts.join(" ");
    }
    case "add":
      return n.terms.map(print).reduce((out, t) => (t.startsWith("-") ? `${out} - ${t.slice(1)}` : `${out} + ${t}`));
    case "power":
      return `${n.base.kind === "entry" ? print(n.base) : `(${print(n.base)})`}^${exponentText(n.exponent)}`;
    case "partial":
      if (n.of.kind === "partial" && n.of.of.kind === "entry") {
        const of = n.of.of.indices.length === 0 ? called(n.of.of.expr) : print(n.of.of);
        return `∂²${of}/∂${print(n.of.by)}∂${print(n.by)}`;
      }
      return n.of.kind === "entry"
        ? `∂${n.of.indices.length === 0 ? called(n.of.expr) : print(n.of)}/∂${print(n.by)}`
        : `∂/∂${print(n.by)} (${print(n.of)})`;
    case "function":
      return functionText(n.body, print(n.argument));
  }
}

const factorText = (f: IndexNode, printed: string, last: boolean): string =>
  f.kind === "add" || (f.kind === "sum" && !last) || (f.kind !== "number" && printed.startsWith("-"))
    ? `(${printed})`
    : printed;

function numberText(value: number): string {
  const exact = rational(value);
  return exact && exact[1] !== 1 ? `${exact[0]}/${exact[1]}` : decimal(value);
}

const exponentText = (k: number): string => (Number.isInteger(k) && k >= 0 ? String(k) : `(${numberText(k)})`);

function functionText(body: Expr, argument: string): string {
  const print = (e: Expr, min: Level): string => {
    if (e === ENTRY) return /^[\wδ.]+$/.test(argument) || min <= LEVEL.sum ? argument : `(${argument})`;
    const { out, level }: Fragment = opOf(e.op).text(e, print);
    return level < min ? `(${out})` : out;
  };
  return body.op === "add" ? `(${print(body, LEVEL.sum)})` : print(body, LEVEL.sum);
}

function entryText(e: Expr, indices: readonly IndexName[]): string {
  if (isSymbol(e)) return `${nameOf(e)}${sub(indices)}`;
  if (e.op === "transpose" && isSymbol(e.args[0]!)) return entryText(e.args[0]!, [...indices].reverse());
  if (e.op === "d") return `d${entryText(e.args[0]!, indices)}`;
  if (e.op === "scalarfn" && e.attrs.order === 1 && isSymbol(e.args[0]!))
    return `∂${String(e.attrs.fn)}/∂${entryText(e.args[0]!, indices)}`;
  if (e.op === "scalarfn" && e.attrs.order === 2 && isSymbol(e.args[0]!) && indices.length === 2)
    return `∂²${String(e.attrs.fn)}/${indices.map((i) => `∂${entryText(e.args[0]!, [i])}`).join("")}`;
  if (isScalar(e.shape)) return e.op === "add" || e.op === "mul" ? `(${text(e)})` : text(e);
  return `[${text(e)}]${sub(indices)}`;
}
