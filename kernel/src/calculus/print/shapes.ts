/** Shapes in LaTeX and under factors. */
import type { Expr } from "../core/expr.js";
import { type Dim, isOne, isScalar, type Shape as S, type Shape, showDim } from "../core/shape.js";

export const latexDim = (d: Dim): string => d.key.replaceAll("*", "");

export const latexShape = (s: Shape): string => `${latexDim(s.rows)}\\times ${latexDim(s.cols)}`;

/** ℝ, ℝⁿ or ℝ^{m×n}. */
export function space(s: S): string {
  if (isScalar(s)) return "\\mathbb R";
  if (isOne(s.cols)) return `\\mathbb R^{${latexDim(s.rows)}}`;
  return `\\mathbb R^{${latexShape(s)}}`;
}

const plain = (s: Shape): string => `${showDim(s.rows)}×${showDim(s.cols)}`;

/** "1×m · m×n · n×1", "tr(n×m · m×n)", or "" for a line without a product. */
export function factorShapes(line: Expr): string {
  if (line.op === "add") return "";
  const body = line.op === "times" ? line.args[line.args.length - 1]! : line;
  if (body.op === "tr") {
    const inside = factorShapes(body.args[0]!);
    return inside.includes("·") ? `tr(${trace(body.args[0]!)})` : "";
  }
  if (body.op !== "mul") return isScalar(line.shape) ? "1" : "";
  return body.args.map((a) => plain(a.shape)).join(" · ");
}

/** Inside a trace the factor of dX is one matrix. */
function trace(inside: Expr): string {
  const body = inside.op === "times" ? inside.args[inside.args.length - 1]! : inside;
  if (body.op !== "mul") return plain(body.shape);
  const last = body.args[body.args.length - 1]!;
  if (last.op !== "d") return body.args.map((a) => plain(a.shape)).join(" · ");
  return `${plain({ rows: body.shape.rows, cols: last.shape.rows })} · ${plain(last.shape)}`;
}

/** A product with the shape under every factor; undefined when there is none. */
export function underbraced(line: Expr, print: (e: Expr) => string): string | undefined {
  const scalars = line.op === "times" ? line.args.slice(0, -1) : [];
  const body = line.op === "times" ? line.args[line.args.length - 1]! : line;
  if (body.op === "tr") {
    const inner = underbraced(body.args[0]!, print);
    return inner && `${scalars.map(print).join("\\,")}\\operatorname{tr}\\left(${inner}\\right)`;
  }
  if (body.op !== "mul") return undefined;
  const factor = (a: Expr): string => {
    const printed = print(a);
    const fenced =
      a.op === "add" || a.op === "hadamard" || (a.op === "times" && !/^\(/.test(printed))
        ? `\\left(${printed}\\right)`
        : printed;
    return `\\underbrace{${fenced}}_{${latexShape(a.shape)}}`;
  };
  const minus = scalars[0]?.op === "number" && scalars[0].attrs.value === -1;
  return `${minus ? "-" : ""}${[...scalars.slice(minus ? 1 : 0).map(print), ...body.args.map(factor)].join("\\,")}`;
}
