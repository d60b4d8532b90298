/** What a program computes, before any language is chosen. */
import type { Expr } from "../../core/expr.js";
import type { IndexForm } from "../../core/indexForm.js";
import type { Let } from "../../core/step.js";

export interface Output {
  /** What the function that returns only this is called: "value", "grad", "jac", "hess". */
  readonly role: Role;
  /** "Gradient of f by W in denominator layout". */
  readonly about: string;
  readonly form:
    | { readonly kind: "matrix"; readonly expr: Expr }
    | { readonly kind: "index"; readonly index: IndexForm };
}
export type Role = "value" | "grad" | "jac" | "hess";

export interface Plan {
  /** What is computed, in the grammar of the input: "h = W*x; f = h'*h". */
  readonly source: string;
  readonly name: string;
  /** Lines on layout and facts. */
  readonly notes: readonly string[];
  readonly inputs: readonly Expr[];
  readonly wrt: readonly Expr[];
  readonly outputs: readonly Output[];
  /** Readable names for parts, the user's own first. */
  readonly names: readonly Let[];
}

/** The functions of a program: every output alone, then the first two and all of them in one sweep. */
export function functionsOf(plan: Plan): readonly (readonly Output[])[] {
  const alone = plan.outputs.map((o) => [o]);
  const together = plan.outputs.slice(1).map((_, i) => plan.outputs.slice(0, i + 2));
  return [...alone, ...together];
}
