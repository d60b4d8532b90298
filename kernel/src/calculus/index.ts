/**
 * The calculus engine: text → typed expression → derivative with steps → checked → printed. Everything here is pure
 * and runs in Node, in a browser and in a worker alike.
 */
export { type Answer, answer, type Failure } from "./answer.js";
export { configOf, sampleOf } from "./autodiff/configOf.js";
export { type Dataflow, dataflow } from "./autodiff/dataflow.js";
export { explainEntry } from "./autodiff/explain.js";
export { FAULT_NAMES, type FaultName, faultOf } from "./autodiff/faults.js";
export {
  type CheckOptions,
  type CurvePoint,
  type GradientCheck,
  gradientCheck,
  type ParameterCheck,
} from "./autodiff/gradientCheck.js";
export type { NetworkConfig } from "./autodiff/network.js";
export { outputsOf } from "./autodiff/outputsOf.js";
export { tableMarkdown, tablePlain } from "./autodiff/printTables.js";
export { gradeQuiz } from "./autodiff/quiz.js";
export { type NetworkSize, resizeNetwork } from "./autodiff/resize.js";
export { studyTrace } from "./autodiff/study.js";
export { autodiff } from "./autodiff/tables.js";
export type { AutodiffOptions, AutodiffTable } from "./autodiff/tableTypes.js";
export { traceNetwork } from "./autodiff/traceNetwork.js";
export { type TrainingEnd, type TrainingOptions, type TrainingPoint, training } from "./autodiff/training.js";
export { type Backprop, networkOf, type TwoLayer, twoLayer } from "./autodiff/twoLayer.js";
export { CODE_TARGETS, type CodeOptions, type CodeTarget, code } from "./code.js";
export { CHOICES } from "./core/choices.js";
export type { Derivation } from "./core/derivation.js";
export { symmetricEigenvalues } from "./core/eigen.js";
export { type ErrorCode, NablaError } from "./core/errors.js";
export type { Expr } from "./core/expr.js";
export { showShape } from "./core/shape.js";
export type { Let } from "./core/step.js";
export { derive } from "./derive/derive.js";
export { transposedForm } from "./derive/layout.js";
export { derivationDocument } from "./document.js";
export * from "./documents.js";
export { type GradientCurve, gradientCurve } from "./gradientCurve.js";
export { derivativeAt, evaluateAt, symbolsIn } from "./numbers.js";
export { type EntryTerm, entryTerms } from "./print/entryTerms.js";
export { type AxisOrder, indexFormText } from "./print/indexFormText.js";
export { latex } from "./print/latex.js";
export { plain } from "./print/plain.js";
export { text } from "./print/text.js";
export type { Request } from "./request.js";
export { type Slice, type SliceOptions, slice } from "./slice.js";
export {
  type AnswerOptions,
  type AnswerResult,
  check,
  type DerivationResult,
  type EntryResult,
  type Finding,
  type LineKind,
  type LineResult,
  type LintDocument,
  type LintOptions,
  type LintReport,
  type LintResult,
  type LintStatement,
  lint,
  type NumbersOptions,
  type NumbersResult,
  type Pasted,
  type Question,
  type QuestionKind,
  type QuestionVerdict,
  type QuizOptions,
  quizOn,
  type Said,
  type StatementOptions,
  type StatementResult,
} from "./teach/index.js";
export { type Declared, declare } from "./text/declare.js";
export { parse } from "./text/parse.js";
export { type Program, type Purpose, parseProgram } from "./text/program.js";
export { type Declarations, mergeScopes, NO_DECLARATIONS } from "./text/scope.js";
export type { SymbolsOf } from "./text/symbolTypes.js";
export { parseTex } from "./text/tex/read.js";
export type { Bindings } from "./verify/bindings.js";
