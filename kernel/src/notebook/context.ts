/**
 * What one notebook remembers: declared names with the cell that declared them, and its conventions. The engine never
 * sees this object; it is handed scopes and layouts.
 */
import {
  type Declarations,
  type Declared,
  declare,
  type Expr,
  mergeScopes,
  NablaError,
  NO_DECLARATIONS,
  showShape,
} from "../calculus/index.js";

export interface NotebookConventions {
  readonly layout: "denominator" | "numerator";
  readonly style: "differential" | "index" | "chain";
}

export interface Context {
  scope: Declarations;
  conventions: NotebookConventions;
  /** The cell in which a symbol was declared. */
  readonly cells: Map<Expr, number | undefined>;
}

export const createContext = (): Context => ({
  scope: NO_DECLARATIONS,
  conventions: { layout: "denominator", style: "differential" },
  cells: new Map(),
});

/** The number of the running cell, as the kernel says it. */
export function currentCell(): number | undefined {
  const cell = (globalThis as Record<symbol, unknown>)[Symbol.for("nabla.cell")] as { cell?: number } | undefined;
  return cell?.cell;
}

/** Adds declarations; a name with another shape than before is named in the returned lines. */
export function addDeclarations(context: Context, declared: Declared): { scope: Declarations; said: string[] } {
  const added = declare(declared);
  const said = [...added.warnings];
  const cell = currentCell();
  for (const [name, symbol] of added.symbols) {
    const before = context.scope.symbols.get(name);
    if (before === symbol) continue;
    if (before) said.push(`${name} was ${declaredAs(context, before)}, now ${showShape(symbol.shape)}`);
    context.cells.set(symbol, cell);
  }
  context.scope = mergeScopes(added, context.scope);
  return { scope: added, said };
}

/** "n×1 in [3]" */
function declaredAs(context: Context, symbol: Expr): string {
  const cell = context.cells.get(symbol);
  return cell === undefined ? showShape(symbol.shape) : `${showShape(symbol.shape)} in [${cell}]`;
}

/** A symbol of the same name and another shape inside an older expression is an error that names both. */
export function refuseMixed(context: Context, wanted: Expr, inside: readonly Expr[]): void {
  const name = String(wanted.attrs.name);
  const other = inside.find((s) => s.attrs.name === name && s !== wanted);
  if (!other) return;
  throw new NablaError(
    "shape_mismatch",
    `two meanings of ${name}: the variable is ${declaredAs(context, wanted)}, the expression has ${declaredAs(context, other)}`,
    {
      got: [showShape(wanted.shape), showShape(other.shape)],
      want: "one meaning of a name",
      hint: "run the older of the two cells again",
    },
  );
}
