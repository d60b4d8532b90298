/**
 * A line of the chain style as LaTeX: derivatives as fractions, upstream gradients by name, and with shapes on an
 * \underbrace under every factor, as HW3 prints it. Shapes off gives the same line without them.
 */
import type { ChainFactor, ChainLine, ChainName, ChainProduct } from "../core/chainLine.js";
import type { Expr } from "../core/expr.js";
import { type Dim, isScalar, showDim } from "../core/shape.js";
import { latexName } from "../ops/fragment.js";
import { isNumber, isSymbol, nameOf } from "../ops/leaves.js";
import { foldedList } from "./fold.js";
import { latex } from "./latex.js";

export interface ChainLatexOptions {
  /** \underbrace with the shape under every factor. */
  readonly shapes?: boolean;
}

/** The parts of a line for a page: left-hand side, right-hand sides without "=", and both with shapes. */
export interface ChainLatex {
  readonly left: string;
  readonly right: readonly string[];
  readonly shapedLeft: string;
  readonly shaped: readonly string[];
}

export function chainLatex(line: ChainLine): ChainLatex {
  const right = (shapes: boolean): string[] =>
    line.names.length > 0 ? [namesLatex(line)] : line.right.map((sum) => sumLatex(sum, line, { shapes }));
  const left = (shapes: boolean): string => (line.left ? factorLatex(line.left, line, { shapes }) : "");
  return { left: left(false), right: right(false), shapedLeft: left(true), shaped: right(true) };
}

/** The whole line in one string: "left = right = right". */
export function chainLineLatex(line: ChainLine, options: ChainLatexOptions = {}): string {
  const parts = chainLatex(line);
  const right = options.shapes ? parts.shaped : parts.right;
  if (line.names.length > 0) return right.join("");
  return [options.shapes ? parts.shapedLeft : parts.left, ...right].join("=");
}

const nameLatex = ({ symbol, value, means }: ChainName, line: ChainLine): string =>
  [outputLatex(symbol), ...(means ? [factorLatex(means, line, {})] : []), latex(value, { layout: line.layout })].join(
    "=",
  );

function namesLatex(line: ChainLine): string {
  const names = foldedList(
    line.names.map((n) => nameLatex(n, line)),
    ({ letter, first, last }) => `\\ (${letter}=${first},\\dots,${last})`,
  ).join(",\\quad ");
  if (!line.define) return names;
  const { symbol, of, by } = line.define;
  const row = line.layout === "numerator" && isScalar(of.shape);
  return `${names},\\qquad ${upstreamLatex(symbol)}:=${quotient(of, by, row)}`;
}

const quotient = (of: Expr, by: Expr, row: boolean): string => {
  const letter = row && by.shape.cols.key === "1" && by.shape.rows.key !== "1" ? "d" : "\\partial ";
  return `${letter}${outputLatex(of)}/${letter}${latex(by)}`;
};

/** An abstract loss is calligraphic, as where it is applied. */
function outputLatex(e: Expr): string {
  if (isSymbol(e) && isScalar(e.shape) && nameOf(e) === "L") return "\\mathcal L";
  if (isSymbol(e) && isScalar(e.shape) && nameOf(e) === "l") return "\\ell";
  return latex(e);
}

/** g_{W_1}: the index of an upstream gradient is the name it belongs to. */
function upstreamLatex(symbol: Expr): string {
  const [, stem = "g", of = ""] = /^([gG])_(.+)$/.exec(nameOf(symbol)) ?? [];
  if (!of) return latex(symbol);
  return `${isScalar(symbol.shape) ? stem : `\\mathbf ${stem}`}_${of.length === 1 ? of : `{${latexName(of, false)}}`}`;
}

function sumLatex(sum: readonly ChainProduct[], line: ChainLine, options: ChainLatexOptions): string {
  return sum
    .map((p) => productLatex(p, line, options))
    .reduce((out, term) => (out === "" ? term : term.startsWith("-") ? `${out}${term}` : `${out}+${term}`), "");
}

function productLatex(p: ChainProduct, line: ChainLine, options: ChainLatexOptions): string {
  const alone = p.factors.length === 1 && p.scalars.length === 0;
  const factors = p.factors.map((f) => fencedLatex(f, line, options, alone));
  const body = factors.join(p.hadamard ? "\\circ " : "\\,");
  const front = p.scalars.map((s) => scalarLatex(s, line));
  const sign = front[0] === "-" ? "-" : "";
  const scalars = (sign ? front.slice(1) : front).join("\\,");
  return [sign + scalars, body].filter(Boolean).join(scalars ? "\\," : "");
}

function scalarLatex(s: Expr, line: ChainLine): string {
  if (isNumber(s, -1)) return "-";
  const out = latex(s, { layout: line.layout });
  return s.op === "sum" || s.op === "mul" || s.op === "add" ? `(${out})` : out;
}

function fencedLatex(f: ChainFactor, line: ChainLine, options: ChainLatexOptions, alone: boolean): string {
  const fenced = f.kind === "expr" && !alone && needsFence(f.expr);
  return factorLatex(f, line, options, fenced);
}

const needsFence = (e: Expr): boolean =>
  e.op === "add" || e.op === "hadamard" || (e.op === "times" && !isNumber(e)) || e.op === "scalarfn";

function factorLatex(f: ChainFactor, line: ChainLine, options: ChainLatexOptions, fenced = false): string {
  const bare = bareLatex(f, line);
  const body = fenced ? `\\left(${bare}\\right)` : bare;
  return options.shapes && f.shape.length > 0 ? `\\underbrace{${body}}_{${shapeLatex(f.shape)}}` : body;
}

function bareLatex(f: ChainFactor, line: ChainLine): string {
  const top = f.kind !== "expr" && f.transposed ? "^\\top" : "";
  switch (f.kind) {
    case "expr":
      return latex(f.expr, { layout: line.layout });
    case "upstream":
      return `${upstreamLatex(f.symbol)}${top}`;
    case "partial": {
      if (f.and) return secondLatex(f.of, f.by, f.and);
      const letter = f.row && line.left !== f ? "d" : "\\partial ";
      const fraction = `\\frac{${letter}${outputLatex(f.of)}}{${letter}${latex(f.by)}}`;
      return top ? `\\left(${fraction}\\right)${top}` : fraction;
    }
  }
}

/** ∇²f of a number by one variable, otherwise both variables are named. */
const secondLatex = (of: Expr, by: Expr, and: Expr): string =>
  by === and && isScalar(of.shape)
    ? `\\nabla^2 ${outputLatex(of)}`
    : `\\frac{\\partial^2 ${outputLatex(of)}}{\\partial ${latex(by)}\\,\\partial ${latex(and)}}`;

/** "m\times n\times m"; a scalar is 1×1. */
const shapeLatex = (shape: readonly Dim[]): string => shape.map(showDim).join("\\times ");
