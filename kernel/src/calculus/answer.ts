/** One request of the command line and its answer, both plain JSON: the contract of `nabla batch`. */
import { within } from "./core/budget.js";
import type { Derivation } from "./core/derivation.js";
import { NablaError } from "./core/errors.js";
import { type Expr, topological } from "./core/expr.js";
import { axes, isScalar, sameShape, sizeOf, transposed } from "./core/shape.js";
import type { Layout, Step } from "./core/step.js";
import { derive } from "./derive/derive.js";
import { withoutLets } from "./derive/lineState.js";
import { numbersAt } from "./numbersAt.js";
import { factsOf, isSymbol, isZero, nameOf } from "./ops/leaves.js";
import { chainText } from "./print/chainText.js";
import { tag } from "./print/citation.js";
import { indexFormLatex } from "./print/indexFormLatex.js";
import { type IndexJson, indexJson } from "./print/indexJson.js";
import { indexLineText } from "./print/indexText.js";
import { latex } from "./print/latex.js";
import { text } from "./print/text.js";
import { LARGEST_TENSOR, misspelt, type Request, validate } from "./request.js";
import { checkSizes, pointOf, unused } from "./requestPoint.js";
import { declare } from "./text/declare.js";
import { nearest } from "./text/distance.js";
import { symbolNamed } from "./text/names.js";
import { plainName } from "./text/notation.js";
import { type Let, parseProgram } from "./text/program.js";
import type { Declarations } from "./text/scope.js";
import { parseTex } from "./text/tex/read.js";
import type { Point } from "./verify/evaluate.js";

export interface Answer {
  readonly id?: string | number;
  readonly ok: true;
  readonly order: number;
  readonly shape: readonly string[];
  readonly layout: Layout;
  readonly matrix: string | null;
  readonly vec: string | null;
  /** dX ↦ dF, with dX for the differential of the last variable X; absent where it is too long to read. */
  readonly map?: string;
  readonly index: IndexJson;
  readonly latex: string;
  readonly steps: readonly {
    readonly rule: string;
    readonly before: string;
    readonly after: string;
    readonly cite: string | null;
    readonly maxRelError: number;
  }[];
  readonly tensor?: { readonly shape: readonly number[]; readonly data: readonly number[] };
  readonly verified: { readonly points: number; readonly maxRelError: number };
  readonly warnings?: readonly string[];
  /** How the text was read where it could be read in two ways: "|X| is read as the determinant of a matrix". */
  readonly notes?: readonly string[];
  readonly ms: number;
}

export interface Failure {
  readonly id?: string | number;
  readonly ok: false;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly span?: readonly [number, number];
    readonly got?: unknown;
    readonly want?: string;
    readonly hint?: string;
  };
  readonly ms: number;
}

/** Seconds that an answer may take where the request does not say. */
const TIME_LIMIT = 20;

/** Derives what a request asks for; what is wrong with it becomes an answer and never an exception. */
export function answer(request: Request, now: () => number): Answer | Failure {
  const start = now();
  const id = request?.id === undefined ? {} : { id: request.id };
  try {
    const checked = validate(request);
    const budget = { seconds: checked.timeLimit ?? TIME_LIMIT, now };
    return { ...id, ...within(budget, () => answered(checked)), ms: rounded(now() - start) };
  } catch (error) {
    return { ...id, ok: false, error: described(error), ms: rounded(now() - start) };
  }
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;

function described(error: unknown): Failure["error"] {
  if (error instanceof NablaError) {
    const { span, got, want, hint } = error;
    return {
      code: error.code,
      message: error.message,
      ...(span ? { span } : {}),
      ...(got !== undefined ? { got } : {}),
      ...(want ? { want } : {}),
      ...(hint ? { hint } : {}),
    };
  }
  if (error instanceof RangeError && /stack/i.test(error.message))
    return { code: "unsupported", message: "the expression is nested too deeply" };
  return { code: "unsupported", message: `internal error: ${error instanceof Error ? error.message : String(error)}` };
}

function answered(request: Request): Omit<Answer, "id" | "ms"> {
  const scope = declare(request.vars, { constraints: request.constraints, functions: request.functions });
  const program = (request.notation === "tex" ? parseTex : parseProgram)(request.expr, scope, { derivative: true });
  const wrt = request.wrt.map((name) => variable(name, scope, program.lets));
  const layout = request.layout ?? "denominator";
  const lets = program.lets.map((part) => ({ symbol: part.symbol, value: part.expr }));
  const roots = [withoutLets(lets, program.result), ...wrt];
  checkSizes(roots);
  const point = request.bindings ? pointOf(request, roots) : undefined;
  if (point) checkTensor(roots, point);
  const derivation = derive(program.result, wrt, {
    layout,
    style: request.style ?? "differential",
    text: request.expr,
    lets,
    outputName: program.resultName,
    structure: request.structure ?? undefined,
    ...(point ? { bindings: [point] } : {}),
  });
  const { result, matrices, proof } = derivation;
  const matrix = matrices[layout];
  const warnings = [
    ...(derivation.refused ? [derivation.refused] : []),
    ...misspelt(request),
    ...unused(request, scope),
    ...program.warnings,
  ];
  return {
    ok: true,
    order: result.order,
    shape: matrix ? axes(matrix.shape).map((d) => d.key) : result.index.free.map((i) => i.dim.key),
    layout,
    matrix: matrix ? matrixText(matrix, roots) : null,
    vec: result.kronecker ? text(result.kronecker) : null,
    ...mapJson(derivation, scope.symbols),
    index: indexJson(result.index),
    latex: matrix ? latex(matrix, { layout }) : indexFormLatex(result.index),
    steps: derivation.steps.map((s) => stepJson(s)),
    ...(point ? { tensor: tensorOf(derivation, point) } : {}),
    verified: { points: proof.points, maxRelError: Math.max(proof.maxRelError, 0) },
    ...(warnings.length > 0 ? { warnings: [...new Set(warnings)] } : {}),
    ...(program.notes.length > 0 ? { notes: program.notes } : {}),
  };
}

/** A declared name dX would be read as the differential of X. */
function mapJson({ map, result }: Derivation, symbols: ReadonlyMap<string, Expr>): Pick<Answer, "map"> {
  const clash = result.wrt.some((x) => symbols.has(`d${nameOf(x)}`));
  return map && !clash ? { map: text(map) } : {};
}

/** A zero names a symbol of its shape: 0*A. */
function matrixText(matrix: Expr, roots: readonly Expr[]): string {
  if (!isZero(matrix) || isScalar(matrix.shape)) return text(matrix);
  const symbols = topological(...roots).filter(isSymbol);
  const straight = symbols.find((s) => sameShape(s.shape, matrix.shape));
  const turned = symbols.find((s) => sameShape(transposed(s.shape), matrix.shape));
  const present = straight ? text(straight) : turned ? `${text(turned)}'` : undefined;
  return present === undefined ? text(matrix) : `0*${present}`;
}

function variable(given: string, scope: Declarations, lets: readonly Let[]): Expr {
  const name = plainName(given);
  const found = symbolNamed(name, scope);
  if (found && factsOf(found).includes("constant"))
    throw new NablaError("bad_argument", `wrt: ${given} is declared constant`, {
      got: given,
      want: "a name without the fact constant",
    });
  if (found) return found;
  const want = [...scope.symbols.keys()].join(", ") || "a name of vars";
  if (lets.some((part) => part.name === name))
    throw new NablaError("bad_argument", `wrt: ${given} names a part of the expression and is no variable`, {
      got: given,
      want,
    });
  if (scope.functions.has(name) || scope.dims.has(name))
    throw new NablaError(
      "bad_argument",
      `wrt: ${given} is a ${scope.dims.has(name) ? "dimension" : "function"} and no variable`,
      { got: given, want },
    );
  const guess = nearest(name, scope.symbols.keys());
  throw new NablaError("unknown_symbol", `wrt: ${given} is not declared${guess ? `: did you mean ${guess}?` : ""}`, {
    got: given,
    want,
    hint: guess,
  });
}

function checkTensor(roots: readonly Expr[], point: Point): void {
  const shape = roots.flatMap((e) => axes(e.shape)).map((d) => sizeOf(d, point.sizes));
  const entries = shape.reduce((p, n) => p * n, 1);
  if (entries <= LARGEST_TENSOR) return;
  throw new NablaError("unsupported", `bindings: the tensor has ${entries} entries`, {
    got: shape.join("×"),
    want: `at most ${LARGEST_TENSOR} entries`,
  });
}

/** Computed from the symbolic answer: output axes first, then those of the variables, row-major. */
function tensorOf(derivation: Derivation, point: Point): Answer["tensor"] & object {
  const { result } = derivation;
  const data = numbersAt(derivation, point, result.matrix);
  return { shape: result.index.free.map((i) => sizeOf(i.dim, point.sizes)), data: Array.from(data) };
}

function stepJson(step: Step): Answer["steps"][number] {
  const base = {
    rule: step.rule,
    cite: step.cites.length > 0 ? step.cites.map((c) => tag(c).label).join("; ") : null,
    maxRelError: step.check.maxRelError,
  };
  switch (step.body.kind) {
    case "differential":
      return { ...base, before: text(step.body.before), after: text(step.body.after) };
    case "result":
      return { ...base, before: text(step.body.of), after: text(step.body.expr) };
    case "index": {
      const { left, right } = indexLineText(step.body);
      return { ...base, before: left, after: right[right.length - 1] ?? "" };
    }
    case "chain":
      return { ...base, before: "", after: chainText(step.body) };
  }
}
