/** Sums, products and powers entry by entry, written once with the signs of each language. */
import { type Expr, node } from "../../core/expr.js";
import { isScalar, SCALAR } from "../../core/shape.js";
import { isNumber, number, numberOf } from "../leaves.js";
import { readTimes } from "../scalars.js";
import { type Code, call, type Fragment, LEVEL, product, type Writer } from "./define.js";

export interface Signs {
  readonly plus: string;
  readonly minus: string;
  readonly times: string;
  readonly over: string;
  /** A number times an array. */
  readonly scale: string;
  readonly unscale: string;
  readonly power: (base: string, exponent: string) => Fragment;
  readonly sqrt: (z: string) => Fragment;
}

const infix = (sign: string) => (base: string, exponent: string) => ({
  out: `${base}${sign}${exponent}`,
  level: LEVEL.power,
});
const PLAIN: Signs = {
  plus: " + ",
  minus: " - ",
  times: " * ",
  over: " / ",
  scale: " * ",
  unscale: " / ",
  power: infix("^"),
  sqrt: (z) => call("sqrt", z),
};
const DOTS: Signs = { ...PLAIN, times: " .* ", over: " ./ ", power: infix(".^") };
const JULIA: Signs = {
  plus: " .+ ",
  minus: " .- ",
  times: " .* ",
  over: " ./ ",
  scale: " .* ",
  unscale: " ./ ",
  power: infix(" .^ "),
  sqrt: (z) => call("sqrt.", z),
};
// A sign before ** is a syntax error in TypeScript: a call needs no parentheses.
const TYPESCRIPT: Signs = {
  ...PLAIN,
  power: (base, exponent) => call("Math.pow", base, exponent),
  sqrt: (z) => call("Math.sqrt", z),
};

/** The same text in all languages but for the signs. */
export const entrywise = (write: (w: Writer, s: Signs) => Fragment): Code => ({
  python: (w) =>
    write(w, {
      ...PLAIN,
      power: infix("**"),
      sqrt: (z) => call(`${w.np}.sqrt`, w.self.args.length > 0 ? w.array(0) : z),
    }),
  julia: (w) => write(w, isScalar(w.self.shape) ? PLAIN : JULIA),
  octave: (w) => write(w, isScalar(w.self.shape) ? PLAIN : DOTS),
  typescript: (w) => write(w, TYPESCRIPT),
  entrywise: true,
});

/** Ones and s·1 beside a term of full size are written as numbers: every language spreads those. */
function spread(self: Expr): readonly Expr[] {
  const plain = (e: Expr): Expr | undefined => {
    if (e.op === "ones") return number(1);
    if (e.op !== "times" || e.args[e.args.length - 1]!.op !== "ones") return undefined;
    const scalars = e.args.slice(0, -1);
    return scalars.length === 1 ? scalars[0]! : node("times", scalars, SCALAR);
  };
  if (isScalar(self.shape) || self.args.every(plain)) return self.args;
  return self.args.map((e) => plain(e) ?? e);
}

export function sum(w: Writer, s: Signs): Fragment {
  let out = "";
  for (const term of spread(w.self)) {
    const printed = w.print(term, LEVEL.product);
    const minus = printed.startsWith("-");
    const body = minus ? printed.slice(1) : printed;
    out += out === "" ? printed : `${minus ? s.minus : s.plus}${body}`;
  }
  return { out, level: LEVEL.sum };
}

const inverted = (e: Expr): boolean => e.op === "pow" && isNumber(e.args[1]!) && numberOf(e.args[1]!) < 0;
const positive = (e: Expr): Expr =>
  numberOf(e.args[1]!) === -1 ? e.args[0]! : node("pow", [e.args[0]!, number(-numberOf(e.args[1]!))], e.shape);

/** u ∘ v with negative powers as a division. */
export function products(w: Writer, s: Signs): Fragment {
  const over = w.self.args.filter((a) => !inverted(a)).map((a) => w.print(a, LEVEL.power));
  const under = w.self.args.filter(inverted).map((a) => w.print(positive(a), LEVEL.power));
  const head = over.length > 0 ? over.join(s.times) : "1";
  return product([head, ...under].join(s.over));
}

/** Scalars first, so that an array is passed over once: a / b * X. */
export function multiple(w: Writer, s: Signs): Fragment {
  const { negative, coefficient, over, under, wide } = readTimes(w.self);
  const scalars = over.map((e) => w.print(e, LEVEL.power));
  const number = coefficient === 1 ? scalars : [String(coefficient), ...scalars];
  const below = under.map((e) => w.print(e, LEVEL.power));
  const divisor = below.length > 1 ? `(${below.join(" * ")})` : (below[0] ?? "");
  const matrix = wide ? w.print(wide, LEVEL.power) : undefined;
  const sign = negative ? "-" : "";
  if (number.length === 0 && matrix !== undefined)
    return product(`${sign}${matrix}${divisor === "" ? "" : `${s.unscale}${divisor}`}`);
  const front = `${number.length === 0 ? "1" : number.join(" * ")}${divisor === "" ? "" : ` / ${divisor}`}`;
  if (matrix === undefined) return product(`${sign}${front}`);
  const fenced = number.length + below.length > 1 && s.scale !== " * " ? `(${front})` : front;
  return product(`${sign}${fenced}${s.scale}${matrix}`);
}

export function powers(w: Writer, s: Signs): Fragment {
  const [z, k] = w.self.args as [Expr, Expr];
  if (!isNumber(k)) return s.power(w.print(z, LEVEL.atom), w.print(k, LEVEL.atom));
  const exponent = numberOf(k);
  if (exponent === 0.5) return s.sqrt(w.print(z));
  if (exponent < 0) return product(`1${s.over}${w.print(positive(w.self), LEVEL.power)}`);
  return s.power(w.print(z, LEVEL.atom), String(exponent));
}
