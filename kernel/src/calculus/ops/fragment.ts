/** Printed pieces with their binding strength, shared by the text and LaTeX printers of all operators. */
import type { Expr } from "../core/expr.js";

/** How tightly the outermost operator of a piece binds. */
export const LEVEL = { sum: 1, product: 2, power: 3, atom: 4 } as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

export interface Fragment {
  readonly out: string;
  readonly level: Level;
}

/** Prints an argument, in parentheses when it binds less tightly than `min`. */
export type Print = (e: Expr, min: Level) => string;

export const atom = (out: string): Fragment => ({ out, level: LEVEL.atom });
export const call = (name: string, ...args: readonly string[]): Fragment => atom(`${name}(${args.join(", ")})`);
/** (inner), with fences that grow only where something tall stands inside. */
export const fenced = (inner: string): string =>
  /\\t?frac|\\sum|\\begin/.test(inner) ? `\\left(${inner}\\right)` : `(${inner})`;

export const latexCall = (name: string, ...args: readonly string[]): Fragment =>
  atom(`${name}${fenced(args.join(", "))}`);

/** base^{exponent}, without braces around one character. */
export const superscript = (base: string, exponent: string): string =>
  `${base}^${exponent.length === 1 ? exponent : `{${exponent}}`}`;

/** A number without an exponent: "0.5", "-3", "0.0000001". */
export function decimal(value: number): string {
  const [, sign, whole, fraction = "", exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value)) ?? [];
  if (exponent === undefined) return String(value);
  const [digits, point] = [`${whole}${fraction}`, whole!.length + Number(exponent)];
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.slice(0, point).padEnd(point, "0")}${point < digits.length ? `.${digits.slice(point)}` : ""}`;
}

/** Fractions with small denominators are printed as such. */
export function rational(value: number): readonly [number, number] | undefined {
  for (const denominator of [1, 2, 3, 4, 5, 6, 8, 9, 12, 16, 24, 32]) {
    const numerator = Math.round(value * denominator);
    if (numerator / denominator === value && Math.abs(numerator) < 1e6) return [numerator, denominator];
  }
  return undefined;
}

export function latexNumber(value: number): string {
  const fraction = rational(value);
  if (!fraction || fraction[1] === 1) return decimal(value);
  const [p, q] = fraction;
  const sign = p < 0 ? "-" : "";
  return `${sign}\\tfrac{${Math.abs(p)}}{${q}}`;
}

const GREEK = new Set(
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(
    " ",
  ),
);

/** A name as LaTeX: Greek spelled out, digits at the end as a subscript, bold for vectors and matrices. */
export function latexName(name: string, bold: boolean): string {
  const [, letter = "", accent] = /^([A-Za-z]|[A-Z]?[a-z]+?)(hat|tilde|bar)(?=$|[\d_])/.exec(name) ?? [];
  if (accent && (letter.length === 1 || GREEK.has(letter)))
    return latexName(`${letter}${name.slice(letter.length + accent.length)}`, bold).replace(
      latexName(letter, bold),
      (plain) => `\\${accent}{${plain}}`,
    );
  const [, stem = name, digits = "", rest = ""] = /^([A-Za-z]+?)(\d*)((?:_\w+)?)$/.exec(name) ?? [];
  const greek = GREEK.has(stem);
  const base = greek ? `\\${stem}` : stem.length > 1 ? `\\mathrm{${stem}}` : stem;
  const head = !bold
    ? base
    : greek
      ? `\\boldsymbol{${base}}`
      : stem.length > 1
        ? `\\mathbf{${stem}}`
        : `\\mathbf ${stem}`;
  const tail = (digits + rest.replace(/^_/, digits ? "," : "")).replace(/_/g, ",");
  return tail === "" ? head : `${head}_${tail.length === 1 ? tail : `{${tail}}`}`;
}
