/** A derivative of a notebook: the answer in all forms, its steps, its document for viewers, its numbers. */
import {
  type AxisOrder,
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
  indexFormText,
  latex,
  plain,
  text,
  transposedForm,
} from "../calculus/index.js";
import { type Bundle, derivationBundle } from "../display/index.js";
import { variableFirst } from "./axes.js";
import { type CodeView, codeView } from "./codeView.js";
import type { NotebookConventions } from "./context.js";
import { eigenNote, entryFormula, entryHover } from "./entryHover.js";
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
  /** The answer as a matrix in the layout; undefined for orders above two. */
  readonly matrix: string | undefined;
  /** Index form, free indices in the order of the axes: "J_ijkl = C_lj δ_ik". */
  readonly index: string;
  /** ∂vec(f)/∂vec(X)' for orders above two, where a closed form exists; its transpose when the variable is first. */
  readonly vec: string | undefined;
  /** The linear map dX ↦ df, or dX ↦ d(∂f/∂X) of a second derivative: "-inv(X)*dX*inv(X)". */
  readonly map: string | undefined;
  readonly steps: Derivation["steps"];
  readonly derivation: Derivation;
  readonly document: DerivationDocument;
  /** The same derivative in a layout: `d(f, W).inLayout("numerator").matrix`. */
  inLayout(layout: "denominator" | "numerator"): Derived;
  /**
   * The same derivative with its axes in an order: output first as the notes write them (J_ijkl), or variable first as
   * HW3 does (J_klij). Up to order two that is the layout of a Jacobian: numerator, or denominator.
   * @example d("B C", "B", { where: "B: m×n, C: n×p" }).axes("variable-first").index // "J_klij = C_lj δ_ik"
   */
  axes(order: AxisOrder): Derived;
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

/** What a call asks for, the conventions of the notebook filled in. */
interface Asked extends NotebookConventions, DeriveChoices {
  readonly layout: NotebookConventions["layout"];
  readonly style: NotebookConventions["style"];
  readonly order?: AxisOrder;
}

export function derived(written: Written, wrt: readonly Expr[], choices: Asked): Derived {
  const { layout, style, structure, order = "output-first" } = choices;
  const { f, lets, outputName } = written;
  const derivation = derive(f, wrt, { layout, style, lets, outputName, structure, text: written.text });
  const matrix = derivation.matrices[layout];
  let document: DerivationDocument | undefined;
  const made = (): DerivationDocument => (document ??= derivationDocument(derivation));
  const { index, kronecker } = derivation.result;
  const outputs = axesOf(f);
  const turned = !matrix && order === "variable-first";
  const dims = index.free.map((i) => i.dim.key);
  const name = wrt.map((x) => `∂${subscripted(text(x))}`).join("");
  const itself: Derived = Object.freeze({
    kind: "nabla.derived" as const,
    layout,
    text: matrix ? text(matrix) : "",
    latex: matrix ? latex(matrix, { layout }) : "",
    shape: matrix
      ? `${matrix.shape.rows.key}×${matrix.shape.cols.key}`
      : (turned ? [...dims.slice(outputs), ...dims.slice(0, outputs)] : dims).join("×"),
    matrix: matrix && text(matrix),
    index: indexFormText(index, turned ? order : "output-first", outputs),
    vec: kronecker && text(turned ? transposedForm(kronecker) : kronecker),
    map: derivation.map && text(derivation.map),
    steps: derivation.steps,
    derivation,
    get document(): DerivationDocument {
      return made();
    },
    inLayout: (other: NotebookConventions["layout"]) =>
      other === layout ? itself : derived(written, wrt, { ...choices, layout: other }),
    axes: (other: AxisOrder) => {
      if (!matrix) return other === order ? itself : derived(written, wrt, { ...choices, order: other });
      return itself.inLayout(other === "output-first" ? "numerator" : "denominator");
    },
    at: (bindings: Bindings) => {
      const made = derivativeAt(derivation, bindings);
      const { shape, data } = turned ? variableFirst(made, outputs) : made;
      const first = turned ? shape.length - outputs : made.outputAxes;
      const of = outputName ?? "f";
      const [output, variable] = turned ? [text(wrt[0]!), of] : [of, text(wrt[0]!)];
      return numberTensor(shape, data, {
        title: `∂${wrt.length > 1 ? "²" : ""}${of}/${name}`,
        layout,
        output,
        variable,
        ...(first === 1 || first === 2 ? { outputAxes: first } : {}),
        hover: entryHover(derivation, { output: of, value: (row, col) => data[row * shape[1]! + col]! }),
        formula: (p, q) => entryFormula(derivation, turned ? [...q, ...p] : [...p, ...q]),
        caption: eigenNote(derivation, shape, data),
      });
    },
    code: (target: CodeTarget, options?: CodeOptions) => codeView(code(derivation, target, options), target),
    toString: () => plain(derivation),
    [Symbol.for("Jupyter.display")]: (): Bundle => derivationBundle(made()),
  });
  return itself;
}

/** The number of axes of the output that are not 1 by type. */
const axesOf = (f: Expr): number => [f.shape.rows, f.shape.cols].filter((dim) => dim.key !== "1").length;

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
