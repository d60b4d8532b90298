/** What the engine answers: the derivative in all its forms, the steps, the proof. Plain data; print/ makes pages of it. */
import type { Citation } from "./cite.js";
import type { Expr } from "./expr.js";
import type { IndexForm } from "./indexForm.js";
import type { Aside, Layout, Let, Step, Style } from "./step.js";

/** Where the axes of a matrix answer come from. */
export type Arrangement = "scalar" | "gradient" | "by-scalar" | "jacobian" | "hessian";

/** How the entries of a symmetric variable are counted: X_ij = X_ji as one, or among symmetric matrices. */
export type Structure = "symmetric-entries" | "projected";

export interface Derivative {
  readonly of: Expr;
  readonly wrt: readonly Expr[];
  /** Number of axes that are not 1 by type, of the output and of all variables. */
  readonly order: number;
  readonly arrangement: Arrangement | undefined;
  /** Denominator layout for a gradient, rows = outputs for a jacobian, rows = first variable for a hessian. */
  readonly matrix: Expr | undefined;
  /** ∂vec(F)/∂vec(X)', column-major, for orders above two where a closed form exists. */
  readonly kronecker: Expr | undefined;
  readonly index: IndexForm;
  /** Conditions of the facts that were used, "1't = 1, since t is a distribution". */
  readonly conditions: readonly string[];
  /** Set where the entries of a symmetric or diagonal variable are not independent. */
  readonly structure?: Structure;
}

export interface Proof {
  readonly points: number;
  /** Largest relative error against reverse-mode AD, between exact forms, and over all steps. */
  readonly maxRelError: number;
  /** Largest relative error against a central difference in one direction; absent where none can decide. */
  readonly differenceError?: number;
}

/** Where the answer holds. */
export interface Condition {
  readonly about: Expr;
  readonly says: "invertible" | "positive determinant" | "positive" | "not 0" | "entries not 0";
}

/** Something that the notes print otherwise, with the reason in words. */
export interface Erratum {
  readonly source: Citation;
  readonly printed: string;
  readonly layout: Layout;
  /** Markdown with $…$. */
  readonly text: string;
}

/** The whole answer of `derive`: plain frozen data that printers and viewers read. */
export interface Derivation {
  readonly problem: {
    readonly text: string;
    /** As written, with the user's named intermediates. */
    readonly written: Expr;
    readonly lets: readonly Let[];
    /** Written out. */
    readonly f: Expr;
    readonly wrt: readonly Expr[];
    readonly layout: Layout;
    /** The style of `steps`: that asked for, or differential where it has no page. */
    readonly style: Style;
    readonly outputName?: string | undefined;
    readonly structure?: Structure | undefined;
  };
  /** Why the style asked for is not shown, where its page failed its numeric check. */
  readonly refused?: string;
  readonly result: Derivative;
  /** The linear map dX ↦ dF, for a second derivative dX ↦ d(∂f/∂X): an expression with the differential of the variable. */
  readonly map?: Expr | undefined;
  /** The same without declared facts; equal to `result` where none was used. */
  readonly plain: Derivative;
  /** The answer in both layouts, in the symbols of the problem; absent for orders above two. */
  readonly matrices: { readonly denominator?: Expr; readonly numerator?: Expr };
  /** The answer as the page shows it, with the parts that the page names. */
  readonly shown: { readonly denominator?: Expr; readonly numerator?: Expr };
  readonly names: readonly Let[];
  readonly conditions: readonly Condition[];
  readonly steps: readonly Step[];
  readonly asides: readonly Aside[];
  readonly errata: readonly Erratum[];
  readonly proof: Proof;
}
