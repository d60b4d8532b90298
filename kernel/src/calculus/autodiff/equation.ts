/**
 * The equation of a step as pieces that a page can draw: tensors of the document, matrices of their own numbers, and
 * signs between them. The same expression that the step's numbers are computed from, so that both always agree.
 */
import { type Expr, topological } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import { build as b } from "../ops/build.js";
import { opOf } from "../ops/index.js";
import { isNumber, numberOf } from "../ops/leaves.js";
import { evaluate } from "../verify/evaluate.js";
import { latexWith } from "./latexWith.js";
import { numberLatex } from "./numbersLatex.js";
import type { Tracing } from "./tracing.js";

/** One piece, in reading order. Signs are LaTeX: "\\circ", "+", "s(", ")". */
export type EquationPiece =
  | { readonly sign: string }
  /** A tensor as the layout in force shows it, or its transpose. */
  | { readonly tensor: string; readonly transposed: boolean }
  | { readonly latex: string; readonly shape: readonly [rows: number, cols: number]; readonly data: readonly number[] };

/** A matrix that is no tensor of the document and has more numbers than this is named, not drawn. */
const MOST_OWN = 4096;

/** A transpose goes inside these: every entry stays with its own. */
const SPREADS = new Set(["hadamard", "times", "add"]);

const opened = (e: Expr): Expr => (e.op === "transpose" && SPREADS.has(e.args[0]!.op) ? turnedInside(e.args[0]!) : e);

function turnedInside(e: Expr): Expr {
  const turn = (x: Expr): Expr =>
    x.op === "pow" ? b.pow(b.transpose(x.args[0]!), x.args[1]!) : isScalar(x.shape) ? x : b.transpose(x);
  const args = e.args.map(turn);
  return e.op === "add" ? b.add(...args) : e.op === "times" ? b.times(...args) : b.hadamard(...args);
}

const sign = (latex: string): EquationPiece => ({ sign: latex });

/** `whole` is written as one matrix of numbers: a Jacobian. */
export function equationOf(root: Expr, tracing: Tracing, whole?: Expr): EquationPiece[] {
  const { printing, isTensor, tensorOf } = tracing;
  const bracketed = (x: Expr): EquationPiece[] => {
    const e = opened(x);
    return e.op === "add" && e !== whole ? [sign("("), ...pieces(e), sign(")")] : pieces(e);
  };
  const joined = (list: readonly Expr[], between: string): EquationPiece[] =>
    list.flatMap((e, i) => [...(i > 0 ? [sign(between)] : []), ...bracketed(e)]);
  const called = (e: Expr): EquationPiece[] => {
    const inner = e.args[0]!;
    const [before = "", after = ""] = latexWith(e, (x) => (x === inner ? "@" : undefined)).split("@");
    // e^z would leave its brace open around a figure.
    if (before.endsWith("{")) return [sign(`\\operatorname{${e.op}}(`), ...pieces(inner), sign(")")];
    return [sign(before), ...pieces(inner), sign(after)];
  };
  const own = (e: Expr): EquationPiece[] => {
    const value = evaluate(e, printing.point);
    if (isScalar(e.shape)) return [sign(numberLatex(value.data[0]!, printing.digits))];
    const latex = latexWith(e, printing.names);
    if (value.data.length > MOST_OWN) return [sign(latex)];
    return [{ latex, shape: [value.rows, value.cols], data: Array.from(value.data, (x) => x + 0) }];
  };
  const quotient = (e: Expr): EquationPiece[] => {
    const below = (x: Expr): boolean => x.op === "pow" && isNumber(x.args[1]!, -1);
    const over = e.args.filter((x) => !below(x));
    const under = e.args.filter(below).map((x) => x.args[0]!);
    return [
      ...(over.length > 0 ? joined(over, "\\circ") : [sign("1")]),
      ...under.flatMap((x) => [sign("\\oslash"), ...bracketed(x)]),
    ];
  };
  const scaled = (e: Expr): EquationPiece[] => {
    const minus = isNumber(e.args[0]!, -1);
    const rest = minus ? e.args.slice(1) : e.args;
    const isDrawn = (x: Expr): boolean => isTensor(x) || topological(x).some((s) => isTensor(s) && !isScalar(s.shape));
    const others = rest.filter((x) => !isScalar(x.shape) || isDrawn(x));
    // 1/N is read better than .333.
    const factor = rest
      .filter((x) => !others.includes(x))
      .map((x) => latexWith(x, printing.names))
      .join("\\,");
    return [...(minus ? [sign("-")] : []), ...(factor === "" ? [] : [sign(factor)]), ...joined(others, "")];
  };
  const pieces = (x: Expr): EquationPiece[] => {
    const e = opened(x);
    if (e === whole) return own(e);
    if (isTensor(e)) return [{ tensor: tensorOf(e), transposed: false }];
    if (e.op === "transpose" && isTensor(e.args[0]!)) return [{ tensor: tensorOf(e.args[0]!), transposed: true }];
    if (isNumber(e)) return [sign(numberLatex(numberOf(e), printing.digits))];
    if (e.op === "add")
      return e.args.flatMap((x, i) => {
        const made = pieces(x);
        const negative = made[0] && "sign" in made[0] && made[0].sign.startsWith("-");
        return [...(i > 0 && !negative ? [sign("+")] : []), ...made];
      });
    if (e.op === "times") return scaled(e);
    if (e.op === "mul") return joined(e.args, "");
    if (e.op === "hadamard") return quotient(e);
    if (e.op === "sum") return [sign("\\sum("), ...pieces(e.args[0]!), sign(")")];
    if (e.op === "pow" && isNumber(e.args[1]!) && numberOf(e.args[1]!) > 0)
      return [...bracketed(e.args[0]!), sign(`{}^{${numberOf(e.args[1]!)}}`)];
    if (e.op !== "pow" && (opOf(e.op).elementwise === true || /^softmax/.test(e.op))) return called(e);
    return own(e);
  };
  return pieces(root);
}
