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
  /** The cell in which a name got its present meaning. */
  readonly cells: Map<string, number | undefined>;
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
    const place = placeOf(context, name);
    if (before) said.push(`${name} was ${showShape(before.shape)}${place ? ` in ${place}` : ""}, now ${showShape(symbol.shape)}`);
    context.cells.set(name, cell);
  }
  context.scope = mergeScopes(added, context.scope);
  return { scope: added, said };
}

export function placeOf(context: Context, name: string): string {
  const cell = context.cells.get(name);
  return cell === undefined ? "" : `[${cell}]`;
}

/** A symbol of the same name and another shape inside an older expression is an error that names both. */
export function refuseMixed(context: Context, wanted: Expr, inside: readonly Expr[]): void {
  const name = String(wanted.attrs.name);
  const other = inside.find((s) => s.attrs.name === name && s !== wanted);
  if (!other) return;
  throw new NablaError("shape_mismatch", `${name} is ${showShape(wanted.shape)} since ${placeOf(context, name) || "its last declaration"}, but this expression was made with ${name}: ${showShape(other.shape)}`, {
    got: [showShape(wanted.shape), showShape(other.shape)],
    want: "one meaning of a name",
    hint: "run the cell of the expression again",
  });
}
