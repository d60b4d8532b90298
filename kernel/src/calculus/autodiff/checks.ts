/**
 * Every gradient three ways: the formula of the step, reverse AD over elementary operations, and central differences
 * of the loss, which know no rule. At a kink the three may differ by agreement; that is said and is no error.
 */
import { type Dense, relativeError } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { substitute } from "../ops/build.js";
import { nameOf } from "../ops/leaves.js";
import { differences, ofProbability } from "./differences.js";
import { rowsAt } from "./evaluateRows.js";
import { shownText } from "./numbersLatex.js";
import { reverseSweep } from "./reverseSweep.js";
import type { Structure, ValueKey } from "./stages.js";
import type { Check } from "./trace.js";
import type { Tracing } from "./tracing.js";
import { gradientKey } from "./values.js";

export const OK = 1e-7;
export const BAD = 1e-4;
/** Rounding of the loss shows in a difference at this size: smaller gradients are compared with it. */
const FLOOR = 1e-3;
/** What a gradient is compared with at least, when it is compared with a difference of the loss L. */
export const differenceFloor = (L: number): number => FLOOR * Math.max(1, Math.abs(L));
/** More numbers than this are not differenced: two evaluations of the loss each. */
const MOST_DIFFERENCES = 2000;
const MOST_SHOWN = 64;

/** Checks by tensor name, for every gradient of the trace. */
export function checksOf(tracing: Tracing): ReadonlyMap<string, Check> {
  const ways = waysOf(tracing);
  return new Map(
    tracing.steps.flatMap(({ wrt }): [string, Check][] => {
      const three = ways(wrt);
      return three ? [[gradientKey(wrt), judge(tracing, wrt, three)]] : [];
    }),
  );
}

/** A gradient from its formula, from reverse AD and from central differences; undefined when it is too large. */
export function waysOf(tracing: Tracing): (wrt: ValueKey) => ThreeWays | undefined {
  const { structure, values } = tracing;
  const loss = lossFrom(structure);
  const adjoints = automatic(tracing, loss);
  return (wrt) => {
    const symbolic = values.tensors[gradientKey(wrt)];
    if (!symbolic || symbolic.data.length > MOST_DIFFERENCES) return undefined;
    const scale = wrt === "p" ? ofProbability : undefined;
    const difference = differences(loss.get(wrt)!, structure.symbols[wrt], values.point, scale);
    return { symbolic, automatic: adjoints(wrt), difference };
  };
}

/** The loss as a function of each value: later stages are put in, the value itself stays a symbol. */
export function lossFrom({ stages, symbols }: Structure): ReadonlyMap<ValueKey, Expr> {
  const loss = new Map<ValueKey, Expr>();
  let e = symbols.L;
  for (const stage of [...stages].reverse()) {
    // All that the value enters is put in by now.
    loss.set(stage.out, e);
    e = substitute(e, new Map([[symbols[stage.out], stage.expr]]));
    for (const key of stage.inputs) if (/^[Wb]/.test(key)) loss.set(key, e);
  }
  loss.set("x", e);
  return loss;
}

/**
 * Reverse AD of the whole loss; intermediate values are found by the part of the loss that they are. Where a sum or a
 * product has swallowed the part (W2 W1 x), the loss is taken as a function of the value itself.
 */
function automatic(
  { structure, values, network }: Tracing,
  loss: ReadonlyMap<ValueKey, Expr>,
): (key: ValueKey) => Dense {
  const { symbols, stages } = structure;
  const { kink } = network.conventions;
  const given = (["x", "W1", "b1", "W2", "b2"] as const).map((key) => nameOf(symbols[key]));
  const rows = rowsAt(loss.get("x")!, values.point, given, kink);
  const adjoints = reverseSweep(rows);
  const parts = new Map<Expr, Expr>();
  for (const { out, expr } of stages) parts.set(symbols[out], substitute(expr, parts));
  return (key) => {
    const part = parts.get(symbols[key]) ?? symbols[key];
    const row = rows.list.find(({ of }) => of === part);
    if (row) return adjoints.total(row);
    const own = rowsAt(loss.get(key)!, values.point, [nameOf(symbols[key])], kink);
    return reverseSweep(own).total(own.inputs[0]!);
  };
}

export interface ThreeWays {
  readonly symbolic: Dense;
  readonly automatic: Dense;
  readonly difference: Dense;
}

export function judge(tracing: Tracing, key: ValueKey, ways: ThreeWays): Check {
  const { symbolic } = ways;
  const L = tracing.values.tensors.L!.data[0]!;
  const name = gradientKey(key);
  const label = `∂L/∂${nameOf(tracing.structure.symbols[key])}`;
  const automatic = relativeError(symbolic.data, ways.automatic.data);
  const difference = relativeError(symbolic.data, ways.difference.data, differenceFloor(L));
  const worst = Math.max(automatic, difference);
  const unit = worst > OK && automatic <= OK ? kinkedUnit(tracing, key) : undefined;
  // At a kink a central difference is the mean slope only to first order in its step.
  const kink = unit !== undefined && worst > BAD ? kinkSentence(tracing, unit, ways) : undefined;
  const small = (e: number): string => (e === 0 ? "exactly" : `to ${e.toExponential(0)}`);
  const agreement = symbolic.data.some(Number.isNaN)
    ? "no number came out: the factors do not fit"
    : `reverse AD ${small(automatic)}, central difference ${small(difference)}`;
  return {
    tensor: name,
    automatic,
    difference,
    verdict: kink ? "kink" : worst <= OK || (unit !== undefined && worst <= BAD) ? "ok" : worst > BAD ? "bad" : "look",
    sentence: kink ? `${label}: ${kink}` : `${label}: ${agreement}`,
    ...(symbolic.data.length <= MOST_SHOWN
      ? { values: { automatic: plain(ways.automatic), difference: plain(ways.difference) } }
      : {}),
  };
}

/** Without −0, which JSON does not keep. */
const plain = ({ data }: Dense): number[] => Array.from(data, (x) => x + 0);

/** A unit that stands exactly at the kink, where the tensor depends on it. */
function kinkedUnit({ network, values }: Tracing, key: ValueKey): number | undefined {
  const kinked = network.activation === "relu" || network.activation === "leaky-relu";
  if (!kinked || !["h", "W1", "b1", "x"].includes(key)) return undefined;
  const unit = values.tensors.h!.data.indexOf(0);
  return unit < 0 ? undefined : unit;
}

/** Why the difference disagrees, in numbers. */
function kinkSentence({ network, values }: Tracing, unit: number, { symbolic, difference }: ThreeWays): string {
  const gaps = Array.from(symbolic.data, (s, i) => Math.abs(s - difference.data[i]!));
  const at = gaps.indexOf(Math.max(...gaps));
  const [s, f] = [symbolic.data[at]!, difference.data[at]!];
  const digits = (x: number): string => shownText(x, 4);
  const upstream = values.tensors.g_a!.data[unit]!;
  const half = Math.abs(f - upstream / 2) <= BAD * Math.abs(upstream) ? ` = ½ of upstream ${digits(upstream)}` : "";
  return `kink: backprop ${digits(s)} (φ′(0)=${network.conventions.kink}), difference ${digits(f)}${half}`;
}
