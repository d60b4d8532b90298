/** The data of an automatic differentiation table and of its graph. */
import type { Expr } from "../core/expr.js";
import type { Binding, Bindings } from "../verify/bindings.js";

/** A number for a scalar, rows for everything else. */
export type Value = number | readonly (readonly number[])[];

export interface ForwardRow {
  readonly v: string;
  /** In terms of the rows before it; the name of an input. */
  readonly expression: string;
  readonly latex: string;
  /** What the notes call it: (u), (f). */
  readonly note: string;
  readonly shape: readonly [rows: number, cols: number];
  readonly value: Value;
  /** Forward mode only. */
  readonly tangentExpression?: string;
  readonly tangentLatex?: string;
  readonly tangent?: Value;
}

export interface ReverseRow {
  readonly v: string;
  /** The contribution of one use. */
  readonly expression: string;
  readonly latex: string;
  /** True when the contribution is added to earlier ones. */
  readonly adds: boolean;
  /** "(first use of y)", "= ∂f/∂x". */
  readonly note: string;
  /** What v̄ has collected up to this row. */
  readonly adjoint: Value;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** ∂to/∂from, rows = outputs; for a matrix, how the adjoint goes back. */
  readonly local: string;
  readonly latex: string;
  readonly value?: Value;
}

export interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly expression: string;
  readonly shape: readonly [rows: number, cols: number];
  readonly value: Value;
  readonly tangent?: Value;
  readonly adjoint?: Value;
}

/** A table of automatic differentiation, with its graph. */
export interface AutodiffTable {
  readonly kind: "nabla.autodiff";
  readonly mode: "forward" | "reverse";
  /** The name of the result. */
  readonly name: string;
  readonly forward: readonly ForwardRow[];
  /** Reverse mode only, otherwise empty. */
  readonly reverse: readonly ReverseRow[];
  /** Reverse: the adjoint of every input by name. Forward: the tangent of the result under its name. */
  readonly derivatives: Readonly<Record<string, Value>>;
  readonly graph: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };
}

/** Mode, seed, value at a kink, names of intermediates. */
export interface AutodiffOptions {
  readonly mode?: "forward" | "reverse";
  /** Forward: the direction of each input (default: 1 for the first, 0 for the others). Reverse: the adjoint of the
   * result (default 1; needed when the result is not a scalar). */
  readonly seed?: Bindings | Binding;
  /** φ′(0) of a kinked function. */
  readonly kink?: number;
  /** Names of parts, printed as notes: u for x + y. */
  readonly names?: ReadonlyMap<Expr, string>;
}
