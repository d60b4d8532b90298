/**
 * Lines of index notation as LaTeX. Entries of symbols are italic (B_{ir}, r_i), entries of compound expressions
 * stand in brackets ([\mathbf W\mathbf x+\mathbf b]_i). Einstein's convention leaves the Σ's out and nothing else.
 */
import type { Expr } from "../core/expr.js";
import {
  ENTRY,
  type IndexHead,
  type IndexLine,
  type IndexName,
  type IndexNode,
  type MatrixSide,
} from "../core/indexLine.js";
import { type Dim, isScalar } from "../core/shape.js";
import { deltaName, entryName, subscript } from "../ops/entryName.js";
import { type Fragment, LEVEL, type Level, latexNumber } from "../ops/fragment.js";
import { opOf } from "../ops/index.js";
import { isSymbol } from "../ops/leaves.js";
import { latex } from "./latex.js";
import { latexDim, space } from "./shapes.js";

export interface IndexLatexOptions {
  /** Summation convention: sums are not written. */
  readonly einstein?: boolean;
  /** Limits of sums; without them Σ_i Σ_j is Σ_{i,j}. */
  readonly ranges?: boolean;
}

export interface PrintedIndexLine {
  /** "" when the left-hand side is that of the line above. */
  readonly left: string;
  readonly right: readonly string[];
  /** Definitions beside the line, "r_i=…". */
  readonly where: readonly string[];
  /** Definitions in matrix form before the line, "\mathbf A=\mathbf B\mathbf C\in…". */
  readonly lets: readonly string[];
}

export function indexLineLatex(line: IndexLine, options: IndexLatexOptions = {}): PrintedIndexLine {
  const chosen = line.ranges === false ? { ...options, ranges: false } : options;
  const side = (n: IndexNode | IndexHead | MatrixSide): string => sideLatex(n, chosen);
  return {
    left: line.left ? side(line.left) : "",
    right: line.right.map(side),
    where: line.where.map((w) => `${side(w.left)}=${side(w.right)}`),
    lets: (line.lets ?? []).map((l) => `${latex(l.symbol)}=${latex(l.value)}\\in${space(l.symbol.shape)}`),
  };
}

function sideLatex(n: IndexNode | IndexHead | MatrixSide, options: IndexLatexOptions): string {
  if (n.kind === "matrix") return latex(n.expr);
  if (n.kind === "head") return headLatex(n);
  return indexLatex(n, options);
}

/** A function of a symbol stands under ∂ by its name: ∂𝓛. */
const called = (e: Expr): string => (e.op === "scalarfn" ? latex(e).replace(/\(.*$/, "") : latex(e));

function headLatex(head: IndexHead): string {
  const [of, by] = [called(head.of), called(head.by)];
  const indices = head.indices.map((i) => i.name);
  switch (head.form) {
    case "gradient":
      return `\\nabla_{${by}}${of}`;
    case "fraction":
      return `\\frac{\\partial ${of}}{\\partial ${by}}`;
    case "second":
      return secondLatex(head.of, head.by, head.and ?? head.by);
    case "vec":
      return `\\frac{\\partial\\operatorname{vec}${isSymbol(head.of) ? of : `(${of})`}}{\\partial(\\operatorname{vec}${by})^\\top}`;
    case "differential":
      return isSymbol(head.of) ? `d${of}` : `d(${of})`;
    case "tensor":
      return `J${subscript(indices)}`;
    case "component":
      return `\\left[\\frac{\\partial ${of}}{\\partial ${by}}\\right]${subscript(indices)}`;
  }
}

/** ∇²f of a number by one variable, otherwise both variables are named. */
function secondLatex(of: Expr, by: Expr, and: Expr): string {
  if (by === and && isScalar(of.shape)) return `\\nabla^2 ${called(of)}`;
  return `\\frac{\\partial^2 ${called(of)}}{\\partial ${latex(by)}\\,\\partial ${latex(and)}}`;
}

export function indexLatex(n: IndexNode, options: IndexLatexOptions = {}): string {
  switch (n.kind) {
    case "number":
      return latexNumber(n.value);
    case "entry":
      return entryLatex(n.expr, n.indices);
    case "delta":
      return deltaName(n.i.name, n.j.name);
    case "sum":
      return sumLatex(n, options);
    case "product":
      return productLatex(n.factors, options);
    case "add":
      return n.terms
        .map((t) => indexLatex(t, options))
        .reduce((out, t) => (t.startsWith("-") ? `${out}${t}` : `${out}+${t}`));
    case "power":
      return `${powerBase(n.base, options)}^${exponentLatex(n.exponent)}`;
    case "partial":
      return partialLatex(n.of, n.by, options);
    case "function":
      return functionLatex(n.body, indexLatex(n.argument, options), n.argument.kind === "entry");
  }
}

/** Σ over one index; neighbouring sums without limits are one Σ. */
function sumLatex(n: Extract<IndexNode, { kind: "sum" }>, options: IndexLatexOptions): string {
  const indices: IndexName[] = [n.index];
  let body = n.body;
  while (body.kind === "sum") {
    indices.push(body.index);
    body = body.body;
  }
  const inner = body.kind === "add" ? fenced(indexLatex(body, options)) : indexLatex(body, options);
  if (options.einstein) return inner;
  if (options.ranges === false) {
    const names = indices.map((i) => i.name);
    return `\\sum_${names.length === 1 && names[0]!.length === 1 ? names[0] : `{${names.join(",")}}`}${glue(inner)}`;
  }
  return `${indices.map((i) => `\\sum_{${i.name}=1}^{${dimLatex(i.dim)}}`).join("")}${glue(inner)}`;
}

/** A letter after a command needs a space. */
const glue = (inner: string): string => (/^[A-Za-z]/.test(inner) ? ` ${inner}` : inner);
const dimLatex = (d: Dim): string => latexDim(d);
const fenced = (inner: string): string => (/\\sum|\\frac/.test(inner) ? `\\Big(${inner}\\Big)` : `(${inner})`);

function productLatex(factors: readonly IndexNode[], options: IndexLatexOptions): string {
  let out = "";
  factors.forEach((f, at) => {
    const printed = factorLatex(f, at === factors.length - 1, options);
    if (at === 0 && f.kind === "number" && f.value === -1) {
      out = "-";
      return;
    }
    out += out === "" || out === "-" ? printed : `${separator(factors[at - 1]!, f)}${printed}`;
  });
  return out;
}

/** A thin space at fractions and functions; entries and deltas stand side by side. */
function separator(before: IndexNode, after: IndexNode): string {
  if (after.kind === "number") return "\\cdot ";
  const close = (n: IndexNode): boolean => n.kind === "entry" || n.kind === "delta" || n.kind === "number";
  return close(before) && close(after) && before.kind !== "number"
    ? before.kind === after.kind
      ? ""
      : "\\,"
    : before.kind === "number"
      ? ""
      : "\\,";
}

function factorLatex(f: IndexNode, last: boolean, options: IndexLatexOptions): string {
  const printed = indexLatex(f, options);
  if (f.kind === "add") return fenced(printed);
  if (f.kind === "sum" && !last && !options.einstein) return fenced(printed);
  if (f.kind === "number" || !printed.startsWith("-")) return printed;
  return fenced(printed);
}

const powerBase = (base: IndexNode, options: IndexLatexOptions): string => {
  const printed = indexLatex(base, options);
  const bare = base.kind === "entry" && (base.indices.length > 0 || isSymbol(base.expr) || printed.startsWith("|"));
  return bare ? printed : fenced(printed);
};

function exponentLatex(k: number): string {
  if (Number.isInteger(k) && k >= 0 && k < 10) return String(k);
  if (Number.isInteger(k * 2) && !Number.isInteger(k)) return `{${k * 2}/2}`;
  return `{${k}}`;
}

function partialLatex(of: IndexNode, by: IndexNode, options: IndexLatexOptions): string {
  const below = indexLatex(by, options);
  if (of.kind === "partial" && of.of.kind === "entry") {
    const above = of.of.indices.length === 0 ? called(of.of.expr) : indexLatex(of.of, options);
    return `\\frac{\\partial^2 ${above}}{\\partial ${indexLatex(of.by, options)}\\,\\partial ${below}}`;
  }
  if (of.kind === "entry") {
    const above = of.indices.length === 0 ? called(of.expr) : indexLatex(of, options);
    return `\\frac{\\partial ${above}}{\\partial ${below}}`;
  }
  const inner = indexLatex(of, options);
  const bare = ["power", "entry", "function"].includes(innermost(of).kind) && of.kind !== "power" && !options.einstein;
  return `\\frac{\\partial}{\\partial ${below}}${bare ? inner : fenced(inner)}`;
}

const innermost = (n: IndexNode): IndexNode => (n.kind === "sum" ? innermost(n.body) : n);

/** φ(z_i): the printer of the operator with the entry in place of its argument. */
export function functionLatex(body: Expr, argument: string, plain: boolean): string {
  const print = (e: Expr, min: Level): string => {
    if (e === ENTRY) return plain || min <= LEVEL.product ? argument : `(${argument})`;
    const { out, level }: Fragment = opOf(e.op).latex(e, print);
    return level < min ? `(${out})` : out;
  };
  return body.op === "add" ? `(${print(body, LEVEL.sum)})` : print(body, LEVEL.sum);
}

/** [e]_{ij}; a symbol is italic, its transpose has its indices exchanged, a gradient is ∂𝓛/∂y_k. */
export function entryLatex(e: Expr, indices: readonly IndexName[]): string {
  const names = indices.map((i) => i.name);
  if (isSymbol(e)) return entryName(e, names);
  if (e.op === "transpose" && e.args[0]!.op === "symbol") return entryLatex(e.args[0]!, [...indices].reverse());
  if (e.op === "d") return `d${entryLatex(e.args[0]!, indices)}`;
  if (e.op === "scalarfn" && e.attrs.order === 1 && isSymbol(e.args[0]!))
    return `\\frac{\\partial ${called(e)
      .replace(/^\\frac\{\\partial /, "")
      .replace(/\}\{.*$/, "")}}{\\partial ${entryName(e.args[0]!, names)}}`;
  if (e.op === "scalarfn" && e.attrs.order === 2 && isSymbol(e.args[0]!) && names.length === 2) {
    const f = called(e).replace("\\nabla^2 ", "");
    return `\\frac{\\partial^2 ${f}}{${names.map((n) => `\\partial ${entryName(e.args[0]!, [n])}`).join("\\,")}}`;
  }
  if (isScalar(e.shape)) return ["add", "mul"].includes(e.op) ? `(${latex(e)})` : latex(e);
  return `[${latex(e)}]${subscript(names)}`;
}
