/** From an expression and variables to a whole derivation: the answer in all forms, the steps, the proof. */
import { type Budget, within } from "../core/budget.js";
import type { Derivation, Derivative, Proof, Structure } from "../core/derivation.js";
import { differentialGiven, NablaError } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import type { Layout, Let, Step, Style } from "../core/step.js";
import { factsOf, nameOf } from "../ops/leaves.js";
import { type Site, sites, widened } from "../verify/checkStep.js";
import type { Point } from "../verify/evaluate.js";
import { asidesOf } from "./asides.js";
import { derivative } from "./closed.js";
import { conditionsOf } from "./conditions.js";
import { differentialSteps } from "./differentialStyle.js";
import { CITES_TEN, errataOf } from "./errata.js";
import { inLayout } from "./layout.js";
import { linearMap, proveMap } from "./linearMap.js";
import { usedLets, valuesOf, varies, withoutLets } from "./lineState.js";
import { partsOf, prove, SEEDS } from "./prove.js";
import { checkForm } from "./proveForms.js";
import { factStep, factsAreLeft, readOff } from "./readOff.js";
import { namesIn, refer } from "./refer.js";
import { structured, structureStep } from "./structure.js";
import { proveStructured } from "./structureProof.js";
import { tell } from "./styles.js";

export interface DeriveOptions {
  readonly layout?: Layout;
  readonly style?: Style;
  readonly lets?: readonly Let[];
  /** The text as the user wrote it. */
  readonly text?: string;
  /** The caller's own numbers, checked before random ones. */
  readonly bindings?: readonly Point[];
  /** The user's name of the output, "…; L = −t' log(p)". */
  readonly outputName?: string | undefined;
  /** How the entries of a variable declared symmetric, spd or diagonal count; independent when not given. */
  readonly structure?: Structure | undefined;
  /** Leave the steps out: the answer and its proof only. */
  readonly steps?: boolean;
  /** The time that it may take, by the caller's clock; without one it takes as long as it needs. */
  readonly budget?: Budget;
}

/**
 * Differentiates an expression by one variable, or a scalar twice.
 *
 * @param written the expression; may speak of the named parts in `options.lets`
 * @param wrt one symbol, or two for a second derivative (rows = first)
 * @returns matrix form in both layouts where the order is at most 2, index form always, steps, proof
 * @throws NablaError `bad_argument` for a variable that is no symbol or, with `structure`, has no fact for it, `unsupported` naming what is missing; a result that
 *   fails its numeric check is never returned; nor is one that is not there when `options.budget` is spent
 * @example
 * const scope = declare("W: m×n, x: n, b: m");
 * text(derive(parse("‖W x + b‖²", scope).expr, [scope.symbols.get("W")!]).matrices.denominator!); // "2*(W*x + b)*x'"
 */
export const derive = (written: Expr, wrt: readonly Expr[], options: DeriveOptions = {}): Derivation =>
  within(options.budget, () => derived(written, wrt, options));

function derived(written: Expr, wrt: readonly Expr[], options: DeriveOptions): Derivation {
  const layout = options.layout ?? "denominator";
  const style = options.style ?? "differential";
  const lets = usedLets(options.lets ?? [], written);
  const f = withoutLets(lets, written);
  refuseConstants(wrt);
  if (topological(f).some((e) => e.op === "d")) throw differentialGiven();
  const { structure } = options;
  const independent = derivative(f, wrt);
  const result = structure ? structured(independent, structure) : independent;
  const plain = hasFacts(f) ? derivative(f, wrt, { facts: false }) : independent;
  const at = sites(partsOf(independent), wrt, SEEDS);
  const proof = prove(independent, options.bindings ?? [], at);
  const base = { layout, style, lets, text: options.text ?? "", outputName: options.outputName, structure };
  const depends = varies({ line: f, lets: [], wrt: new Set(wrt) });
  const conditions = conditionsOf(f, depends);
  const made =
    options.steps === false
      ? undefined
      : stepsOf({ f, wrt, given: writtenOut(lets), result: independent, plain, layout, at });
  const other =
    style === "differential" || !made ? undefined : tell(style, { ...base, written, wrt, proved: independent });
  const [told, refused] = other && "refused" in other ? [undefined, other.refused] : [other, undefined];
  const map = linearMap(independent);
  const here = widened(at, [...partsOf(result), ...(map ? [map] : [])], wrt);
  const mapError = map ? proveMap(map, independent, here) : 0;
  const check = { seed: SEEDS[0]!, maxRelError: structure ? proveStructured(result, independent, here) : 0 };
  const last = structure && made ? structureStep(result, layout, check) : undefined;
  const steps = [...(told?.steps ?? made?.steps ?? []), ...listed(last)];
  const answers = both(result);
  const names = made?.names ?? [];
  const factor =
    made?.numerator && wrt.length === 1 && !structure ? { numerator: withoutLets(names, made.numerator) } : {};
  const matrices: Matrices = { ...answers, ...factor };
  const shown = structure ? named(answers, names) : shownForms(answers, made, wrt.length);
  return {
    problem: { ...base, style: told ? style : "differential", written, f, wrt },
    result,
    map,
    plain,
    matrices,
    shown,
    names,
    conditions,
    steps,
    ...(refused ? { refused } : {}),
    asides: told?.asides ?? made?.asides ?? [],
    errata: structure ? [] : errataOf(f, wrt, layout),
    proof: withSteps(
      proof,
      steps,
      Math.max(mapError, checkForms(result, [matrices, writtenOutForms(shown, names)], here)),
    ),
  };
}

function refuseConstants(wrt: readonly Expr[]): void {
  const constant = wrt.find((x) => factsOf(x).includes("constant"));
  if (!constant) return;
  const name = nameOf(constant);
  throw new NablaError("bad_argument", `${name} is declared constant: nothing is differentiated by it`, {
    got: name,
    want: "a variable",
    hint: `declare ${name} without the fact constant`,
  });
}

/** Both layouts of everything that is shown as the answer. */
function checkForms(result: Derivative, forms: readonly Matrices[], from: readonly Site[]): number {
  if (!result.matrix) return 0;
  const layouts = ["denominator", "numerator"] as const;
  const all = forms.flatMap((m) => layouts.flatMap((layout) => (m[layout] ? [[m[layout], layout] as const] : [])));
  const at = widened(
    from,
    all.map(([e]) => e),
    result.wrt,
  );
  return Math.max(0, ...all.map(([e, layout]) => checkForm("the answer", e, result, layout, at)));
}

const writtenOutForms = (m: Matrices, names: readonly Let[]): Matrices => ({
  ...(m.denominator ? { denominator: withoutLets(names, m.denominator) } : {}),
  ...(m.numerator ? { numerator: withoutLets(names, m.numerator) } : {}),
});

const hasFacts = (f: Expr): boolean => topological(f).some((e) => factsOf(e).length > 0);

const both = (result: Derivative): { denominator?: Expr; numerator?: Expr } => {
  const [denominator, numerator] = [inLayout(result, "denominator"), inLayout(result, "numerator")];
  return { ...(denominator ? { denominator } : {}), ...(numerator ? { numerator } : {}) };
};

/** As the page writes it: the factor of the last line where it is as short, for a Hessian in both layouts. */
function shownForms(matrices: Matrices, made: Made | undefined, variables: number): Matrices {
  const forms = named(matrices, made?.names ?? []);
  if (!made?.numerator) return forms;
  return { ...forms, ...(variables === 2 ? { denominator: made.numerator } : {}), numerator: made.numerator };
}

type Matrices = Derivation["matrices"];

function named(
  m: { denominator?: Expr; numerator?: Expr },
  names: readonly Let[],
): { denominator?: Expr; numerator?: Expr } {
  return {
    ...(m.denominator ? { denominator: refer(m.denominator, names) } : {}),
    ...(m.numerator ? { numerator: refer(m.numerator, names) } : {}),
  };
}

const withSteps = (proof: Proof, steps: readonly Step[], forms: number): Proof => ({
  ...proof,
  maxRelError: Math.max(proof.maxRelError, forms, ...steps.map((s) => s.check.maxRelError)),
});

interface Made {
  readonly steps: readonly Step[];
  readonly names: readonly Let[];
  readonly numerator: Expr | undefined;
  readonly asides: Derivation["asides"];
}

/** What the lines of one page are made from. */
interface Task {
  readonly f: Expr;
  readonly wrt: readonly Expr[];
  readonly given: readonly Let[];
  readonly result: Derivative;
  readonly plain: Derivative;
  readonly layout: Layout;
  readonly at: readonly Site[];
}

const stepsOf = (task: Task): Made => (task.wrt.length === 1 ? firstOrder(task) : secondOrder(task));

/** The user's names, each with its value written out. */
const writtenOut = (lets: readonly Let[]): readonly Let[] =>
  [...valuesOf(lets)].map(([symbol, value]) => ({ symbol, value }));

function firstOrder({ f, wrt, given, result, plain, layout, at }: Task): Made {
  const x = wrt[0]!;
  const made = differentialSteps({
    f,
    x,
    given,
    numerator: inLayout(plain, "numerator", namesIn(f)),
    numeratorWithFacts: inLayout(result, "numerator"),
    sites: at,
  });
  const factsLeft = !made.factsUsed && factsAreLeft(plain, result);
  const last = readOff(made.factsUsed ? result : plain, layout, made, at);
  const state = { line: f, lets: [], wrt: new Set([x]) };
  return {
    steps: [
      ...made.steps.map(withErratum),
      ...listed(last),
      ...(factsLeft ? [factStep(result, layout, made.lets, at)] : []),
    ],
    names: made.lets,
    numerator: factsLeft ? undefined : made.factor,
    asides: asidesOf(f, state, varies(state), at),
  };
}

/** The Hessian continues from the gradient that was just derived; it is not derived a second time. */
function secondOrder({ f, wrt, given, result, plain, layout, at }: Task): Made {
  const [x, y] = wrt as [Expr, Expr];
  const gradient = derivative(f, [x], { facts: false });
  const first = differentialSteps({ f, x, given, numerator: inLayout(gradient, "numerator", namesIn(f)), sites: at });
  const steps: Step[] = [...first.steps, ...listed(readOff(gradient, layout, first, at))];
  if (!gradient.matrix) return { steps, names: first.lets, numerator: undefined, asides: [] };
  const second = differentialSteps({
    f: gradient.matrix,
    x: y,
    numerator: plain.matrix && plain.arrangement === "hessian" && !isScalar(x.shape) ? plain.matrix : undefined,
    sites: at,
    lets: first.lets,
  });
  steps.push(...second.steps, ...listed(readOff(plain, layout, second, at)));
  const factsLeft = factsAreLeft(plain, result);
  if (factsLeft) steps.push(factStep(result, layout, second.lets, at));
  // The names of the gradient, or those that only its derivative needs.
  return { steps, names: second.lets, numerator: factsLeft ? undefined : second.factor, asides: [] };
}

const listed = (step: Step | undefined): Step[] => (step ? [step] : []);

/** The notes cite (10) where they use (11): said at the line itself. */
function withErratum(step: Step): Step {
  if (!step.chips.includes("determinant")) return step;
  return { ...step, cites: step.cites.map((c) => (c.at === "(11)" ? { ...c, erratum: CITES_TEN } : c)) };
}
