/** A derivative of a notebook: the answer in all forms, its steps, its document for viewers, its numbers. */
import {
  type Bindings,
  type CodeOptions,
  type CodeTarget,
  code,
  type Derivation,
  type DerivationDocument,
  derivationDocument,
  derivativeAt,
  derive,
  type Expr,
  latex,
  plain,
  text,
} from "../calculus/index.js";
import { type Bundle, derivationBundle } from "../display/index.js";
import { type CodeView, codeView } from "./codeView.js";
import type { NotebookConventions } from "./context.js";
import { type NumberTensor, numberTensor } from "./numbers.js";
import type { Written } from "./written.js";

export interface Derived {
  readonly kind: "nabla.derived";
  readonly layout: "denominator" | "numerator";
  /** The answer as text of the grammar, in the layout; "" for orders above two, where `index` holds it. */
  readonly text: string;
  readonly latex: string;
  /** "m×n" in the layout. */
  readonly shape: string;
  /** ∂vec(f)/∂vec(X)' for orders above two, where a closed form exists. */
  readonly vec: string | undefined;
  readonly steps: Derivation["steps"];
  readonly derivation: Derivation;
  readonly document: DerivationDocument;
  /** Numbers of the derivative: a heatmap, or blocks for order three and four. */
  at(bindings: Bindings): NumberTensor;
  /** Value and derivative as a program: `d(f, W).code("jax")`. */
  code(target: CodeTarget, options?: CodeOptions): CodeView;
  toString(): string;
}

export interface DeriveChoices extends Partial<NotebookConventions> {
  /** The entries of a symmetric, spd or diagonal variable: independent when not given. */
  readonly structure?: Derivation["problem"]["structure"];
}

export function derived(written: Written, wrt: readonly Expr[], choices: NotebookConventions & DeriveChoices): Derived {
  const { layout, style, structure } = choices;
  const { f, lets, outputName } = written;
  const derivation = derive(f, wrt, { layout, style, lets, outputName, structure, text: written.text });
  const matrix = derivation.matrices[layout];
  let document: DerivationDocument | undefined;
  const made = (): DerivationDocument => (document ??= derivationDocument(derivation));
  const name = wrt.map((x) => `∂${subscripted(text(x))}`).join("");
  return Object.freeze({
    kind: "nabla.derived" as const,
    layout,
    text: matrix ? text(matrix) : "",
    latex: matrix ? latex(matrix, { layout }) : "",
    shape: matrix
      ? `${matrix.shape.rows.key}×${matrix.shape.cols.key}`
      : derivation.result.index.free.map((i) => i.dim.key).join("×"),
    vec: derivation.result.kronecker ? text(derivation.result.kronecker) : undefined,
    steps: derivation.steps,
    derivation,
    get document(): DerivationDocument {
      return made();
    },
    at: (bindings: Bindings) => {
      const { shape, data, outputAxes } = derivativeAt(derivation, bindings);
      return numberTensor(shape, data, {
        title: `∂f/${name}`,
        layout,
        output: "f",
        variable: text(wrt[0]!),
        ...(outputAxes ? { outputAxes } : {}),
      });
    },
    code: (target: CodeTarget, options?: CodeOptions) => codeView(code(derivation, target, options), target),
    toString: () => plain(derivation),
    [Symbol.for("Jupyter.display")]: (): Bundle => derivationBundle(made()),
  });
}

/** W1 as W₁. */
const subscripted = (name: string): string =>
  name.replace(/\d/g, (digit) => String.fromCharCode(0x2080 + Number(digit)));

export const isDerived = (value: unknown): value is Derived =>
  typeof value === "object" && value !== null && (value as { kind?: unknown }).kind === "nabla.derived";

/** Several derivatives of one expression, shown one below the other. */
export function several(list: readonly Derived[]): readonly Derived[] {
  const shown = (): Bundle => {
    const bundles = list.map((one) => derivationBundle(one.document));
    const joined = (type: string, between: string): string => bundles.map((x) => String(x[type] ?? "")).join(between);
    return {
      "text/markdown": joined("text/markdown", "\n\n---\n\n"),
      "text/latex": joined("text/latex", "\n\n"),
      "text/plain": joined("text/plain", "\n\n"),
    };
  };
  return Object.freeze(Object.assign([...list], { [Symbol.for("Jupyter.display")]: shown }));
}
