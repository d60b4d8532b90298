/** The documents that outputs and the panel share: traces, derivations, and what a kernel and a panel say of them. */
export type { EquationPiece } from "./autodiff/equation.js";
export type { QuizChoice, QuizItem, QuizVerdict } from "./autodiff/quiz.js";
export type { AxisOf, SpokenTerm } from "./autodiff/spoken.js";
export type { BlockJacobian, StepStudy, TraceStudy } from "./autodiff/study.js";
export {
  type Activation,
  type Check,
  type Conventions,
  DEFAULT_CONVENTIONS,
  type EntryExplanation,
  type Formula,
  type Layout,
  type LocalJacobian,
  type Loss,
  type Tensor,
  TRACE_MIME,
  TRACE_VERSION,
  type TraceDocument,
  type TraceStep,
} from "./autodiff/trace.js";
export {
  applyTracePatch,
  BUFFER_FROM,
  type KernelTraceMessage,
  type PanelMessage,
  packTensors,
  TRACE_PROTOCOL,
  TRACE_TARGET,
  type TraceEntry,
  type TracePatch,
  tracePatch,
  unpackTensors,
} from "./autodiff/traceMessages.js";
export {
  type Box,
  type Chip,
  DERIVATION_MIME,
  type DerivationDocument,
  type Page,
  type PageLine,
  type Style,
  type Tag,
} from "./print/page.js";
