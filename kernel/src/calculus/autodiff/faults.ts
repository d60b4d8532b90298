/**
 * Mistakes of a backward pass written by hand, to be found by a gradient check. Each changes what one kind of step makes
 * and is passed on from there as it would be in a program: exactly the gradients behind it are wrong.
 */
import { type Dense, map, transpose } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { nameOf } from "../ops/leaves.js";
import { evaluate, type Point } from "../verify/evaluate.js";
import type { BackwardStep } from "./backward.js";
import type { Network } from "./network.js";
import { SLOPE, type Structure } from "./stages.js";

/** Names of the mistakes that can be put into a backward pass. */
export const FAULT_NAMES = ["slope-dropped", "phi-for-slope", "slope-at-output", "transpose", "mean", "bias"] as const;
/** One of them. */
export type FaultName = (typeof FAULT_NAMES)[number];

/** One backward step about to be computed. */
export interface FaultSite {
  readonly step: BackwardStep;
  readonly given: Pick<Network, "sizes" | "batch"> & {
    readonly conventions: Pick<Network["conventions"], "reduction">;
  };
  readonly structure: Structure;
  /** By tensor name, as far as they are computed. */
  readonly tensors: Readonly<Record<string, Dense>>;
  readonly point: Point;
  /** What the step makes; with other numbers read for some symbols when they are given. */
  right(values?: Point["values"]): Dense;
}

export interface Fault {
  readonly name: FaultName;
  /** "φ′ dropped": for a menu. */
  readonly title: string;
  readonly sentence: string;
  make(site: FaultSite): Dense;
}

const withSlope = (site: FaultSite, slope: Dense): Dense =>
  site.step.wrt === "h" ? site.right({ [SLOPE]: slope }) : site.right();

const FAULTS: Readonly<Record<FaultName, Omit<Fault, "name">>> = {
  "slope-dropped": {
    title: "φ′ dropped",
    sentence: "Back through the activation, the slope φ′(h) is left out.",
    make: (site) =>
      withSlope(
        site,
        map(site.tensors.h!, () => 1),
      ),
  },
  "phi-for-slope": {
    title: "φ for φ′",
    sentence: "Back through the activation, φ(h) stands where φ′(h) belongs.",
    make: (site) => withSlope(site, site.tensors.a!),
  },
  "slope-at-output": {
    title: "φ′ at a",
    sentence: "The slope is taken at a = φ(h), not at h.",
    make: (site) => withSlope(site, slopeAtOutput(site)),
  },
  transpose: {
    title: "transpose forgotten",
    sentence:
      "Back through the second layer, the weights are taken as they were forward, or turned where they were not.",
    make: (site) => (site.step.wrt === "a" ? turned(site) : site.right()),
  },
  mean: {
    title: "mean for sum",
    sentence: "The loss is summed over the samples, the gradient is their mean; or the other way round.",
    make: (site) => (isFirst(site) ? rescaled(site) : site.right()),
  },
  bias: {
    title: "bias gradient forgotten",
    sentence: "The gradients by the biases are never computed and stay 0.",
    make: (site) => (/^b/.test(site.step.wrt) ? map(site.right(), () => 0) : site.right()),
  },
};

/** @throws NablaError `bad_argument` naming the mistakes that there are */
export function faultOf(name: FaultName): Fault {
  if (Object.hasOwn(FAULTS, name)) return { name, ...FAULTS[name] };
  throw new NablaError("bad_argument", `no fault is called ${String(name)}`, {
    got: String(name),
    want: FAULT_NAMES.join(", "),
  });
}

function slopeAtOutput({ structure, tensors, point }: FaultSite): Dense {
  const { h, a } = structure.symbols;
  const phi = structure.stages.find(({ out }) => out === "a")!.expr;
  const at = (more: Point["values"]): Point => ({ ...point, values: { ...point.values, ...more } });
  const read = { [nameOf(h)]: tensors.a! };
  return evaluate(structure.slopeValue, at({ ...read, [nameOf(a)]: evaluate(phi, at(read)) }));
}

/** The weights turned; where they do not fit, there is no number to show. */
function turned({ given, structure, tensors, right }: FaultSite): Dense {
  const [, m, k] = given.sizes;
  return m === k ? right({ [nameOf(structure.symbols.W2)]: transpose(tensors.W2!) }) : map(right(), () => Number.NaN);
}

/** The step through which every gradient goes. */
const isFirst = ({ step, structure }: FaultSite): boolean => step.stage === structure.stages.at(-1);

function rescaled({ given, right }: FaultSite): Dense {
  const factor = given.conventions.reduction === "sum" ? 1 / given.batch : given.batch;
  return map(right(), (x) => factor * x);
}
