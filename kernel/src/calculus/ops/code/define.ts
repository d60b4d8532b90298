/**
 * How an operator is written in program text. NumPy, JAX and PyTorch share one spelling; vectors have one axis there, in
 * Julia and in TypeScript, whether they stand as a column or a row. Octave keeps both axes. TypeScript writes operators
 * that act entry by entry as formulas of numbers; the printer puts them into one loop.
 */
import type { Expr } from "../../core/expr.js";
import { type Dim, isScalar } from "../../core/shape.js";
import { atom, call, type Fragment, LEVEL, type Level } from "../fragment.js";

/** What an operator is written with: its own node, its arguments as text, sizes, and helper functions. */
export interface Writer {
  readonly self: Expr;
  readonly print: (e: Expr, min?: Level) => string;
  readonly fragment: (e: Expr) => Fragment;
  /** Argument i, in parentheses where it binds less tightly than `min`. */
  readonly arg: (i: number, min?: Level) => string;
  /** A dimension as text, "m * n". */
  readonly size: (d: Dim) => string;
  /** The name of a function that the program then brings along. */
  readonly helper: (name: string) => string;
  /** The name under which a function that is known by name only is handed over. */
  readonly given: (name: string) => string;
}

export interface PythonWriter extends Writer {
  readonly library: "numpy" | "jax" | "torch";
  /** np, jnp or torch. */
  readonly np: string;
  /** Argument i as an array also where it is a bare number, which PyTorch does not take. */
  readonly array: (i: number) => string;
  /** Ones, zeros or the identity, in the precision and on the device of the arguments. */
  readonly constant: (kind: "ones" | "zeros" | "eye", sizes: readonly string[]) => string;
}

export interface Code {
  readonly python: (w: PythonWriter) => Fragment;
  readonly julia: (w: Writer) => Fragment;
  readonly octave: (w: Writer) => Fragment;
  readonly typescript: (w: Writer) => Fragment;
  /** Acts entry by entry: the TypeScript is a formula of numbers. */
  readonly entrywise?: true;
}

/** The dot of an elementwise call in Julia. */
export const dot = (w: Writer): string => (isScalar(w.self.shape) ? "" : ".");

/** A function applied entry by entry that has one name nearly everywhere. */
export const called = (name: string, other: Partial<Code> = {}): Code => ({
  python: (w) => call(`${w.np}.${name}`, w.array(0)),
  julia: (w) => call(`${name}${dot(w)}`, w.arg(0)),
  octave: (w) => call(name, w.arg(0)),
  typescript: (w) => call(`Math.${name}`, w.arg(0)),
  entrywise: true,
  ...other,
});

/** A function of whole arrays: a name in the library of each language, or a helper that the program brings along. */
export const wholeCall = (
  names: { readonly python: string; readonly julia: string; readonly octave: string; readonly typescript: string },
  other: Partial<Code> = {},
): Code => ({
  python: (w) => call(`${w.np}.${names.python}`, ...all(w)),
  julia: (w) => call(names.julia, ...all(w)),
  octave: (w) => call(names.octave, ...all(w)),
  typescript: (w) => call(w.helper(names.typescript), ...all(w)),
  ...other,
});

export const all = (w: Writer): string[] => w.self.args.map((_, i) => w.arg(i));

export const product = (out: string): Fragment => ({ out, level: LEVEL.product });
export const power = (out: string): Fragment => ({ out, level: LEVEL.power });
export { atom, call, type Fragment, LEVEL };
