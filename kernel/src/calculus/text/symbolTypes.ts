/**
 * The names of a declaration as a type, so that `const { W, x } = symbols("W: m×n, x: n")` is typed and a misspelt
 * name is a compile error. Follows declare.ts: entries end at , ; or a line, σ is also `sigma`, W₁ is `W1`.
 */
import type { Expr } from "../core/expr.js";

type Space = " " | "\t" | "\r" | "\n";
type Trim<S extends string> = S extends `${Space}${infer R}` ? Trim<R> : S extends `${infer R}${Space}` ? Trim<R> : S;

type SplitOn<
  S extends string,
  Separator extends string,
  Done extends string = never,
> = S extends `${infer First}${Separator}${infer Rest}` ? SplitOn<Rest, Separator, Done | First> : Done | S;

type EachSplit<S extends string, Separator extends string> = S extends string ? SplitOn<S, Separator> : never;
type Entries<S extends string> = EachSplit<EachSplit<SplitOn<S, ",">, ";">, "\n">;

/** Signs that are kept under another name; the same table as characters.ts, for the letters people declare. */
interface Letters {
  α: "alpha";
  β: "beta";
  γ: "gamma";
  δ: "delta";
  ε: "epsilon";
  ζ: "zeta";
  η: "eta";
  θ: "theta";
  ι: "iota";
  κ: "kappa";
  λ: "lambda";
  μ: "mu";
  ν: "nu";
  ξ: "xi";
  π: "pi";
  ρ: "rho";
  σ: "sigma";
  τ: "tau";
  φ: "phi";
  χ: "chi";
  ψ: "psi";
  ω: "omega";
  Γ: "Gamma";
  Δ: "Delta";
  Θ: "Theta";
  Λ: "Lambda";
  Ξ: "Xi";
  Π: "Pi";
  Σ: "Sigma";
  Φ: "Phi";
  Ψ: "Psi";
  Ω: "Omega";
  ℓ: "l";
  "₀": "0";
  "₁": "1";
  "₂": "2";
  "₃": "3";
  "₄": "4";
  "₅": "5";
  "₆": "6";
  "₇": "7";
  "₈": "8";
  "₉": "9";
}

type Plain<S extends string, Done extends string = ""> = S extends `${infer C}${infer Rest}`
  ? Plain<Rest, `${Done}${C extends keyof Letters ? Letters[C] : C}`>
  : Done;

type IsFunction<Spec extends string> = Spec extends "elementwise" | `scalar of ${string}` ? true : false;

/** The name of one entry. The tail of a shape in brackets, " n]" of "[m, n]", is none; functions are no symbols. */
type NameOf<Entry extends string> = Entry extends `${infer Name}:${infer Spec}`
  ? IsFunction<Trim<Spec>> extends true
    ? never
    : Trim<Name>
  : Entry extends `${string}]${string}`
    ? never
    : Trim<Entry> extends ""
      ? never
      : Trim<Entry>;

type EachName<Entry extends string> = Entry extends string ? NameOf<Entry> : never;
type WithPlain<Name extends string> = Name extends string ? Name | Plain<Name> : never;

/** "W" | "x" | "b" for "W: m×n, x: n, b: m"; any string where the text is not known to the compiler. */
export type SymbolNames<Text extends string> = string extends Text ? string : WithPlain<EachName<Entries<Text>>>;

/** The object that `symbols(text)` gives: one value per declared symbol. */
export type SymbolsOf<Text extends string, Value = Expr> = { readonly [Name in SymbolNames<Text>]: Value };
