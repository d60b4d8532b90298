/**
 * The trace document: a network's forward and backward pass as data, the one format for the comm, the MIME
 * output and the stand-alone panel (`application/vnd.nabla.trace+json`). Numbers are row-major.
 */
import type { Layout } from "../core/step.js";

export type { Layout };

/** Version of the document. */
export const TRACE_VERSION = 1;
/** The type under which a cell shows it. */
export const TRACE_MIME = "application/vnd.nabla.trace+json";

/** φ, entry by entry. */
export type Activation = "sigmoid" | "tanh" | "relu" | "leaky-relu" | "identity";
/** What the output is compared with the target by. */
export type Loss = "cross-entropy" | "binary-cross-entropy" | "mse";

/** Everything about a trace that is a choice of convention and not mathematics. */
export interface Conventions {
  readonly layout: Layout;
  /** How a batch is stored: each sample a row of X, or a column. */
  readonly samples: "rows" | "columns";
  readonly reduction: "sum" | "mean";
  /** ½‖r‖², ‖r‖² or ‖r‖²/k. */
  readonly mse: "half" | "sum" | "mean";
  /** φ′(0) of a kinked activation. */
  readonly kink: 0 | 0.5 | 1;
  /** Softmax and cross-entropy in one backward step. */
  readonly fused: boolean;
  /** One step for every elementary operation; `fused` then has nothing to join. */
  readonly fine?: boolean;
  readonly digits: 3 | 6 | "all";
}

/** What a trace rests on unless it says otherwise. */
export const DEFAULT_CONVENTIONS: Conventions = Object.freeze({
  layout: "denominator",
  samples: "rows",
  reduction: "sum",
  mse: "half",
  kink: 0,
  fused: false,
  digits: 3,
});

/** Named numbers: an input, a parameter, a value or a gradient. */
export interface Tensor {
  readonly name: string;
  /** Symbol in each layout; a gradient is ∂L/∂W in both, its shape and numbers are transposed. */
  readonly latex: string;
  /** "W1: m×n" as text, for labels read aloud: "∂L/∂W1". */
  readonly label: string;
  readonly role: "input" | "target" | "parameter" | "value" | "gradient";
  /** Numeric size in denominator layout (the shape of the variable). */
  readonly shape: readonly [rows: number, cols: number];
  readonly data: readonly number[];
  /** The step that makes it; "F0" for inputs and parameters. */
  readonly madeBy: string;
}

/** One formula in one layout. All four are LaTeX. */
export interface Formula {
  readonly symbolic: string;
  /** With the shape under every factor. */
  readonly shapes: string;
  readonly numbers: string;
  /** Written out from the inputs. */
  readonly unrolled: string;
}

/** Of one step by its own input. */
export interface LocalJacobian {
  readonly latex: string;
  readonly structure: "dense" | "diagonal" | "identity" | "delta" | "softmax";
  readonly shape: readonly number[];
  /** Numbers, rows = outputs; absent for a δ-tensor, which is drawn as blocks. */
  readonly data?: readonly number[];
}

/** One check of one tensor: the symbolic value against reverse AD and central differences. */
export interface Check {
  readonly tensor: string;
  /** Largest relative error against reverse AD and against central differences. */
  readonly automatic: number;
  readonly difference: number;
  readonly verdict: "ok" | "look" | "bad" | "kink";
  readonly sentence: string;
  /** The numbers compared, for tensors that are small enough to be read. */
  readonly values?: { readonly automatic: readonly number[]; readonly difference: readonly number[] };
}

/** One step of the forward or the backward pass. */
export interface TraceStep {
  readonly id: string;
  readonly pass: "forward" | "backward";
  readonly title: string;
  readonly rule: string;
  readonly cite: string;
  readonly sentence: string;
  readonly formula: Readonly<Record<Layout, Formula>>;
  /** Index form and differential form, LaTeX. */
  readonly index: string;
  readonly differential: string;
  /** Names of tensors: what the step reads, the upstream gradient among them, and what it makes. */
  readonly operands: readonly string[];
  readonly upstream?: string;
  readonly local?: LocalJacobian;
  readonly results: readonly string[];
  readonly checks: readonly Check[];
}

/** A forward and backward pass as data. */
export interface TraceDocument {
  readonly kind: "nabla.trace";
  readonly version: typeof TRACE_VERSION;
  readonly id: string;
  /** Rises by one with every change of the same object. */
  readonly revision: number;
  readonly title: string;
  readonly conventions: Conventions;
  readonly network: {
    readonly sizes: readonly [n: number, m: number, k: number];
    readonly activation: Activation;
    readonly loss: Loss;
    readonly bias: boolean;
    readonly batch: number;
  };
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly steps: readonly TraceStep[];
  readonly source?: {
    readonly notebook?: string;
    readonly cell?: string;
    readonly executionCount?: number;
    readonly variable?: string;
  };
}

/** One entry of a tensor written out term by term: value = Σ coefficient · product of factors. */
export interface EntryExplanation {
  readonly tensor: string;
  readonly row: number;
  readonly col: number;
  readonly value: number;
  /** "[2,2] = (−0.05948)(2) = −0.11897" */
  readonly text: string;
  readonly terms: readonly {
    /** 1 when absent. */
    readonly coefficient?: number;
    readonly factors: readonly {
      readonly tensor: string;
      readonly row: number;
      readonly col: number;
      readonly value: number;
      /** The factor as it is written when it is a function of the entry: "ln 0.72077". */
      readonly shown?: string;
    }[];
  }[];
  /** Where to go on reading: the tensors of the factors that a step made. */
  readonly follow: readonly { readonly label: string; readonly tensor: string; readonly step: string }[];
}
