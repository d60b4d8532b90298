/**
 * What names mean: symbols with their shapes, abstract functions, dimensions. Maps and sets only, so that a name
 * such as `constructor` is a name like any other.
 */
import type { Expr } from "../core/expr.js";
import type { Dim, Shape } from "../core/shape.js";

export type FunctionKind =
  | { readonly kind: "elementwise" }
  /** A scalar function of one argument of this shape. */
  | { readonly kind: "scalarOf"; readonly shape: Shape };

/** What the names of a text mean. */
export interface Declarations {
  readonly symbols: ReadonlyMap<string, Expr>;
  readonly functions: ReadonlyMap<string, FunctionKind>;
  /** Names of dimensions; in an expression they count as scalars unless a symbol has the name. */
  readonly dims: ReadonlySet<string>;
  /** One line per thing that was ignored or guessed. */
  readonly warnings: readonly string[];
}

export function declarations(parts: Partial<Declarations>): Declarations {
  return Object.freeze({
    symbols: parts.symbols ?? new Map(),
    functions: parts.functions ?? new Map(),
    dims: parts.dims ?? new Set(),
    warnings: Object.freeze([...(parts.warnings ?? [])]),
  });
}

/** The empty scope. */
export const NO_DECLARATIONS = declarations({});

/** Both scopes, names of `inner` (the `where` of a call) hiding those of `outer` (the notebook). */
export function mergeScopes(inner: Declarations, outer: Declarations): Declarations {
  const hidden = (name: string): boolean => inner.symbols.has(name) || inner.functions.has(name);
  const visible = <V>(map: ReadonlyMap<string, V>): [string, V][] => [...map].filter(([name]) => !hidden(name));
  return declarations({
    symbols: new Map([...visible(outer.symbols), ...inner.symbols]),
    functions: new Map([...visible(outer.functions), ...inner.functions]),
    dims: new Set([...outer.dims, ...inner.dims]),
    warnings: inner.warnings,
  });
}

/** The scope with one more symbol, and the names of its dimensions. */
export function withSymbol(scope: Declarations, name: string, symbol: Expr): Declarations {
  return mergeScopes(
    declarations({
      symbols: new Map([[name, symbol]]),
      dims: new Set(dimNames(symbol.shape)),
      warnings: scope.warnings,
    }),
    scope,
  );
}

const namesOf = (d: Dim): readonly string[] => d.names;
export const dimNames = (s: Shape): string[] => [...new Set([...namesOf(s.rows), ...namesOf(s.cols)])];
