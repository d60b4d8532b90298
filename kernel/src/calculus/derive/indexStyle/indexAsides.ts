/**
 * The same derivative in the other forms: ∂vec A/∂(vec B)ᵀ, the differential, contracted with an upstream gradient;
 * and the third-order tensor in the order of HW3, variable first.
 */
import { cite } from "../../core/cite.js";
import { NablaError } from "../../core/errors.js";
import type { Expr } from "../../core/expr.js";
import type { IndexLine, IndexNode } from "../../core/indexLine.js";
import { isColumn, isMatrix, type Shape, showDim } from "../../core/shape.js";
import type { Aside, Step } from "../../core/step.js";
import { build as b, substitute } from "../../ops/build.js";
import { latexName } from "../../ops/fragment.js";
import { isSymbol, nameOf } from "../../ops/leaves.js";
import { simplify } from "../../simplify/rewrite.js";
import { checkDifferential } from "../../verify/checkDifferential.js";
import { sites as sitesFor } from "../../verify/checkStep.js";
import { derivative } from "../closed.js";
import { linearise } from "../linearise.js";
import { withoutLets } from "../lineState.js";
import { prove, SEEDS } from "../prove.js";
import { IndexChecker } from "./indexCheck.js";
import { constantEntry } from "./indexConstant.js";
import { contract, deltas } from "./indexContract.js";
import { differentiate } from "./indexDiff.js";
import { sums } from "./indexExpand.js";
import { takenNames } from "./indexNames.js";
import { byAxes, type IndexOptions, type IndexProblem, indexProblem } from "./indexProblem.js";
import { entry, entryOf, partial, product } from "./indexTree.js";

type Line = Pick<Step, "chips" | "note" | "check"> &
  Partial<Pick<Step, "cites" | "shape">> & { readonly body: IndexLine };

const step = (rule: string, line: Line): Step => ({ rule, cites: [], shape: "", conditions: [], ...line });

/** Folded lines below a result without a layout. */
export function sameAs(problem: IndexProblem, last: IndexNode): readonly Aside[] {
  const steps = [kroneckerStep(problem), optional(() => differentialStep(problem)), ...upstreamSteps(problem, last)];
  const asides: Aside[] = [{ title: "The same thing as", steps: steps.filter((s): s is Step => s !== undefined) }];
  if (isMatrix(problem.x.shape) && problem.free.output.length === 1) asides.push(variableFirst(problem, last));
  return asides;
}

/** mn, n² or 1: the number of entries. */
function size(s: Shape): string {
  const [rows, cols] = [showDim(s.rows), showDim(s.cols)];
  return rows === cols && rows !== "1"
    ? `${rows}²`
    : [rows, cols]
        .filter((n) => n !== "1")
        .join("")
        .replaceAll("·", "") || "1";
}

/** ∂vec A/∂(vec B)' = C' ⊗ I. */
function kroneckerStep(problem: IndexProblem): Step | undefined {
  const { kronecker } = problem.result;
  if (!kronecker) return undefined;
  const { maxRelError } = prove(problem.result);
  const head = { kind: "head", form: "vec", of: problem.name, by: problem.x, indices: [] } as const;
  return step("index/vec", {
    chips: ["vec"],
    note: "\\text{column-major}",
    shape: `${size(problem.f.shape)}×${size(problem.x.shape)}`,
    body: { kind: "index", left: head, right: [{ kind: "matrix", expr: kronecker }], where: [] },
    check: { seed: SEEDS[0]!, maxRelError },
  });
}

/** dA = (dB) C. */
function differentialStep(problem: IndexProblem): Step {
  const { written, x } = problem;
  const frozen = takenNames([written, x]);
  const dF = simplify(linearise(written, new Set([x])), { frozen }).expr;
  const maxRelError = checkDifferential(written, dF, [x], sitesFor([written, dF], [x], SEEDS));
  const head = { kind: "head", form: "differential", of: problem.name, by: x, indices: [] } as const;
  return step("index/differential", {
    chips: ["differential"],
    note: "",
    body: { kind: "index", left: head, right: [{ kind: "matrix", expr: dF }], where: [] },
    check: { seed: SEEDS[0]!, maxRelError },
  });
}

/** ∂L/∂B_kl = Σ_ij ∂L/∂A_ij ∂A_ij/∂B_kl for any loss L of the result. */
function upstreamSteps(problem: IndexProblem, last: IndexNode): Step[] {
  const { f, x, lets, free, context } = problem;
  const F = problem.name === f ? undefined : problem.name;
  if (!F || !isSymbol(F)) return [];
  const fn = ["L", "J", "E"].find((n) => !context.taken.has(n)) ?? "L";
  const loss = b.op("scalarfn", [F], { fn, order: 0 });
  const whole = withoutLets(lets, b.op("scalarfn", [f], { fn, order: 0 }));
  const result = optional(() => derivative(whole, [x], { facts: false }));
  if (!result?.matrix) return [];
  const named = substitute(result.matrix, new Map([[problem.written, F]]));
  const upstream = partial(entryOf(loss), entryOf(F, free.output));
  const open = sums(free.output, product(upstream, last));
  const closed = contract(open);
  const check = new IndexChecker({
    x,
    lets: [...lets, { symbol: F, value: f }],
    result,
    sites: sitesFor([whole, named, f], [x], SEEDS),
  });
  const sides = [open, closed, entry(named, free.variable)];
  const homework = homeworkSide(problem);
  const made = step("index/upstream", {
    chips: homework ? ["HW3 form", homework.chip] : ["upstream"],
    cites: homework ? [cite("homework", homework.place, { layout: "denominator" })] : [],
    note: homework?.note ?? "\\text{contracted with an upstream gradient}",
    body: { kind: "index", left: partial(entryOf(loss), context.by), right: sides, where: [], ranges: false },
    check: check.derivativeLine("upstream", sides, free.variable),
  });
  return [made];
}

/** An aside is left out where the engine has no such form: the page does not depend on it. */
function optional<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof NablaError && error.code === "unsupported" && !error.check) return undefined;
    throw error;
  }
}

/** HW3 says on which side the other factor of a product stands. */
function homeworkSide({ written, x }: IndexProblem): { place: string; chip: string; note: string } | undefined {
  if (written.op !== "mul" || written.args.length !== 2) return undefined;
  const [X, Y] = written.args as [Expr, Expr];
  if (!isSymbol(X) || !isSymbol(Y) || X === Y) return undefined;
  const other = x === X ? Y : X;
  const side = x === X ? "right" : "left";
  const place = isColumn(Y.shape) ? "Wx = c → ℓ" : "XY = Z → L";
  const name = latexName(nameOf(other), true);
  return { place, chip: `${nameOf(other)}ᵀ on the ${side}`, note: `${name}^\\top\\text{ is on the ${side}}` };
}

/** [∂c/∂W]_kli = ∂c_i/∂W_kl: the h×m×h tensor of HW3, variable first. */
function variableFirst(problem: IndexProblem, last: IndexNode): Aside {
  const { name, x, free, left, context } = problem;
  const indices = [...free.variable, ...free.output];
  const whole = partial(left, context.by);
  const made = step("index/axis-order", {
    chips: ["axis order"],
    cites: [cite("homework", "Wx = c → ℓ", { layout: "denominator" })],
    note: "\\text{variable first, then output: the order of HW3}",
    shape: indices.map((i) => showDim(i.dim)).join("×"),
    body: {
      kind: "index",
      left: { kind: "head", form: "component", of: name, by: x, indices },
      right: [whole, last],
      where: [],
    },
    check: problem.check.derivativeLine("axis order", [whole, last], problem.all),
  });
  return { title: "The tensor, variable first", steps: [made] };
}

/**
 * The tensor that a chain page opens by a click: [∂c/∂W]_kli = ∂c_i/∂W_kl = δ_ik x_l, and with an upstream gradient
 * Σ_i δ_ik x_l g_i = g_k x_l.
 * @param c a symbol for the intermediate, `value` what it is, `upstream` ∂f/∂c as an expression of the shape of c
 */
export function tensorAside(c: Expr, value: Expr, x: Expr, upstream?: Expr, options: IndexOptions = {}): Aside {
  const problem = indexProblem(value, x, { ...options, name: c });
  const { context, free, all } = problem;
  const names = new Set(all.map((i) => i.name));
  const last = contract(deltas(differentiate(problem.expansion, names, context), x));
  const aside = variableFirst(problem, last);
  if (!upstream) return { ...aside, title: "The tensor" };
  const g = constantEntry(upstream, ...byAxes(upstream, free.output));
  const open = sums(free.output, product(last, g));
  const closed = contract(open);
  const check = new IndexChecker({
    x,
    lets: [...problem.lets, { symbol: c, value: problem.f }],
    result: problem.result,
    sites: sitesFor([value, withoutLets([{ symbol: c, value }], upstream)], [x], SEEDS),
  });
  const contracted = step("index/upstream", {
    chips: ["contract δ"],
    cites: [cite("carson", "§0.1")],
    note: "\\text{contracted with the upstream gradient}",
    body: { kind: "index", right: [open, closed], where: [], ranges: false },
    check: check.equal("upstream", open, closed, free.variable),
  });
  return { title: "The tensor", steps: [...aside.steps, contracted] };
}
