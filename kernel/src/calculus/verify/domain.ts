/** Points inside the domain of an expression: everything finite, kinks and singular matrices kept at a distance. */
import { inverse, largestEntry, zip } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { containingIn, type Expr, topological } from "../core/expr.js";
import { opOf } from "../ops/index.js";
import { type Evaluated, evaluateAll, type Point } from "./evaluate.js";
import { randomPoint } from "./point.js";

/** Distance from a kink that central differences need. */
const KINK_MARGIN = 2e-3;
const ATTEMPTS = 200;
/** Beyond this differences decide little: such a point is taken only where every other is like it. */
const LARGEST = 1e6;
/** So many points like it are enough to say so: a product of many matrices is large everywhere. */
const LARGE_ATTEMPTS = 8;
/** Beyond this products overflow. */
const OVERFLOW = 1e100;
/** Largest condition number of a matrix that is inverted. */
const WORST_CONDITION = 1e4;

export function goodPoint(
  roots: readonly Expr[],
  wrt: readonly Expr[],
  seed: number,
): { point: Point; known: Evaluated } {
  const moving = new Set(wrt);
  const varying = [...containingIn(roots, (e) => moving.has(e))];
  const kinked = varying.filter((e) => opOf(e.op).kink);
  let large: { point: Point; known: Evaluated } | undefined;
  let larger = 0;
  for (let attempt = 0; attempt < ATTEMPTS && larger < LARGE_ATTEMPTS; attempt++) {
    const point = randomPoint(roots, { seed, wrt, attempt });
    const known = tryEvaluate(roots, point);
    if (!known || illConditioned(known) || atKink(kinked, point, known) || zeroNorm(varying, known)) continue;
    if (isSmall(known)) return { point, known };
    large ??= { point, known };
    larger++;
  }
  // Parts that grow beyond bounds, such as exp(det(A)), still have exact derivatives.
  if (large) return large;
  const zero = varying.find((e) => e.op === "norm" && zeroEverywhere(e.args[0]!, wrt, seed));
  if (zero)
    throw new NablaError(
      "not_differentiable",
      "a norm has no derivative where its argument is 0, and this one always is",
      {
        want: "a norm whose argument is not 0 everywhere",
      },
    );
  const domains = new Set(topological(...roots).map((e) => opOf(e.op).domain && `${e.op}: ${opOf(e.op).domain}`));
  const named = [...domains].filter(Boolean).join("; ");
  throw new NablaError(
    "unsupported",
    named === ""
      ? "no point was found where every part is a finite number"
      : `no point inside the domain was found (${named})`,
    {
      want: "an expression with a point where every part is defined",
      hint: "declare facts such as positive or spd, or give bindings",
    },
  );
}

/** Is a point that is good for some expressions good for these too? Their values are added to the known ones then. */
export function isGoodFor(
  roots: readonly Expr[],
  wrt: readonly Expr[],
  { point, known }: { readonly point: Point; readonly known: Evaluated },
): boolean {
  const all = tryEvaluate(roots, point, new Map(known));
  if (!all) return false;
  const added = new Map([...all].filter(([e]) => !known.has(e)));
  if (added.size === 0) return true;
  if (!isSmall(added) || illConditioned(added, all)) return false;
  const moving = new Set(wrt);
  const varying = [...containingIn(roots, (e) => moving.has(e))].filter((e) => added.has(e));
  const kinked = varying.filter((e) => opOf(e.op).kink);
  if (atKink(kinked, point, all) || zeroNorm(varying, all)) return false;
  for (const [e, value] of added) known.set(e, value);
  return true;
}

const isSmall = (known: Evaluated): boolean => {
  for (const value of known.values()) if (largestEntry(value) > LARGEST) return false;
  return true;
};

/** Is this 0 at every point at which it has a value? */
function zeroEverywhere(e: Expr, wrt: readonly Expr[], seed: number): boolean {
  const points = [0, 1, 2, 3, 4].map((attempt) => tryEvaluate([e], randomPoint([e], { seed, wrt, attempt })));
  const values = points.filter((known) => known !== undefined).map((known) => largestEntry(known.get(e)!));
  return values.length > 0 && values.every((value) => value === 0);
}

/** Is an argument close to a kink? An entry that is 0 wherever the variables go stays at its place. */
function atKink(kinked: readonly Expr[], point: Point, known: Evaluated): boolean {
  const near = kinked.filter((e) => known.get(e.args[0]!)!.data.some((x) => Math.abs(x) < KINK_MARGIN));
  if (near.length === 0) return false;
  const values = { ...point.values };
  for (const [name, dX] of Object.entries(point.directions ?? {}))
    values[name] = zip(values[name]!, dX, (x, dx) => x + KINK_MARGIN * dx);
  const beside = tryEvaluate(near, { ...point, values });
  return near.some((e) => {
    const [here, there] = [known.get(e.args[0]!)!.data, beside?.get(e.args[0]!)?.data];
    return here.some((x, i) => Math.abs(x) < KINK_MARGIN && !(x === 0 && there?.[i] === 0));
  });
}

/** A norm has no derivative at 0. */
const zeroNorm = (varying: readonly Expr[], known: Evaluated): boolean =>
  varying.some((e) => e.op === "norm" && known.get(e)!.data[0]! < KINK_MARGIN);

/** A matrix close to singular decides nothing: its inverse is as large as the differences that should check it. */
function illConditioned(known: Evaluated, all = known): boolean {
  for (const [e, value] of known) {
    const X = e.args[0] && all.get(e.args[0]);
    if (!X) continue;
    if (e.op === "inv" || (e.op === "matpow" && (e.attrs.k as number) < 0)) {
      if (largestEntry(X) * largestEntry(value) * X.rows > WORST_CONDITION) return true;
    } else if (e.op === "det" || e.op === "logdet" || e.op === "adj") {
      const inverted = inverse(X);
      if (!inverted || largestEntry(X) * largestEntry(inverted) * X.rows > WORST_CONDITION) return true;
    }
  }
  return false;
}

function tryEvaluate(roots: readonly Expr[], point: Point, from: Evaluated = new Map()): Evaluated | undefined {
  try {
    const known = evaluateAll(roots, point, from);
    for (const value of known.values()) for (const x of value.data) if (!(Math.abs(x) <= OVERFLOW)) return undefined;
    return known;
  } catch (error) {
    if (error instanceof NablaError && error.code === "bad_argument") return undefined;
    throw error;
  }
}
